import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { load, loadAll } from 'js-yaml'
import { expect, test } from 'vitest'
import type { Report } from '../../../../src/model/report.ts'
import { reportFormats, type ReportFormatName } from '../../../../src/report/index.ts'
import { gate, makeReport, makeResource, makeResult } from '../../../support/make-result.ts'

const pod = makeResource('Pod', 'web', 3, { spec: { containers: [{ name: 'app', image: 'a' }] } })
const hostile = '::error::x %0A <script>alert(1)</script> @team [a](http://x) `b` \u001b[31m]]> & "q"'
const annotations = { 'policies.kyverno.io/title': 'Limits', 'policies.kyverno.io/severity': 'high', 'policies.kyverno.io/category': 'Best practices' }
const report = makeReport([
  makeResult('pass', pod),
  makeResult('skip', pod),
  makeResult('error', pod),
  makeResult('warn', pod, { message: hostile }),
  makeResult('fail', pod, { action: 'Enforce', violations: [{ path: ['spec', 'containers', 0, 'image'], message: 'no' }, { path: [], message: '' }],
    policy: { kind: 'ClusterPolicy', name: 'limits', annotations }, exceptions: ['shop/legacy'], properties: { team: 'shop' } }),
  makeResult('fail', makeResource('Namespace', 'shop')),
], {
  problems: [
    { code: 'INVALID_YAML', severity: 'error', message: 'broken', location: { file: 'a b/ü.yaml', line: 2, column: 1 } },
    { code: 'UNKNOWN_FIELD', severity: 'warning', message: hostile },
  ],
  sources: [{ path: 'apps', type: 'plain', application: 'shop', resourceCount: 2 }], notices: ['a note'],
})
const print = (name: ReportFormatName, printed: Report = report) => reportFormats[name].format(printed, { gate, color: false, all: false, sourceText: () => undefined })

test('SARIF is as the standard says', () => {
  // The schema says draft-04, whose differences (`id`, the dialect's name) it does not use otherwise.
  const { $schema: _, id: __, ...schema } = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<string, unknown>
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)
  const log = JSON.parse(print('sarif')) as { runs: { results: { level: string; ruleIndex: number; partialFingerprints: object }[]; tool: { driver: { rules: { id: string }[] } } }[] }
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true)
  const [run] = log.runs
  expect(run?.results.map(({ level }) => level)).toEqual(['error', 'error', 'warning', 'warning', 'note', 'error', 'warning'])
  expect(run?.tool.driver.rules[0]).toMatchObject({ id: 'limits/check', properties: { 'security-severity': '8.0' } })
  expect(print('sarif')).toContain('a%20b/%C3%BC.yaml')
  expect(validate(JSON.parse(print('sarif', makeReport([]))))).toBe(true)
})

test('JUnit: only what blocks is a failure; strangers cannot break the XML', () => {
  const xml = print('junit')
  expect(xml.match(/<failure /g)).toHaveLength(1)
  expect(xml).toContain('<testsuite name="Pod shop/web" tests="5" failures="1" errors="1" skipped="1">')
  expect(xml).toContain(']]&gt; &amp; "q"')
  expect(xml).not.toContain('<script>')
  // Every tag that opens closes.
  const open: string[] = []
  for (const [, slash, name, empty] of xml.replace(/<\?.*?\?>/, '').matchAll(/<(\/?)([a-z-]+)[^>]*?(\/?)>/g)) {
    if (slash === '/') expect(open.pop()).toBe(name)
    else if (empty !== '/') open.push(name ?? '')
  }
  expect(open).toEqual([])
})

test('GitHub: one command a line, whatever the message holds', () => {
  const lines = print('github').trimEnd().split('\n')
  expect(lines).toHaveLength(7)
  for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) [^\n]*title=[^:]*::/)
  expect(lines[0]).toMatch(/^::error file=apps\/web\.yaml,line=3,col=1,title=blocked%3A Pod shop\/web%3A limits\/check::/)
})

test('GitLab: unique fingerprints and a place for each', () => {
  const twice = makeResult('fail', pod)
  const entries = JSON.parse(print('gitlab', makeReport([twice, twice]))) as { fingerprint: string; severity: string; location: { lines: { begin: number } } }[]
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(2)
  expect(entries[0]).toMatchObject({ severity: 'major', location: { path: 'apps/web.yaml', lines: { begin: 3 } } })
  expect((JSON.parse(print('gitlab')) as unknown[]).length).toBe(7)
})

test('Markdown: nothing of a stranger comes alive, and a long report is cut with a count', () => {
  const comment = print('markdown')
  expect(comment).toMatch(/^### 🚫 presync: 1 result would refuse this sync/)
  expect(comment).toContain('<b>shop</b>')
  expect(comment).not.toContain('<script>')
  expect(comment).not.toContain('@team')
  expect(comment).not.toContain('[a](')
  const long = print('markdown', makeReport(Array.from({ length: 3000 }, (_, index) => makeResult('fail', makeResource('Pod', `p${index}`)))))
  expect(long.length).toBeLessThanOrEqual(60_000)
  expect(long).toMatch(/\*\*[\d,]+ more entries did not fit/)
})

test('policy reports: one a namespace, the same bytes every time', () => {
  const reports = loadAll(print('policyreport')) as { kind: string; metadata: object; summary: object; results: object[] }[]
  expect(reports.map(({ kind }) => kind)).toEqual(['PolicyReport'])
  expect(reports[0]?.summary).toEqual({ pass: 1, fail: 2, warn: 1, error: 1, skip: 1 })
  expect(reports[0]?.results[0]).toMatchObject({
    policy: 'limits', rule: 'check', severity: 'high', category: 'Best practices', result: 'fail', scored: true,
    resources: [{ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' }],
    properties: { team: 'shop', exceptions: 'shop/legacy', failureAction: 'Enforce' },
  })
  expect(print('policyreport')).toBe(print('policyreport'))
  expect(load(print('openreports'))).toMatchObject({ apiVersion: 'openreports.io/v1alpha1', kind: 'Report' })
})
