import type { JsonObject } from '../model/json.ts'
import type { Report } from '../model/report.ts'
import { policyReportDialects, sortResults, toPolicyReport } from '../report/index.ts'
import type { PluginRequest } from './environment.ts'
import type { PluginSettings } from './settings.ts'

/**
 * The results as one PolicyReport among the application's resources, so that Argo CD's tree shows it. It holds no time, and of passes only
 * the number, so it changes when results change and never by itself. It lies in the destination's namespace, the one that the AppProject allows.
 */
export function toReportManifest(report: Report, request: PluginRequest, { mode }: PluginSettings, policyDigest: string): JsonObject {
  const manifest = toPolicyReport(sortResults(report.results, mode), mode, policyReportDialects.policyreport, {
    name: reportName(request.application), namespace: request.namespace === '' ? 'default' : request.namespace,
    annotations: { 'presync.dev/mode': mode, 'presync.dev/policies': policyDigest },
  })
  const results = manifest['results'] as readonly JsonObject[]
  return { ...manifest, results: results.filter(({ result }) => result !== 'pass') }
}

function reportName(application: string): string {
  const name = application.toLowerCase().replace(/[^a-z0-9.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '')
  return `presync-${name}`.slice(0, 253).replace(/[-.]+$/, '')
}
