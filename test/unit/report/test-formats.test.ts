import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import type { TestReport } from '../../../src/model/test-report.ts'
import { countTests, testFormats } from '../../../src/report/index.ts'

const report: TestReport = {
  found: 2,
  unreadable: [{ path: 'b/kyverno-test.yaml', message: 'unknown field "reslts"' }],
  cases: [
    {
      path: 'a/kyverno-test.yaml', name: 'a', progress: ['  Applying 1 policy to 3 resources with 0 exceptions ...'],
      rows: [
        { policy: 'label', rule: 'add', resource: 'v1/Pod/shop/web', outcome: 'pass', counted: 'pass', reason: 'Ok', message: 'mutated' },
        {
          policy: 'label', rule: 'add', resource: 'v1/Pod/shop/db', outcome: 'fail', counted: 'fail', reason: 'Resource diff', message: 'they <differ> | and "so" on',
          difference: { kind: 'patched', expected: { metadata: { name: 'db', labels: { a: '1' } } }, actual: { metadata: { labels: { a: '2' }, name: 'db' } } },
        },
        { policy: 'label', rule: 'add', resource: 'v1/Pod/shop/old', outcome: 'pass', counted: 'skip', reason: 'Excluded', message: 'Excluded' },
      ],
    },
    { path: 'c/kyverno-test.yaml', name: 'c', progress: [], rows: [], error: 'policy.yaml does not exist' },
  ],
}
const options = { detailed: false, failOnly: false, color: false }

test('skipped rows pass; what cannot be run fails', () => {
  expect(countTests(report)).toEqual({ passed: 2, failed: 3 })
})

test('text: a table, the lines that differ, and what is wrong', () => {
  const text = testFormats.text.format(report, options)
  expect(text).toContain('│ 2  │ label  │ add  │ v1/Pod/shop/db  │ Fail   │ Resource diff │')
  expect(text).toContain('     a: "1"\n'.replace('     ', '-    '))
  expect(text).toContain('+    a: "2"\n')
  expect(text).toContain('Error: policy.yaml does not exist')
  expect(text).toContain('Path: b/kyverno-test.yaml\n    Error: unknown field "reslts"')
  expect(text).toContain('Test Summary: 2 tests passed and 3 tests failed')
})

test('text: only what fails', () => {
  const text = testFormats.text.format(report, { ...options, failOnly: true })
  expect(text).toContain('Test Summary: 3 out of 5 tests failed')
  expect(text).toContain('Aggregated Failed Test Cases : ')
  expect(text).not.toContain('shop/web')
})

test('json and yaml are one list with the same rows', () => {
  const rows = JSON.parse(testFormats.json.format(report, options)) as readonly { readonly RESULT: string }[]
  expect(rows.map(({ RESULT }) => RESULT)).toEqual(['Pass', 'Fail', 'Pass', 'Fail', 'Fail'])
  expect(load(testFormats.yaml.format(report, options))).toEqual(rows)
})

test('markdown: what would end a cell is escaped', () => {
  const text = testFormats.markdown.format(report, { ...options, detailed: true })
  expect(text).toContain('they &lt;differ\\> \\| and "so" on |')
  expect(text.split('\n').filter((line) => line !== '').every((line) => line.startsWith('| '))).toBe(true)
})

test('junit: one document, everything escaped and closed', () => {
  const text = testFormats.junit.format(report, options)
  expect(text).toContain('<testsuites tests="5" failures="3">')
  expect(text).toContain('they &lt;differ&gt; | and "so" on')
  expect(text.match(/<failure /g)).toHaveLength(3)
  expect(text.match(/<\/failure>/g)).toHaveLength(3)
})

test('nothing that a terminal acts on gets through', () => {
  const hostile: TestReport = { found: 1, unreadable: [], cases: [{ path: 'a', name: '\u001b[2J', progress: [], rows: [{ policy: '\u001b]0;x', rule: '', resource: 'r', outcome: 'fail', counted: 'fail', reason: 'x', message: '\u001b[31m' }] }] }
  for (const format of Object.values(testFormats)) expect(format.format(hostile, { ...options, detailed: true })).not.toContain('\u001b')
})
