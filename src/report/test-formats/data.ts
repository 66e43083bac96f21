import { printableJson } from '../../values/printable.ts'
import { formatYaml } from '../yaml-text.ts'
import { listRows, outcomeName, type TestFormat, type TestFormatOptions } from './test-format.ts'
import type { TestReport } from '../../model/test-report.ts'

/** One list of rows with Kyverno's keys, and the test that each belongs to. */
export const json: TestFormat = {
  summary: 'a JSON list of rows',
  format: (report, options) => `${printableJson(toRows(report, options), 2)}\n`,
}

export const yaml: TestFormat = {
  summary: 'a YAML list of rows',
  format: (report, options) => formatYaml(toRows(report, options)),
}

function toRows(report: TestReport, options: TestFormatOptions): readonly object[] {
  return listRows(report, options).map((row) => ({
    ID: row.id, POLICY: row.policy, REASON: row.reason, RESOURCE: row.resource, RESULT: outcomeName(row), RULE: row.rule, TEST: row.test.path,
    // Why a row fails is never left out.
    ...(options.detailed || row.outcome === 'fail' ? { Message: row.message } : {}),
  }))
}
