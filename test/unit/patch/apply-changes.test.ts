import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../../src/model/json.ts'
import type { JsonPatchOperation } from '../../../src/model/result.ts'
import { applyChanges } from '../../../src/patch/apply-changes.ts'
import { diffJson } from '../../../src/patch/diff-json.ts'
import { applyJsonPatch } from '../../../src/patch/json-patch.ts'

describe('changes of a result', () => {
  test.each<[before: JsonValue, after: JsonValue]>([
    [{ a: 1, b: 2 }, { b: 3, c: [1] }],
    [{ a: { 'x/y~z': { b: null } } }, { a: { 'x/y~z': { b: 1 } } }],
    [{ l: [1, 2, 3, 4] }, { l: [1, 4] }],
    [{ l: [1, 4] }, { l: [1, 2, 3, 4] }],
    [{ l: [{ a: 1 }, { b: 1 }] }, { l: [{ a: 2 }, { b: 1, c: {} }, null] }],
    [{ a: [] }, { a: {} }],
    [{ a: 1 }, [1]],
    [JSON.parse('{"__proto__":{"a":1}}') as JsonValue, JSON.parse('{"__proto__":{"a":2,"__proto__":3}}') as JsonValue],
  ])('%j → %j', (before, after) => {
    const changes = diffJson(before, after)
    expect(JSON.stringify(applyChanges(before, changes))).toBe(JSON.stringify(after))
    if (!changes.some(({ path }) => path === '')) expect(JSON.stringify(applyJsonPatch(before, changes as unknown as JsonValue))).toBe(JSON.stringify(applyChanges(before, changes)))
  })

  test('what does not change is shared', () => {
    const before = { a: { b: 1 }, c: { d: 1 } }
    expect((applyChanges(before, [{ op: 'add', path: '/a/e', value: 2 }]) as typeof before).c).toBe(before.c)
  })

  test.each<JsonPatchOperation>([
    { op: 'replace', path: '/b', value: 1 }, { op: 'remove', path: '/b' }, { op: 'add', path: '/b/c', value: 1 }, { op: 'remove', path: '/l/1' }, { op: 'add', path: '/l/2', value: 1 },
    { op: 'replace', path: '/l/-', value: 1 }, { op: 'add', path: '/l/x', value: 1 },
  ])('$op $path is not there', (change) => {
    expect(() => applyChanges({ a: 1, l: [1] }, [change])).toThrow(`${change.op} ${change.path}: there is no such place`)
  })
})
