import { describe, expect, test } from 'vitest'
import { toDraft, type Draft } from '../../../../src/kubernetes/defaults/draft.ts'
import { schemaFor } from '../../../../src/kubernetes/schema/schema-catalog.ts'
import type { SchemaNode } from '../../../../src/kubernetes/schema/schema-node.ts'
import type { JsonObject, JsonValue } from '../../../../src/model/json.ts'
import { applyStrategicPatch } from '../../../../src/patch/strategic/apply-strategic-patch.ts'
import { createStrategicPatch } from '../../../../src/patch/strategic/create-strategic-patch.ts'
import { createThreeWayPatch } from '../../../../src/patch/strategic/three-way-patch.ts'

const schema = schemaFor('apps', 'v1', 'Deployment') as SchemaNode
const draft = (value: JsonValue): Draft => toDraft(value) as Draft
const pod = (spec: JsonObject): JsonObject => ({ spec: { template: { spec } } })
const create = (before: JsonObject, after: JsonObject): Draft => createStrategicPatch(draft(before), draft(after), schema)
const apply = (object: JsonObject, patch: JsonObject): Draft => applyStrategicPatch(draft(object), draft(patch), schema)

describe('createStrategicPatch', () => {
  test.each<[name: string, before: JsonObject, after: JsonObject, patch: JsonObject]>([
    ['nothing', pod({ containers: [{ name: 'a' }] }), pod({ containers: [{ name: 'a' }] }), {}],
    ['a scalar', { spec: { replicas: 1, paused: true } }, { spec: { replicas: 2 } }, { spec: { replicas: 2, paused: null } }],
    ['an item by its key', pod({ containers: [{ name: 'a', image: 'x' }, { name: 'b' }] }), pod({ containers: [{ name: 'a', image: 'y' }, { name: 'b' }] }),
      pod({ containers: [{ name: 'a', image: 'y' }], '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }] })],
    ['an item that goes', pod({ containers: [{ name: 'a' }, { name: 'b' }] }), pod({ containers: [{ name: 'b' }] }),
      pod({ containers: [{ name: 'a', $patch: 'delete' }], '$setElementOrder/containers': [{ name: 'b' }] })],
    ['another order', pod({ containers: [{ name: 'a' }, { name: 'b' }] }), pod({ containers: [{ name: 'b' }, { name: 'a' }] }),
      pod({ '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] })],
    ['a list without keys as a whole', pod({ tolerations: [{ key: 'a' }] }), pod({ tolerations: [{ key: 'b' }] }), pod({ tolerations: [{ key: 'b' }] })],
    ['a set', { metadata: { finalizers: ['a', 'b'] } }, { metadata: { finalizers: ['b', 'c'] } },
      { metadata: { finalizers: ['c'], '$deleteFromPrimitiveList/finalizers': ['a'], '$setElementOrder/finalizers': ['b', 'c'] } }],
    ['the one that stays of several', pod({ volumes: [{ name: 'v', emptyDir: {} }] }), pod({ volumes: [{ name: 'v', hostPath: { path: '/x' } }] }),
      pod({ volumes: [{ name: 'v', emptyDir: null, hostPath: { path: '/x' }, $retainKeys: ['hostPath', 'name'] }], '$setElementOrder/volumes': [{ name: 'v' }] })],
  ])('%s', (_, before, after, patch) => {
    expect(create(before, after)).toEqual(patch)
    expect(apply(before, create(before, after) as JsonObject)).toEqual(after)
  })

  test('what the schema lacks can be equal, and cannot be patched', () => {
    const unknown = { spec: { mystery: { a: 1 } } }
    expect(create(unknown, unknown)).toEqual({})
    expect(() => create(unknown, { spec: { mystery: { a: 2 } } })).toThrow('mystery')
    expect(() => create(pod({ containers: [{ image: 'x' }] }), pod({ containers: [{ image: 'y' }] }))).toThrow('merge key')
  })
})

describe('applyStrategicPatch', () => {
  test.each<[name: string, object: JsonObject, patch: JsonObject, result: JsonObject]>([
    ['items of the server stay where they were', pod({ containers: [{ name: 's' }, { name: 'a' }] }),
      pod({ containers: [{ name: 'a', image: 'y' }], '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }] }), pod({ containers: [{ name: 's' }, { name: 'a', image: 'y' }] })],
    ['$patch: replace of a list', pod({ containers: [{ name: 'a' }] }), pod({ containers: [{ name: 'b' }, { $patch: 'replace' }] }), pod({ containers: [{ name: 'b' }] })],
    ['$patch: replace of a map', { metadata: { labels: { a: '1' } } }, { metadata: { labels: { $patch: 'replace', b: '2' } } }, { metadata: { labels: { b: '2' } } }],
    ['$patch: delete of a map', { metadata: { labels: { a: '1' } } }, { metadata: { labels: { $patch: 'delete' } } }, { metadata: { labels: {} } }],
    ['nulls of what is new are left out', { spec: {} }, { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } }, { spec: { strategy: { type: 'Recreate' } } }],
    ['a key named __proto__', JSON.parse('{"metadata":{"labels":{}}}'), JSON.parse('{"metadata":{"labels":{"__proto__":"x"}}}'), JSON.parse('{"metadata":{"labels":{"__proto__":"x"}}}')],
  ])('%s', (_, object, patch, result) => {
    expect(JSON.stringify(apply(object, patch))).toBe(JSON.stringify(result))
  })
})

describe('createThreeWayPatch', () => {
  const applyThree = (original: JsonObject, modified: JsonObject, current: JsonObject): Draft =>
    applyStrategicPatch(draft(current), createThreeWayPatch({ original, modified, current }, schema), schema)

  test('what others added stays, what was applied before and is wanted no more goes', () => {
    expect(applyThree(
      { metadata: { labels: { a: '1', b: '2' } }, spec: { replicas: 1 } },
      { metadata: { labels: { a: '9' } }, spec: { replicas: 1 } },
      { metadata: { labels: { a: '1', b: '2', server: 'x' }, uid: 'u' }, spec: { replicas: 3, paused: true } },
    )).toEqual({ metadata: { labels: { a: '9', server: 'x' }, uid: 'u' }, spec: { replicas: 1, paused: true } })
  })

  test('a side-car that a webhook injected stays, a container that Git dropped goes', () => {
    expect(applyThree(pod({ containers: [{ name: 'a' }, { name: 'old' }] }), pod({ containers: [{ name: 'a', image: 'x' }] }), pod({ containers: [{ name: 'a' }, { name: 'old' }, { name: 'injected' }] })))
      .toEqual(pod({ containers: [{ name: 'a', image: 'x' }, { name: 'injected' }] }))
  })
})
