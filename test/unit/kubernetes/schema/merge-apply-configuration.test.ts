import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../src/model/json.ts'
import { mergeApplyConfiguration } from '../../../../src/kubernetes/schema/merge-apply-configuration.ts'
import { schemaFor } from '../../../../src/kubernetes/schema/schema-catalog.ts'
import { deducedSchema } from '../../../../src/kubernetes/schema/schema-node.ts'

const pod = schemaFor('', 'v1', 'Pod', '1.32')!
const merge = (live: JsonObject, patch: JsonObject, allowAtomic = false) => mergeApplyConfiguration(pod, live, patch, { allowAtomic })
const named = (...names: string[]) => names.map((name) => ({ name }))
const containers = (value: JsonValue): JsonObject => ({ spec: { containers: value } })

describe('apply configurations', () => {
  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['scalars are replaced, what is absent stays', { spec: { nodeName: 'a', hostname: 'h' } }, { spec: { nodeName: 'b' } }, { spec: { nodeName: 'b', hostname: 'h' } }],
    ['labels merge', { metadata: { labels: { a: '1', b: '2' } } }, { metadata: { labels: { b: '3', c: '4' } } }, { metadata: { labels: { a: '1', b: '3', c: '4' } } }],
    ['containers merge by name', containers([{ name: 'a', image: 'x' }, { name: 'b', image: 'y' }]), containers([{ name: 'b', tty: true }]),
      containers([{ name: 'a', image: 'x' }, { name: 'b', image: 'y', tty: true }])],
    ['ports merge by port and protocol, TCP when none is named', containers([{ name: 'a', ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }] }]),
      containers([{ name: 'a', ports: [{ containerPort: 80, protocol: 'TCP', name: 'web' }] }]),
      containers([{ name: 'a', ports: [{ containerPort: 80, protocol: 'TCP', name: 'web' }, { containerPort: 80, protocol: 'UDP' }] }])],
    ['sets unite', { metadata: { finalizers: ['x', 'y'] } }, { metadata: { finalizers: ['y', 'z'] } }, { metadata: { finalizers: ['x', 'y', 'z'] } }],
    ['new items come last', containers(named('a', 'b')), containers(named('c', 'd')), containers(named('a', 'b', 'c', 'd'))],
    ['the order of the patch wins among shared items', containers(named('a', 'b', 'c')), containers(named('c', 'a')), containers(named('b', 'c', 'a'))],
    ['new items stand before the shared one that follows them', containers(named('a', 'b')), containers(named('n', 'b')), containers(named('a', 'n', 'b'))],
    ['null keeps a map and replaces a scalar', { metadata: { labels: { a: '1' } }, spec: { nodeName: 'a' } }, { metadata: { labels: null }, spec: { nodeName: null } },
      { metadata: { labels: { a: '1' } }, spec: { nodeName: null } }],
    ['null replaces a list that is one value', { spec: { tolerations: [{ key: 'a' }] } }, { spec: { tolerations: null } }, { spec: { tolerations: null } }],
    ['an empty patch changes nothing', containers(named('a')), {}, containers(named('a'))],
  ])('%s', (_, live, patch, expected) => {
    expect(merge(live, patch)).toEqual(expected)
  })

  test.each<[string, JsonObject, RegExp]>([
    ['an undeclared field', { spec: { colour: 'red' } }, /\.spec\.colour: field not declared in schema/],
    ['a wrong type', { spec: { containers: 'a' } }, /\.spec\.containers: expected array/],
    ['an object in a set', { metadata: { finalizers: [{}] } }, /a set holds scalars/],
    ['a repeated key', containers(named('a', 'a')), /duplicate entries/],
    ['an atomic list', { spec: { tolerations: [{ key: 'k' }] } }, /may not mutate atomic arrays, maps or structs: \.spec\.tolerations/],
    ['an atomic map', { spec: { nodeSelector: { a: 'b' } } }, /atomic arrays, maps or structs: \.spec\.nodeSelector/],
  ])('%s is refused', (_, patch, message) => {
    expect(() => merge(containers(named('a')), patch)).toThrow(message)
  })

  test('atomic values are replaced where that is allowed', () => {
    expect(merge({ spec: { tolerations: [{ key: 'a' }] } }, { spec: { tolerations: [{ key: 'b' }] } }, true)).toEqual({ spec: { tolerations: [{ key: 'b' }] } })
  })

  test('without a schema every list is one value', () => {
    expect(mergeApplyConfiguration(deducedSchema, containers(named('a', 'b')), containers(named('b')))).toEqual(containers(named('b')))
  })

  test('a live object may repeat keys; a key named __proto__ stays a key', () => {
    expect(merge(containers(named('a', 'a', 'b')), containers([{ name: 'b', tty: true }]))).toEqual(containers([...named('a', 'a'), { name: 'b', tty: true }]))
    const labels = JSON.parse('{"__proto__": "x"}') as JsonObject
    const merged = merge({ metadata: { labels: { a: '1' } } }, { metadata: { labels } })
    expect(Object.keys((merged['metadata'] as JsonObject)['labels'] as JsonObject)).toEqual(['a', '__proto__'])
  })
})
