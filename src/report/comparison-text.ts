import type { Mode, ReportComparison, Report } from '../model/report.ts'
import type { RuleResult } from '../model/result.ts'
import { count, formatResourceId, formatRuleName } from './names.ts'
import { sortResults } from './order.ts'
import { printable } from '../values/printable.ts'

/** `compared with main (0123456): 1 new, 2 fixed, 10 unchanged`. */
export function comparisonLine(report: Report, comparison: ReportComparison): string {
  const fresh = report.results.filter(({ status }) => status === 'fail' || status === 'warn' || status === 'error').length
  const { fixed, unchanged, notComparable } = comparison
  const rest = notComparable.length === 0 ? '' : `, ${notComparable.length} not comparable (the base cannot be rendered)`
  return `compared with ${printable(comparison.ref)} (${comparison.commit.slice(0, 7)}): ${fresh} new, ${fixed.length} fixed, ${unchanged.length} unchanged${rest}`
}

/** One line a result that is gone, for people who like to see that their work counts. */
export function fixedLines({ fixed }: ReportComparison, mode: Mode, most = 10): readonly string[] {
  const lines = sortResults(fixed, mode).slice(0, most).map((result: RuleResult) => `fixed  ${formatRuleName(result)}  ${formatResourceId(result.resource.id)}`)
  return fixed.length > most ? [...lines, `… and ${count(fixed.length - most, 'more fixed result')}`] : lines
}
