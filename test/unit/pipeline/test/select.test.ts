import { expect, test } from 'vitest'
import type { ResponsesByKey } from '../../../../src/pipeline/test/evaluate-test.ts'
import { selectKeys } from '../../../../src/pipeline/test/select-keys.ts'
import { parseSelector } from '../../../../src/pipeline/test/select-results.ts'
import { parseTestFile, type ExpectedResult } from '../../../../src/pipeline/test/test-file.ts'

function result(fields: object): ExpectedResult {
  const parsed = parseTestFile({ value: { apiVersion: 'cli.kyverno.io/v1alpha1', kind: 'Test', results: [{ policy: 'p', result: 'pass', ...fields }] } as never })
  if (!('test' in parsed) || parsed.test.results[0] === undefined) throw new Error('not a test')
  return parsed.test.results[0]
}

const keys = ['v1,Pod,shop,web', 'v1,Pod,bank,web', 'apps/v1,Deployment,shop,web', 'v1,Namespace,,shop', 'payload.json']
const trigger: ResponsesByKey = new Map(keys.map((key) => [key, []]))
const none: ResponsesByKey = new Map()

test.each([
  ['a name in any namespace and of any kind', { resources: ['web'] }, [0, 1, 2]],
  ['a name in one namespace', { resources: ['bank/web'] }, [1]],
  ['what belongs to no namespace', { resources: ['shop'] }, [3]],
  ['a payload', { resources: ['payload.json'] }, [4]],
  ['names that are not there select everything', { resources: ['wbe'] }, [0, 1, 2, 3, 4]],
  ['so does no name', {}, [0, 1, 2, 3, 4]],
  ['specs need a list of names beside them', { resourceSpecs: [{ version: 'v1', namespace: 'shop', name: 'web' }] }, [0, 1, 2, 3, 4]],
  ['group, version, namespace and name', { resources: [], resourceSpecs: [{ group: 'apps', version: 'v1', namespace: 'shop', name: 'web' }] }, [2]],
])('%s', (_, fields, expected) => {
  expect(selectKeys(result(fields), none, trigger)).toEqual(expected.map((index) => keys[index]))
})

test.each([
  ['policy=*,rule=*,resource=*', true], ['policy=p', true], ['policy=q', false], ['policy=p,resource=we*', true], ['resource=db', false], ['rule=r', true], ['', true],
])('%s', (text, matches) => {
  expect(parseSelector(text).matches(result({ resources: ['web'] }))).toBe(matches)
})

test('resources that are named take the place of those of every result', () => {
  expect(parseSelector('policy=p,resource=web').resources).toEqual(['web'])
  expect(parseSelector('policy=*,rule=*,resource=*').resources).toEqual([])
})

test.each(['policy', 'policy=a=b', 'kind=Pod'])('%s is no selector', (text) => {
  expect(() => parseSelector(text)).toThrow('invalid test case selector')
})
