import { describeReason, formatText, type PlannedEntry } from '../ignore-differences/index.ts'
import type { Gate, Report } from '../model/report.ts'
import { decide, formatResourceId, formatRuleName, isBlocking, printable, reportFormats, summarize } from '../report/index.ts'
import type { PluginRequest } from './environment.ts'
import type { PluginSettings } from './settings.ts'

/** Everything that the log of the sidecar should say of a run: for people, or a JSON object a line. */
export function formatLog(report: Report, about: LogContext): string {
  const gate: Gate = { mode: about.settings.mode, failOn: 'block', strict: false }
  return about.settings.log === 'json' ? formatJsonLog(report, about, gate) : formatTextLog(report, about, gate)
}

/** What the log is about. */
export interface LogContext {
  readonly request: PluginRequest
  readonly settings: PluginSettings
  /** For ignoreDifferences. */
  readonly entries: readonly PlannedEntry[]
  sourceText(file: string): string | undefined
}

function formatTextLog(report: Report, { request, entries, sourceText }: LogContext, gate: Gate): string {
  const ignored = entries.length === 0 ? '' : formatText([{ applications: [], entries }])
  return `presync: application ${printable(request.application)}\n${reportFormats.text.format(report, { gate, color: false, all: true, sourceText })}${ignored}`
}

function formatJsonLog(report: Report, { request: { application, project }, entries }: LogContext, { mode }: Gate): string {
  const about = { application, project }
  const lines: object[] = report.results.filter(({ status }) => status !== 'pass' && status !== 'skip').map((result) => ({
    level: isBlocking(result, mode) ? 'error' : 'warning', ...about, policy: formatRuleName(result), resource: formatResourceId(result.resource.id),
    status: result.status, message: result.status === 'error' ? result.error.message : result.message,
  }))
  for (const { severity, code, message } of report.problems) lines.push({ level: severity, ...about, code, message })
  for (const message of report.notices) lines.push({ level: 'info', ...about, message })
  if (entries.length > 0) lines.push({ level: 'info', ...about, ignoreDifferences: entries.map(({ entry }) => entry), reasons: entries.flatMap(({ reasons }) => reasons.map(describeReason)) })
  lines.push({ level: 'info', ...about, decision: decide(report, mode), mode, ...summarize(report, mode) })
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}
