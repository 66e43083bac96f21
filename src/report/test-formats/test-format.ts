import type { TestCaseReport, TestReport, TestRow } from '../../model/test-report.ts'

export interface TestFormatOptions {
  /** Also the message of each row. */
  readonly detailed: boolean
  /** Only rows that fail. */
  readonly failOnly: boolean
  readonly color: boolean
}

/** One way to print what tests came to; machine formats are one document. */
export interface TestFormat {
  readonly summary: string
  format(report: TestReport, options: TestFormatOptions): string
}

/** A row with its number, which counts within its test, and the test. */
export interface NumberedRow extends TestRow {
  readonly id: number
  readonly test: TestCaseReport
}

/** The rows to print. A test that could not be run, and a file that is none, are rows too: no machine must take their absence for success. */
export function listRows(report: TestReport, { failOnly }: Pick<TestFormatOptions, 'failOnly'>): readonly NumberedRow[] {
  const rows = report.cases.flatMap((test) => [
    ...test.rows.map((row, index): NumberedRow => ({ ...row, id: index + 1, test })),
    ...(test.error === undefined ? [] : [errorRow(test, test.error)]),
  ])
  const unreadable = report.unreadable.map(({ path, message }) => errorRow({ path, name: '', progress: [], rows: [] }, message))
  return [...rows, ...unreadable].filter(({ outcome }) => !failOnly || outcome === 'fail')
}

function errorRow(test: TestCaseReport, message: string): NumberedRow {
  return { id: test.rows.length + 1, test, policy: '', rule: '', resource: '', outcome: 'fail', counted: 'fail', reason: 'Error', message }
}

export interface TestCounts {
  readonly passed: number
  readonly failed: number
}

/** Skipped and excluded rows count as passed; a test that cannot be run is one failure. */
export function countTests(report: TestReport): TestCounts {
  const rows = listRows(report, { failOnly: false })
  const failed = rows.filter(({ counted }) => counted === 'fail').length
  return { passed: rows.length - failed, failed }
}

/** `Pass`, as Kyverno writes outcomes. */
export function outcomeName({ outcome }: TestRow): string {
  return outcome === 'pass' ? 'Pass' : outcome === 'fail' ? 'Fail' : 'Skip'
}

/** The cells of a row in the order of Kyverno's table. */
export function cells(row: NumberedRow, detailed: boolean): readonly string[] {
  const all = [String(row.id), row.policy, row.rule, row.resource, outcomeName(row), row.reason]
  return detailed ? [...all, row.message] : all
}

/** The headings of those cells. */
export function headings(detailed: boolean): readonly string[] {
  const all = ['ID', 'POLICY', 'RULE', 'RESOURCE', 'RESULT', 'REASON']
  return detailed ? [...all, 'MESSAGE'] : all
}
