import { beforeAll, expect, test } from 'vitest'
import { check, formatReport, judge, summarize } from '../../../src/index.ts'
import { writeTree } from '../../support/write-tree.ts'

let cwd: string
beforeAll(() => {
  cwd = writeTree({ 'apps/web.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  hostPID: true\n  containers: []\n' })
})

test('a check as a function, with the defaults of the command line', async () => {
  const { report, texts } = await check({ cwd, paths: ['apps'] })
  expect(summarize(report, 'policy')).toMatchObject({ resources: 1, policies: 1, fail: 1, blocking: 0 })
  expect(judge(report, { mode: 'enforce', failOn: 'block', strict: false })).toBe('violations')
  expect(formatReport(report, 'text', { texts, mode: 'enforce' })).toContain('5 |   hostPID: true')
  expect(JSON.parse(formatReport(report, 'json'))).toMatchObject({ decision: 'allow' })
})
