import type { TestCaseReport, TestReport } from '../../model/test-report.ts'
import { printable } from '../../values/printable.ts'
import { createStyle, type Style } from '../style.ts'
import { formatGrid } from '../text-grid.ts'
import { formatDifference } from './difference.ts'
import { cells, countTests, headings, listRows, type NumberedRow, type TestFormat, type TestFormatOptions } from './test-format.ts'

/** As Kyverno prints tests; where resources differ, the lines in which they do follow the table. */
export const text: TestFormat = {
  summary: 'tables for people',
  format(report, options) {
    const style = createStyle(options.color)
    return `${[
      ...report.cases.flatMap((test) => formatCase(test, options, style)),
      ...formatUnreadable(report),
      ...formatSummary(report, options),
      ...(options.failOnly ? formatFailed(report, options, style) : []),
    ].join('\n')}\n`
  },
}

function formatCase(test: TestCaseReport, options: TestFormatOptions, style: Style): readonly string[] {
  const heading = [`Loading test ${printable(test.name)} ( ${printable(test.path)} ) ...`, ...test.progress.map(printable)]
  if (test.error !== undefined) return [...heading, style.red(`  Error: ${printable(test.error)}`), '']
  if (options.failOnly) return [...heading, '  Checking results ...']
  const rows = listRows({ cases: [test], found: 1, unreadable: [] }, options)
  return [...heading, '  Checking results ...', '', ...formatTable(rows, options, style), '', ...formatDifferences(rows, style)]
}

function formatUnreadable({ unreadable, found }: TestReport): readonly string[] {
  if (unreadable.length === 0) return found === 0 ? ['', 'No test yamls available'] : []
  return ['', 'Test errors:', ...unreadable.flatMap(({ path, message }) => [`  Path: ${printable(path)}`, `    Error: ${printable(message)}`])]
}

function formatSummary(report: TestReport, { failOnly }: TestFormatOptions): readonly string[] {
  if (report.found === 0 && report.unreadable.length === 0) return []
  const { passed, failed } = countTests(report)
  return ['', failOnly ? `Test Summary: ${failed} out of ${passed + failed} tests failed` : `Test Summary: ${passed} tests passed and ${failed} tests failed`, '']
}

function formatFailed(report: TestReport, options: TestFormatOptions, style: Style): readonly string[] {
  const rows = listRows(report, options).map((row, index) => ({ ...row, id: index + 1 }))
  return rows.length === 0 ? [] : ['Aggregated Failed Test Cases : ', ...formatTable(rows, options, style), '', ...formatDifferences(rows, style)]
}

function formatTable(rows: readonly NumberedRow[], { detailed }: TestFormatOptions, style: Style): readonly string[] {
  return formatGrid({
    headings: headings(detailed), rows: rows.map((row) => cells(row, detailed).map(printable)), decorateHeading: style.green,
    decorate: (cell, column, index) => decorateCell(cell, column, rows[index], style),
  })
}

function decorateCell(cell: string, column: number, row: NumberedRow | undefined, style: Style): string {
  if (column !== 4 || row === undefined) return cell
  return row.outcome === 'fail' ? style.red(cell) : row.outcome === 'pass' ? style.green(cell) : style.cyan(cell)
}

function formatDifferences(rows: readonly NumberedRow[], style: Style): readonly string[] {
  return rows.flatMap((row) => {
    if (row.difference === undefined) return []
    return [style.bold(`${row.id} ${printable([row.policy, row.rule, row.resource].filter((part) => part !== '').join(' '))}: ${printable(row.message)}`), ...formatDifference(row.difference, style), '']
  })
}
