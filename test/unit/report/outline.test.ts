import { expect, test } from 'vitest'
import fc from 'fast-check'
import type { JsonObject } from '../../../src/model/json.ts'
import type { FieldPath } from '../../../src/model/source.ts'
import { hasField } from '../../../src/report/field-path.ts'
import { fingerprint, outlineOf } from '../../../src/report/index.ts'
import { makeResource, makeResult } from '../../support/make-result.ts'

test('what is not asked about is gone', () => {
  const secret = { kind: 'Secret', metadata: { labels: { a: 'x' } }, data: { password: 'cGFzcw==', other: 'b3RoZXI=' } }
  expect(outlineOf(secret, [['data', 'password'], ['metadata', 'labels', 'b']])).toEqual({ data: { password: null }, metadata: { labels: {} } })
  expect(outlineOf(secret, [[]])).toEqual({})
})

test('items keep their place and what names them', () => {
  const pod = { spec: { containers: [{ name: 'a', image: 'x' }, { name: 'b', image: 'y', args: ['1', '2'] }], hostAliases: [{ hostnames: ['h'], ip: '::1' }] } }
  const paths: FieldPath[] = [['spec', 'containers', 1, 'args', 1], ['spec', 'containers', 1, 'name'], ['spec', 'hostAliases', 0]]
  expect(outlineOf(pod, paths)).toEqual({ spec: { containers: [null, { name: 'b', args: [null, '2'] }], hostAliases: [{ ip: '::1' }] } })
})

const step = fc.oneof(fc.constantFrom('name', 'key', 'a', '__proto__', '0'), fc.integer({ min: 0, max: 3 }))
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constantFrom('x', 'y', 1, true, null), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('name', 'key', 'a', '__proto__', '0'), tie('value'), { maxKeys: 3 })),
})).value

test('fingerprints and fields stay as they are, whatever the object and the paths', () => {
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('name', 'a', '0', '__proto__'), value), fc.array(fc.array(step, { maxLength: 5 }), { maxLength: 4 }), (any, paths) => {
    const object = any as JsonObject
    const outline = outlineOf(object, paths)
    for (const path of paths) {
      const print = (root: JsonObject) => fingerprint(makeResult('fail', makeResource('Pod', 'web', 1, root)), { path, message: '' })
      expect(print(outline)).toBe(print(object))
      expect(hasField(outline, path)).toBe(hasField(object, path))
    }
  }))
})
