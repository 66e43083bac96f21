import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/model/json.ts'
import type { FieldPath } from '../../../src/model/source.ts'
import { fingerprint } from '../../../src/report/index.ts'
import { makeResource, makeResult } from '../../support/make-result.ts'

const pod = (names: readonly string[], line = 1): JsonObject & { line?: number } => ({ spec: { containers: names.map((name) => ({ name, image: `${name}:${line}` })) } })
const print = (object: JsonObject, path: FieldPath, line = 1, message = 'm') => {
  const violation = { path, message }
  return fingerprint(makeResult('fail', makeResource('Pod', 'web', line, object), { message, violations: [violation] }), violation)
}

test('moved lines, reordered lists and other messages leave it as it is', () => {
  const one = print(pod(['app', 'proxy']), ['spec', 'containers', 0, 'image'])
  expect(print(pod(['proxy', 'app'], 2), ['spec', 'containers', 1, 'image'], 40, 'other')).toBe(one)
  expect(print(pod(['proxy', 'app']), ['spec', 'containers', 0, 'image'])).not.toBe(one)
})

test('scalars in lists count by value, and odd paths do not matter', () => {
  const add = (values: readonly string[], index: number) => print({ spec: { add: values } }, ['spec', 'add', index])
  expect(add(['A', 'B'], 1)).toBe(add(['B'], 0))
  expect(add(['A'], 0)).not.toBe(add(['B'], 0))
  expect(print({}, ['__proto__', 'a/b', 3])).toMatch(/^[0-9a-f]{32}$/)
})
