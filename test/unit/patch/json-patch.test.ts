import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../../src/model/json.ts'
import { applyMergePatch, createMergePatch } from '../../../src/patch/merge-patch.ts'
import { diffJson } from '../../../src/patch/diff-json.ts'
import { applyJsonPatch } from '../../../src/patch/json-patch.ts'
import { parseJsonPatch } from '../../../src/patch/parse-json-patch.ts'

const code = (work: () => unknown): unknown => {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}
const document = { spec: { l: [1, 2, 3], m: { 'a/b': 1, 'c~d': 2 }, z: null } }

describe('applyJsonPatch', () => {
  test.each<[name: string, operation: JsonValue, expected: JsonValue | 'INVALID_PATCH']>([
    ['add a key', { op: 'add', path: '/spec/n', value: 1 }, { spec: { ...document.spec, n: 1 } }],
    ['add creates what is missing', { op: 'add', path: '/spec/x/y', value: 1 }, { spec: { ...document.spec, x: { y: 1 } } }],
    ['and pads lists', { op: 'add', path: '/spec/x/2', value: 1 }, { spec: { ...document.spec, x: [null, null, 1] } }],
    ['a null counts as missing', { op: 'add', path: '/spec/z/y', value: 1 }, { spec: { ...document.spec, z: { y: 1 } } }],
    ['insert', { op: 'add', path: '/spec/l/1', value: 9 }, { spec: { ...document.spec, l: [1, 9, 2, 3] } }],
    ['append', { op: 'add', path: '/spec/l/-', value: 9 }, { spec: { ...document.spec, l: [1, 2, 3, 9] } }],
    ['negative index', { op: 'add', path: '/spec/l/-1', value: 9 }, { spec: { ...document.spec, l: [1, 2, 3, 9] } }],
    ['leading zeros', { op: 'replace', path: '/spec/l/01', value: 9 }, { spec: { ...document.spec, l: [1, 9, 3] } }],
    ['beyond the end', { op: 'add', path: '/spec/l/4', value: 9 }, 'INVALID_PATCH'],
    ['escapes', { op: 'remove', path: '/spec/m/a~1b' }, { spec: { ...document.spec, m: { 'c~d': 2 } } }],
    ['the whole document', { op: 'add', path: '', value: { a: 1 } }, { a: 1 }],
    ['but not by a scalar', { op: 'replace', path: '', value: 'x' }, 'INVALID_PATCH'],
    ['remove of nothing does nothing', { op: 'remove', path: '/spec/none/deep' }, document],
    ['replace of nothing fails', { op: 'replace', path: '/spec/none', value: 1 }, 'INVALID_PATCH'],
    ['move', { op: 'move', from: '/spec/l/0', path: '/spec/first' }, { spec: { ...document.spec, l: [2, 3], first: 1 } }],
    ['copy', { op: 'copy', from: '/spec/m', path: '/spec/n' }, { spec: { ...document.spec, n: document.spec.m } }],
    ['test that holds', { op: 'test', path: '/spec/l', value: [1, 2, 3] }, document],
    ['test of a null', { op: 'test', path: '/spec/z', value: null }, document],
    ['test that fails', { op: 'test', path: '/spec/l/0', value: 2 }, 'INVALID_PATCH'],
    ['unknown operation', { op: 'put', path: '/spec' }, 'INVALID_PATCH'],
    ['no value', { op: 'add', path: '/spec' }, 'INVALID_PATCH'],
    ['through a scalar', { op: 'add', path: '/spec/l/0/x', value: 1 }, 'INVALID_PATCH'],
    ['text before the first slash is ignored', { op: 'remove', path: 'x/spec' }, {}],
  ])('%s', (_, operation, expected) => {
    const before = JSON.stringify(document)
    if (expected === 'INVALID_PATCH') expect(code(() => applyJsonPatch(document, [operation]))).toBe(expected)
    else expect(applyJsonPatch(document, [operation])).toEqual(expected)
    expect(JSON.stringify(document)).toBe(before)
  })

  test('a null that a patch wrote is not the one a test looks for', () => {
    expect(code(() => applyJsonPatch({}, [{ op: 'add', path: '/a', value: null }, { op: 'test', path: '/a', value: null }]))).toBe('INVALID_PATCH')
  })

  test('strict options refuse what Kyverno allows', () => {
    const strict = { allowMissingPathOnRemove: false, ensurePathExistsOnAdd: false }
    expect(code(() => applyJsonPatch(document, [{ op: 'remove', path: '/spec/none' }], strict))).toBe('INVALID_PATCH')
    expect(code(() => applyJsonPatch(document, [{ op: 'add', path: '/spec/x/y', value: 1 }], strict))).toBe('INVALID_PATCH')
  })

  test('hostile patches neither pollute nor explode', () => {
    const patched = applyJsonPatch({}, [{ op: 'add', path: '/__proto__/polluted', value: true }, { op: 'add', path: '/constructor/prototype/polluted', value: true }])
    expect(JSON.stringify(patched)).toBe('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(code(() => applyJsonPatch({ l: [] }, [{ op: 'add', path: '/l/1000000000/x', value: 1 }]))).toBe('LIMIT_EXCEEDED')
    const doubling = Array.from({ length: 64 }, (_, index) => ({ op: 'copy', from: '/a', path: `/a/x${index}` }))
    expect(code(() => applyJsonPatch({ a: { b: 1 } }, doubling))).toBe('LIMIT_EXCEEDED')
  })

  test('untouched parts are shared', () => {
    const patched = applyJsonPatch(document, [{ op: 'add', path: '/spec/n', value: 1 }]) as typeof document
    expect(patched.spec.l).toBe(document.spec.l)
    expect(applyJsonPatch(document, [{ op: 'remove', path: '/spec/none' }])).toBe(document)
  })
})

describe('errors are in the words of the Go library', () => {
  const strict = { allowMissingPathOnRemove: false, ensurePathExistsOnAdd: false }

  test.each<[operation: JsonValue, words: string]>([
    [{ op: 'add', path: '/spec/none/y', value: 1 }, 'add operation does not apply: doc is missing path: "/spec/none/y": missing value'],
    [{ op: 'add', path: '/spec/l/9', value: 1 }, "error in add for path: '/spec/l/9': Unable to access invalid index: 9: invalid index referenced"],
    [{ op: 'add', path: '/spec/l/x', value: 1 }, `error in add for path: '/spec/l/x': value was not a proper array index: 'x': strconv.Atoi: parsing "x": invalid syntax`],
    [{ op: 'remove', path: '/spec/none' }, "error in remove for path: '/spec/none': unable to remove nonexistent key: none: missing value"],
    [{ op: 'remove', path: '/none/x' }, 'remove operation does not apply: doc is missing path: "/none/x": missing value'],
    [{ op: 'replace', path: '/spec/none', value: 1 }, 'replace operation does not apply: doc is missing key: /spec/none: missing value'],
    [{ op: 'replace', path: '/none/x', value: 1 }, 'replace operation does not apply: doc is missing path: /none/x: missing value'],
    [{ op: 'move', from: '/spec/none', path: '/a' }, "error in move for path: 'none': unable to get nonexistent key: none: missing value"],
    [{ op: 'move', from: '', path: '/a' }, 'unable to move entire document to another path: invalid state detected'],
    [{ op: 'copy', from: '/none/x', path: '/a' }, 'copy operation does not apply: doc is missing from path: "/none/x": missing value'],
    [{ op: 'copy', from: '/spec/m', path: '/none/x' }, 'copy operation does not apply: doc is missing destination path: /none/x: missing value'],
    [{ op: 'test', path: '/spec/l/0', value: 2 }, 'testing value /spec/l/0 failed: test failed'],
    [{ path: '/spec', op: 'put' }, 'failed to decode patches: invalid operation {"op":"put","path":"/spec"}: unsupported operation'],
    [{ op: 'add', path: '/spec' }, `failed to decode patches: invalid operation {"op":"add","path":"/spec"}: failed to decode 'value': operation, missing value field: missing value`],
  ])('%j', (operation, words) => {
    expect(() => applyJsonPatch(document, [operation], strict)).toThrow(words)
  })

  test.each<[operation: JsonValue, words: string]>([
    [{ op: 'move', from: '/spec/none', path: '/a' }, "error in move for path: 'none': Unable to remove nonexistent key: none: missing value"],
    [{ op: 'copy', from: '/none/x', path: '/a' }, 'copy operation does not apply: doc is missing from path: /none/x: missing value'],
    [{ op: 'put', path: '/spec' }, 'Unexpected kind: put'],
  ])('of its version 4 where that is asked for: %j', (operation, words) => {
    expect(() => applyJsonPatch(document, [operation], { ...strict, wordsOf4: true })).toThrow(words)
  })
})

describe('parseJsonPatch', () => {
  test('reads JSON behind a bracket, else YAML 1.1', () => {
    expect(parseJsonPatch('[{"op":"remove","path":"/a"}]')).toEqual([{ op: 'remove', path: '/a' }])
    expect(parseJsonPatch('- {op: add, path: /a, value: n}\n- op: add\n  path: /b\n  value: 2023-01-02')).toEqual([
      { op: 'add', path: '/a', value: false }, { op: 'add', path: '/b', value: '2023-01-02' },
    ])
    for (const text of ['', '[1', '[] x', '- {']) expect(code(() => parseJsonPatch(text))).toBe('INVALID_PATCH')
  })
})

describe('derived properties', () => {
  const json = fc.jsonValue({ maxDepth: 4, noUnicodeString: true }) as fc.Arbitrary<JsonValue>
  const object = fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', '/', '~1', '__proto__', ''), fc.string()), json)

  test('patch(before, diff(before, after)) = after', () => {
    fc.assert(fc.property(object, object, (before, after) => {
      // An operation whose path runs through an empty key reaches the document itself in evanphx/json-patch.
      fc.pre(!JSON.stringify([before, after]).includes('"":'))
      expect(applyJsonPatch(before, diffJson(before, after) as unknown as JsonValue)).toEqual(after)
    }), { numRuns: 300 })
  })

  test('diff of equal documents is empty', () => {
    fc.assert(fc.property(object, (value) => {
      expect(diffJson(value, structuredClone(value))).toEqual([])
    }))
  })

  test('a merge patch that was created makes after of before, unless after holds nulls', () => {
    fc.assert(fc.property(object, object, (before, after) => {
      fc.pre(!JSON.stringify(after).includes('null'))
      expect(applyMergePatch(before, createMergePatch(before, after))).toEqual(after)
    }))
  })
})
