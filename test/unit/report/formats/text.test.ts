import { expect, test } from 'vitest'
import { reportFormats } from '../../../../src/report/index.ts'
import { gate, makeReport, makeResource, makeResult } from '../../../support/make-result.ts'

const file = ['kind: Pod', 'metadata: { name: web }', 'spec:', '  hostNetwork: true # on purpose', ''].join('\n')
const pod = makeResource('Pod', 'web', 1, { spec: { hostNetwork: true } })
const options = { gate, color: false, all: false, sourceText: (name: string) => (name === 'apps/web.yaml' ? file : undefined) }
const hostNetwork = makeResult('fail', pod, {
  action: 'Enforce', message: 'no host network',
  violations: [{ path: ['spec', 'hostNetwork'], message: 'must be false', location: { file: 'apps/web.yaml', line: 4, column: 16 } }],
})

test('a blocked sync: rule, place, excerpt, what to change', () => {
  const report = makeReport([makeResult('pass', pod), hostNetwork, makeResult('fail', pod, { violations: [{ path: ['spec', 'limits'], message: '' }] })])
  expect(reportFormats.text.format(report, options)).toBe(`Pod shop/web  apps/web.yaml
  ✗ limits/check  violated, blocks the sync
    no host network
    apps/web.yaml:4:16
      3 | spec:
      4 |   hostNetwork: true # on purpose
        |                ^^^^
    change spec.hostNetwork: must be false
  ! limits/check  violated, audit only
    a limit is required
    apps/web.yaml:1:1
      1 | kind: Pod
        | ^^^^^^^^^
    add spec.limits

3 resources from 0 sources, 0 policies: 1 pass, 2 fail, 0 warn, 0 error, 0 skip
✗ blocked: 1 result would refuse this sync; 1 more result only reported (audit)
`)
})

test('what an input contains cannot act on the terminal', () => {
  const evil = makeResource('Pod', 'web\u001b[2J', 1)
  const text = reportFormats.text.format(makeReport([makeResult('fail', evil, { message: 'x\u001b]0;owned\u0007' })], {
    problems: [{ code: 'X', severity: 'error', message: 'y\u001b[31m' }], notices: ['z\u009b'],
  }), { ...options, sourceText: () => 'a: "\u001b[2J"' })
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
})

test('what a Secret holds is not quoted', () => {
  const secret = makeResource('Secret', 'token', 1)
  const text = reportFormats.text.format(makeReport([makeResult('fail', secret)]), { ...options, sourceText: () => 'password: hunter2' })
  expect(text).not.toContain('hunter2')
})

test('what a passing rule would change or generate is shown', () => {
  const pass = makeResult('pass', pod, { ruleType: 'mutate' })
  const paths = ['/metadata/labels/a', '/metadata/labels/b', '/spec/c', '/spec/d']
  const text = reportFormats.text.format(makeReport([
    { ...pass, status: 'pass', changes: paths.map((path) => ({ op: 'add', path, value: 'x' })) },
    { ...pass, status: 'pass', generated: [makeResource('RoleBinding', 'admins')], targets: [{ before: pod, after: pod, changes: [{ op: 'remove', path: '/spec/x' }] }] },
  ]), options)
  expect(text.split('\n').slice(1, 4)).toEqual([
    '  + limits/check  changes /metadata/labels/a, /metadata/labels/b, /spec/c and 1 more field',
    '  + limits/check  changes /spec/x of Pod shop/web',
    '  + limits/check  generates RoleBinding shop/admins',
  ])
})

test('a long list is cut, and says so', () => {
  const many = Array.from({ length: 50 }, (_, index) => makeResult('fail', makeResource('Pod', `web-${index}`, index + 1), { action: 'Enforce' }))
  const cut = reportFormats.text.format(makeReport(many), options)
  expect(cut).toContain('… and 30 more results, 30 of them blocking: --all shows every one')
  expect(reportFormats.text.format(makeReport(many), { ...options, all: true })).not.toContain('more result')
})

test('a table has one line a result', () => {
  expect(reportFormats.table.format(makeReport([hostNetwork, makeResult('pass', pod)]), options)).toBe(`RESULT  ACTION  POLICY/RULE   RESOURCE      PLACE
fail    block   limits/check  Pod shop/web  apps/web.yaml:4:16
1 pass, 1 fail, 0 warn, 0 error, 0 skip; 1 result blocking
`)
})
