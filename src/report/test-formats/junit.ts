import { groupBy } from '../../values/group-by.ts'
import { printable } from '../../values/printable.ts'
import { createStyle } from '../style.ts'
import { escapeXmlAttribute as attribute, escapeXmlText as text } from '../xml-text.ts'
import { formatDifference } from './difference.ts'
import { listRows, type NumberedRow, type TestFormat } from './test-format.ts'

/** A suite a policy, a case a row, as Kyverno; but one document, with everything escaped. */
export const junit: TestFormat = {
  summary: "JUnit's XML",
  format(report, options) {
    const rows = listRows(report, options)
    const suites = [...groupBy(rows, ({ policy }) => policy)].map(([policy, members]) => formatSuite(policy, members))
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${rows.length}" failures="${countFailures(rows)}">\n${suites.join('')}</testsuites>\n`
  },
}

function countFailures(rows: readonly NumberedRow[]): number {
  return rows.filter(({ outcome }) => outcome === 'fail').length
}

function formatSuite(policy: string, rows: readonly NumberedRow[]): string {
  const name = policy === '' ? 'tests that cannot be run' : policy
  return `  <testsuite name="${attribute(printable(name))}" tests="${rows.length}" failures="${countFailures(rows)}">\n${rows.map(formatCase).join('')}  </testsuite>\n`
}

function formatCase(row: NumberedRow): string {
  const open = `    <testcase classname="${attribute(printable(row.rule || row.policy))}" name="${attribute(printable(row.resource))}" file="${attribute(printable(row.test.path))}"`
  if (row.outcome === 'pass') return `${open}/>\n`
  if (row.outcome === 'skip') return `${open}>\n      <skipped message="${attribute(printable(row.reason))}"/>\n    </testcase>\n`
  const difference = row.difference === undefined ? [] : formatDifference(row.difference, createStyle(false))
  return `${open}>\n      <failure message="${attribute(printable(row.reason))}">${text([printable(row.message), ...difference].join('\n'))}</failure>\n    </testcase>\n`
}
