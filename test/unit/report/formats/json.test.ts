import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { reportFormats } from '../../../../src/report/index.ts'
import { gate, makeReport, makeResource, makeResult } from '../../../support/make-result.ts'
import { schemaErrors } from '../../../support/validate-schema.ts'

const pod = makeResource('Pod', 'web')
const options = { gate, color: false, all: false, sourceText: () => undefined }
const report = makeReport([
  makeResult('pass', pod), makeResult('skip', pod, { missing: [{ what: 'ConfigMap a/b', hint: 'name it' }], exceptions: ['shop/legacy'] }),
  makeResult('fail', pod, { action: 'Enforce', violations: [{ path: ['spec', 'a/b~c', 0], message: 'no' }], properties: { team: 'shop' } }),
  makeResult('warn', pod), makeResult('error', pod),
  { ...makeResult('pass', pod, { ruleType: 'mutate' }), status: 'pass', changes: [{ op: 'add', path: '/spec/x', value: 9007199254740993n }], generated: [pod],
    targets: [{ before: pod, after: pod, changes: [] }] },
], {
  problems: [{ code: 'DUPLICATE_KEY', severity: 'warning', message: 'twice', location: { file: 'a.yaml', line: 1, column: 2 } }],
  sources: [{ path: 'apps/web', type: 'plain', resourceCount: 1 }], notices: ['a note'],
})

test('JSON is as its schema says', () => {
  const document: unknown = JSON.parse(reportFormats.json.format(report, options))
  expect(schemaErrors('report.schema.json', document)).toEqual([])
  expect(document).toMatchObject({
    decision: 'block', outcome: 'violations', summary: { pass: 2, fail: 1, blocking: 1 },
    results: [{ status: 'fail', blocking: true, violations: [{ path: '/spec/a~1b~0c/0' }] }, {}, {}, {}, {}, {}],
  })
})

test('YAML is the same document', () => {
  expect(load(reportFormats.yaml.format(report, options))).toEqual(JSON.parse(reportFormats.json.format(report, options)))
})
