import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import { applyStrategicMerge } from '../../../src/patch/strategic-merge.ts'

/** Enough of Kyverno's matching for these cases: equality, `*` and maps. */
const matches = (resource: JsonValue, pattern: JsonValue): boolean => {
  if (typeof pattern === 'string') return pattern === '*' ? resource !== null : pattern.endsWith('*') ? String(resource).startsWith(pattern.slice(0, -1)) : resource === pattern
  if (Array.isArray(pattern)) return Array.isArray(resource) && (resource as JsonValue[]).every((item) => matches(item, pattern[0] as JsonValue))
  if (typeof pattern === 'object' && pattern !== null) return Object.entries(pattern).every(([key, value]) => matches((resource as JsonObject)[key] ?? null, value))
  return resource === pattern
}
const apply = (resource: JsonValue, patch: JsonValue): JsonValue => applyStrategicMerge(resource as JsonObject, patch, matches)
const pod = (containers: JsonValue, more: JsonObject = {}): JsonObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers, ...more } })
const code = (work: () => unknown): unknown => {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

describe('merging', () => {
  test.each<[name: string, resource: JsonValue, patch: JsonValue, expected: JsonValue]>([
    ['maps merge, null deletes', { kind: 'X', a: { b: 1, c: 2 } }, { a: { b: null, d: 3 } }, { kind: 'X', a: { c: 2, d: 3 } }],
    ['a null that was there stays', { a: null, b: 1 }, { b: 2 }, { a: null, b: 2 }],
    ['lists of unknown kinds are replaced', { apiVersion: 'x/v1', kind: 'X', containers: [{ name: 'a' }] }, { containers: [{ name: 'b' }] }, { apiVersion: 'x/v1', kind: 'X', containers: [{ name: 'b' }] }],
    ['lists with a merge key: the patch comes first', pod([{ name: 'a', image: '1' }, { name: 'b' }]), { spec: { containers: [{ name: 'n' }, { name: 'b', image: '2' }] } },
      pod([{ name: 'n' }, { name: 'b', image: '2' }, { name: 'a', image: '1' }])],
    ['an item without the merge key wipes the list', pod([{ name: 'a' }]), { spec: { containers: [{ image: 'x' }] } }, pod([])],
    ['two keys: items that agree where both have one are taken together', pod([{ name: 'a', ports: [{ containerPort: 80 }] }]),
      { spec: { containers: [{ name: 'a', ports: [{ containerPort: 80, protocol: 'TCP', name: 'web' }] }] } }, pod([{ name: 'a', ports: [{ containerPort: 80 }] }])],
    ['$patch: delete of an item', pod([{ name: 'a' }, { name: 'b' }]), { spec: { containers: [{ name: 'a', $patch: 'delete' }] } }, pod([{ name: 'b' }])],
    ['$patch: replace of a map', { kind: 'X', a: { b: 1 } }, { a: { $patch: 'replace', c: 2 } }, { kind: 'X', a: { c: 2 } }],
    ['$patch: replace of a list', pod([{ name: 'a' }]), { spec: { containers: [{ $patch: 'replace' }, { name: 'b' }] } }, pod([{ name: 'b' }])],
    ['$patch: delete of a map', { kind: 'X', a: { b: 1 } }, { a: { $patch: 'delete' } }, { kind: 'X' }],
    ['finalizers are a set', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { finalizers: ['a', 'b'] } }, { metadata: { finalizers: ['c', 'a'] } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { finalizers: ['c', 'a', 'b'] } }],
    ['a number in place of a text becomes a text', { kind: 'X', a: 'text' }, { a: 5 }, { kind: 'X', a: '5' }],
    ['a template inside a custom resource has its own merge keys', { kind: 'X', t: pod([{ name: 'a' }]) }, { t: { spec: { containers: [{ name: 'b' }] } } }, { kind: 'X', t: pod([{ name: 'b' }, { name: 'a' }]) }],
    ['a key named __proto__ is a key', JSON.parse('{"kind":"X","a":{}}'), JSON.parse('{"a":{"__proto__":{"polluted":true}}}'), JSON.parse('{"kind":"X","a":{"__proto__":{"polluted":true}}}')],
  ])('%s', (_, resource, patch, expected) => {
    const inputs = JSON.stringify([resource, patch])
    expect(JSON.stringify(apply(resource, patch))).toBe(JSON.stringify(expected))
    expect(JSON.stringify([resource, patch])).toBe(inputs)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('what cannot be merged is an invalid patch', () => {
    expect(code(() => apply({ kind: 'X', a: { b: 1 } }, { a: 'text' }))).toBe('INVALID_PATCH')
    expect(code(() => apply({ kind: 'X', a: { b: 1 } }, { a: { $patch: 'merg' } }))).toBe('INVALID_PATCH')
    expect(code(() => apply({ kind: 'X' }, { $patch: 'delete' }))).toBe('INVALID_PATCH')
    expect(code(() => apply({ kind: 'X' }, ['a']))).toBe('INVALID_PATCH')
    expect(code(() => apply({ kind: 'X' }, null))).toBe('INVALID_PATCH')
  })

  test('unchanged parts are shared, and a patch that changes nothing gives the resource itself', () => {
    const resource = pod([{ name: 'a', image: 'x' }], { volumes: [{ name: 'v' }] })
    expect(apply(resource, { spec: { containers: [{ name: 'a', image: 'x' }] } })).toBe(resource)
    const changed = apply(resource, { metadata: { labels: { a: 'b' } } }) as JsonObject
    expect(changed['spec']).toBe(resource['spec'])
  })

  test('nesting and irregular lists are limited', () => {
    let deep: JsonValue = {}
    for (let depth = 0; depth < 5000; depth++) deep = { a: deep }
    expect(code(() => apply({ kind: 'X' }, deep))).toBe('LIMIT_EXCEEDED')
    expect(code(() => apply(pod(Array.from({ length: 3000 }, () => ({ image: 'x' }))), { spec: { containers: [] } }))).toBe('LIMIT_EXCEEDED')
    expect(apply(pod(Array.from({ length: 20_000 }, (_, index) => ({ name: `c${index}` }))), { spec: { containers: [{ name: 'c7', image: 'x' }] } })).toBeDefined()
  })

  test('applying a merge a second time changes nothing', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean())
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 3 }, scalar, fc.dictionary(fc.constantFrom('a', 'b', 'c', 'metadata'), tie('tree'), { maxKeys: 3 }), fc.array(scalar)),
    }))
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), tree), fc.dictionary(fc.constantFrom('a', 'b', 'c'), tree), (resource, patch) => {
      let once: JsonValue
      try {
        once = apply(resource as JsonObject, patch as JsonObject)
      } catch (error) {
        expect((error as { code?: unknown }).code).toBe('INVALID_PATCH')
        return
      }
      expect(apply(once, patch as JsonObject)).toEqual(once)
    }))
  })
})

describe('anchors', () => {
  test.each<[name: string, resource: JsonValue, patch: JsonValue, expected: JsonValue]>([
    ['+() adds what is missing', { kind: 'X', a: { b: 1 } }, { a: { '+(b)': 2, '+(c)': 3 } }, { kind: 'X', a: { b: 1, c: 3 } }],
    ['a condition that holds goes', { kind: 'X', type: 'web', a: {} }, { '(type)': 'w*', a: { b: 1 } }, { kind: 'X', type: 'web', a: { b: 1 } }],
    ['one that fails keeps the whole patch away', { kind: 'X', type: 'db' }, { '(type)': 'w*', a: { b: 1 } }, { kind: 'X', type: 'db' }],
    ['so does one on a missing key', { kind: 'X' }, { '(type)': '*', a: 1 }, { kind: 'X' }],
    ['in a list it chooses items by name', pod([{ name: 'a', image: 'x:1' }, { name: 'b', image: 'y:1' }]), { spec: { containers: [{ '(image)': 'x*', imagePullPolicy: 'Always' }] } },
      pod([{ name: 'a', image: 'x:1', imagePullPolicy: 'Always' }, { name: 'b', image: 'y:1' }])],
    ['items without a name cannot be chosen', pod([{ image: 'x:1' }]), { spec: { containers: [{ '(image)': 'x*', imagePullPolicy: 'Always' }] } }, pod([{ image: 'x:1' }])],
    ['a global condition gates the patch', pod([{ name: 'a', image: 'x:1' }]), { spec: { containers: [{ '<(image)': 'y*' }], hostNetwork: false } }, pod([{ name: 'a', image: 'x:1' }])],
    ['and lets it pass', pod([{ name: 'a', image: 'y:1' }]), { spec: { containers: [{ '<(image)': 'y*' }], hostNetwork: false } }, pod([{ name: 'a', image: 'y:1' }], { hostNetwork: false })],
    ['what one item took from the shared copy is gone for the next', pod([{ name: 'a', r: { m: 1 } }, { name: 'b', r: {} }]), { spec: { containers: [{ '(name)': '*', r: { '+(m)': 5, '+(c)': 6 } }] } },
      pod([{ name: 'a', r: { m: 1, c: 6 } }, { name: 'b', r: { c: 6 } }])],
    ['an empty map in the patch is dropped', { kind: 'X' }, { a: {}, b: 1 }, { kind: 'X', b: 1 }],
    ['scalars are compared as texts', { kind: 'X', on: true }, { '(on)': 'true', a: 1 }, { kind: 'X', on: true, a: 1 }],
  ])('%s', (_, resource, patch, expected) => {
    expect(apply(resource, patch)).toEqual(expected)
  })

  test('a list with several conditional items, on which Kyverno crashes, is an invalid patch', () => {
    expect(code(() => apply({ kind: 'X', l: [{ name: 'a' }] }, { l: [{ '(name)': 'b' }, { '(name)': 'c' }] }))).toBe('INVALID_PATCH')
  })
})
