import type { Gate, Report } from '../model/report.ts'
import { decide, formatResourceId, formatRuleName, isBlocking, printable, reportFormats, summarize } from '../report/index.ts'
import type { PluginRequest } from './environment.ts'
import type { PluginSettings } from './settings.ts'

/** Everything that the log of the sidecar should say of a run: for people, or a JSON object a line. */
export function formatLog(report: Report, request: PluginRequest, settings: PluginSettings, sourceText: (file: string) => string | undefined): string {
  const gate: Gate = { mode: settings.mode, failOn: 'block', strict: false }
  return settings.log === 'json' ? formatJsonLog(report, request, gate) : formatTextLog(report, request, gate, sourceText)
}

function formatTextLog(report: Report, request: PluginRequest, gate: Gate, sourceText: (file: string) => string | undefined): string {
  return `presync: application ${printable(request.application)}\n${reportFormats.text.format(report, { gate, color: false, all: true, sourceText })}`
}

function formatJsonLog(report: Report, { application, project }: PluginRequest, { mode }: Gate): string {
  const about = { application, project }
  const lines: object[] = report.results.filter(({ status }) => status !== 'pass' && status !== 'skip').map((result) => ({
    level: isBlocking(result, mode) ? 'error' : 'warning', ...about, policy: formatRuleName(result), resource: formatResourceId(result.resource.id),
    status: result.status, message: result.status === 'error' ? result.error.message : result.message,
  }))
  for (const { severity, code, message } of report.problems) lines.push({ level: severity, ...about, code, message })
  for (const message of report.notices) lines.push({ level: 'info', ...about, message })
  lines.push({ level: 'info', ...about, decision: decide(report, mode), mode, ...summarize(report, mode) })
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}
