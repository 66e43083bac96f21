import type { PlannedEntry } from '../ignore-differences/index.ts'
import type { JsonObject, JsonValue } from '../model/json.ts'
import { stringifyJson } from '../values/json-text.ts'
import type { Report } from '../model/report.ts'
import { policyReportDialects, sortResults, toPolicyReport } from '../report/index.ts'
import type { PluginRequest } from './environment.ts'
import type { PluginSettings } from './settings.ts'

/** What the report says besides results. */
export interface ReportDetails {
  readonly policyDigest: string
  readonly entries: readonly PlannedEntry[]
}

/**
 * The results as one PolicyReport among the application's resources, so that Argo CD's tree shows it. It holds no time, and of passes only
 * the number, so it changes when results change and never by itself. It lies in the destination's namespace, the one that the AppProject allows.
 */
export function toReportManifest(report: Report, request: PluginRequest, { mode }: PluginSettings, { policyDigest, entries }: ReportDetails): JsonObject {
  const ignored = entries.length === 0 ? {} : { 'presync.dev/ignore-differences': stringifyJson(entries.map(({ entry }) => entry) as unknown as JsonValue) }
  const manifest = toPolicyReport(sortResults(report.results, mode), mode, policyReportDialects.policyreport, {
    name: reportName(request.application), namespace: request.namespace === '' ? 'default' : request.namespace,
    annotations: { 'presync.dev/mode': mode, 'presync.dev/policies': policyDigest, ...ignored },
  })
  const results = manifest['results'] as readonly JsonObject[]
  return { ...manifest, results: results.filter(({ result }) => result !== 'pass') }
}

function reportName(application: string): string {
  const name = application.toLowerCase().replace(/[^a-z0-9.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '')
  return `presync-${name}`.slice(0, 253).replace(/[-.]+$/, '')
}
