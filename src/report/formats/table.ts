import type { RuleResult } from '../../model/result.ts'
import { isBlocking } from '../decision.ts'
import { count, formatLocation, formatResourceId, formatRuleName, locateResult } from '../names.ts'
import { sortResults } from '../order.ts'
import type { FormatOptions, ReportFormat } from '../report-format.ts'
import { createStyle, type Style } from '../style.ts'
import { summarize } from '../summary.ts'

/** One line a result: to scan and to grep. */
export const table: ReportFormat = {
  summary: 'one line a result',
  format(report, options) {
    const style = createStyle(options.color)
    const relevant = options.all ? report.results : report.results.filter((result) => result.status !== 'pass' && result.status !== 'skip')
    const rows = sortResults(relevant, options.gate.mode).map((result) => toRow(result, options))
    const summary = summarize(report, options.gate.mode)
    const counts = `${summary.pass} pass, ${summary.fail} fail, ${summary.warn} warn, ${summary.error} error, ${summary.skip} skip${summary.suppressed === 0 ? '' : ` (${summary.suppressed} suppressed)`}; ${count(summary.blocking, 'result')} blocking`
    return `${[...align(rows, style), counts].join('\n')}\n`
  },
}

type Row = readonly [string, string, string, string, string]
const heading: Row = ['RESULT', 'ACTION', 'POLICY/RULE', 'RESOURCE', 'PLACE']

function toRow(result: RuleResult, { gate }: FormatOptions): Row {
  const location = locateResult(result)
  return [
    result.status, isBlocking(result, gate.mode) ? 'block' : result.status === 'fail' || result.status === 'error' ? 'audit' : '-',
    formatRuleName(result), formatResourceId(result.resource.id), location === undefined ? '-' : formatLocation(location),
  ]
}

function align(rows: readonly Row[], style: Style): readonly string[] {
  const all = [heading, ...rows]
  const widths = heading.map((_, column) => all.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0))
  return all.map((row, index) => {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()
    if (index === 0) return style.bold(line)
    return row[1] === 'block' ? style.red(line) : line
  })
}
