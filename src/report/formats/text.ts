import type { Report } from '../../model/report.ts'
import type { RuleResult } from '../../model/result.ts'
import { isBlocking, judge } from '../decision.ts'
import { comparisonLine, fixedLines } from '../comparison-text.ts'
import { linesOf } from '../excerpt.ts'
import { count, formatResourceId } from '../names.ts'
import { firstResults, sortResults } from '../order.ts'
import { printable, printableLines } from '../../values/printable.ts'
import type { FormatOptions, ReportFormat } from '../report-format.ts'
import { createStyle, type Style } from '../style.ts'
import { summarize, type Summary } from '../summary.ts'
import { hasEffects } from './text-effects.ts'
import { formatProblems } from './text-problems.ts'
import { formatResult, type ResultContext } from './text-result.ts'

/** How many results are written out before the rest is counted; a terminal holds about this much. */
const shownResults = 20

/** For people: what is blocked, by which rule, where, and what to change. */
export const text: ReportFormat = {
  summary: 'for people: what is blocked, by which rule, where, and what to change',
  format(report, options) {
    const style = createStyle(options.color)
    const sections = [
      formatResults(report, options, style),
      formatProblems(report.problems, options, style),
      report.notices.map((notice) => `${style.cyan('note')}  ${printable(notice)}`),
      formatComparison(report, options, style),
      summaryLines(report, options),
    ]
    return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`
  },
}

function formatResults(report: Report, options: FormatOptions, style: Style): readonly string[] {
  const { mode } = options.gate
  const relevant = report.results.filter((result) => isShown(result, options.all))
  const shown = options.all ? sortResults(relevant, mode) : firstResults(relevant, mode, shownResults)
  const context: ResultContext = { mode, lines: linesOf(options.sourceText), style }
  const lines: string[] = []
  let resource: RuleResult['resource'] | undefined
  for (const result of shown) {
    if (result.resource !== resource) lines.push(...(lines.length > 0 ? [''] : []), ...resourceHeading(result, style))
    resource = result.resource
    lines.push(...formatResult(result, context))
  }
  if (shown.length < relevant.length) {
    const countBlocking = (results: readonly RuleResult[]): number => results.filter((result) => isBlocking(result, mode)).length
    const blocking = countBlocking(relevant) - countBlocking(shown)
    lines.push('', style.dim(`… and ${count(relevant.length - shown.length, 'more result')}${blocking > 0 ? `, ${blocking} of them blocking` : ''}: --all shows every one`))
  }
  return lines
}

/** What the change mended, and how the rendered resources differ where that was asked for. */
function formatComparison({ comparison }: Report, { gate }: FormatOptions, style: Style): readonly string[] {
  if (comparison === undefined) return []
  const diffs = (comparison.changes ?? []).flatMap(({ id, kind, diff }) => [`${style.bold(formatResourceId(id))}  ${kind}`, ...printableLines(diff).slice(2).map((line) => paintDiff(line, style))])
  return [...fixedLines(comparison, gate.mode).map(style.green), ...diffs]
}

function paintDiff(line: string, style: Style): string {
  return `  ${line.startsWith('+') ? style.green(line) : line.startsWith('-') ? style.red(line) : line}`
}

/** A pass without consequences is counted only; a skip is shown where somebody can do something about it. */
function isShown(result: RuleResult, all: boolean): boolean {
  if (result.status === 'skip' && result.suppression !== undefined) return all
  if (result.status === 'pass') return hasEffects(result)
  return result.status === 'fail' || result.status === 'warn' || result.status === 'error' || (result.missing?.length ?? 0) > 0
}

function resourceHeading(result: RuleResult, style: Style): readonly string[] {
  const { id, source, origin } = result.resource
  const name = `${id.kind} ${id.namespace === undefined || id.namespace === '' ? '' : `${id.namespace}/`}${id.name}`
  const place = origin ?? source?.file
  return [`${style.bold(printable(name))}${place === undefined ? '' : `  ${style.dim(printable(place))}`}`]
}

/** The numbers and the decision: what stays to be said where a program reads the rest. */
export function summaryLines(report: Report, { gate, color }: FormatOptions): readonly string[] {
  const style = createStyle(color)
  const summary = summarize(report, gate.mode)
  const scope = `${count(summary.resources, 'resource')} from ${count(summary.sources, 'source')}, ${count(summary.policies, 'policy', 'policies')}`
  const compared = report.comparison === undefined ? [] : [style.dim(comparisonLine(report, report.comparison))]
  return [...compared, `${style.dim(`${scope}:`)} ${counts(summary, style)}`, verdict(report, summary, gate, style)]
}

function counts(summary: Summary, style: Style): string {
  const parts = [
    style.green(`${summary.pass} pass`), paint(summary.fail, 'fail', style.red), paint(summary.warn, 'warn', style.yellow),
    paint(summary.error, 'error', style.red), `${summary.skip} skip${summary.suppressed === 0 ? '' : ` (${summary.suppressed} suppressed)`}`,
  ]
  return parts.join(', ')
}

function paint(number: number, word: string, color: (text: string) => string): string {
  return number > 0 ? color(`${number} ${word}`) : `${number} ${word}`
}

function verdict(report: Report, summary: Summary, gate: FormatOptions['gate'], style: Style): string {
  const mode = gate.mode === 'policy' ? '' : ` (mode ${gate.mode})`
  const outcome = judge(report, gate)
  const incomplete = style.red(style.bold('✗ incomplete: not everything could be checked; see the problems and errors above'))
  if (outcome === 'failed' && summary.blocking === 0) return `${incomplete}${mode}`
  const head = summary.blocking > 0
    ? style.red(style.bold(`✗ blocked: ${count(summary.blocking, 'result')} would refuse this sync`))
    : style.green(style.bold('✓ allowed: nothing here would refuse this sync'))
  if (outcome === 'failed') return `${head}${mode}\n${incomplete}`
  if (outcome === 'violations' && summary.blocking === 0) return `${head}${mode}; failing because of --fail-on ${gate.failOn}`
  const audited = summary.fail + summary.error - summary.blocking
  return `${head}${mode}${audited > 0 ? `; ${count(audited, 'more result')} only reported (audit)`.replace('more ', summary.blocking > 0 ? 'more ' : '') : ''}`
}
