import { describe, expect, test } from 'vitest'
import { computeEntries, proveEntries, type IgnoreDifference, type PredictedState } from '../../../../src/ignore-differences/index.ts'
import type { JsonObject, JsonValue } from '../../../../src/model/json.ts'

const deployment = (spec: JsonObject, template: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec, template: { metadata: { labels: { app: 'web' } }, spec: template } },
})
const custom = (spec: JsonObject): JsonObject => ({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one', namespace: 'shop' }, spec: { size: 1, ...spec } })
const pod = (spec: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' }, spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'nginx' }], ...spec } })

const state = (target: JsonObject, live: JsonObject): PredictedState =>
  ({ target, live, liveWithout: () => target, steps: [{ cause: { kind: 'mutation', policy: 'ClusterPolicy p', rule: 'r' }, before: target, after: live }] })
const containers = (...images: readonly (readonly [string, string])[]): JsonValue => images.map(([name, image]) => ({ name, image }))
const of = (group: string, kind: string, name: string, paths: Partial<IgnoreDifference>): IgnoreDifference => ({ group, kind, name, namespace: 'shop', ...paths })

describe('the narrowest entries', () => {
  test.each<[string, JsonObject, JsonObject, readonly IgnoreDifference[]]>([
    ['a changed scalar', deployment({ replicas: 1 }), deployment({ replicas: 3 }), [of('apps', 'Deployment', 'web', { jsonPointers: ['/spec/replicas'] })]],
    ['an image, whatever stands before it',
      deployment({}, { containers: containers(['app', 'nginx'], ['log', 'fluentd']) }),
      deployment({}, { containers: containers(['injected', 'proxy'], ['app', 'nginx@sha256:1'], ['log', 'fluentd']) }),
      [of('apps', 'Deployment', 'web', { jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == "app") | .image'] })]],
    ['what is only added', deployment({}, { containers: containers(['app', 'nginx']) }), deployment({ paused: true }, { containers: containers(['app', 'nginx'], ['new', 'x']), nodeSelector: { a: 'b' } }), []],
    ['an item of a list that is one value',
      pod({ tolerations: [{ key: 'a', operator: 'Exists' }] }), pod({ tolerations: [{ key: 'a', operator: 'Exists' }, { key: 'b', operator: 'Exists' }] }),
      [of('', 'Pod', 'p', { jqPathExpressions: ['.spec.tolerations[] | select(.key == "b")'] })]],
    ['an item that goes', pod({ volumes: [{ name: 'a', emptyDir: {} }, { name: 'b', hostPath: { path: '/' } }] }), pod({ volumes: [{ name: 'a', emptyDir: {} }] }),
      [of('', 'Pod', 'p', { jqPathExpressions: ['.spec.volumes[] | select(.name == "b")'] })]],
    ['another order', pod({ containers: containers(['a', 'x'], ['b', 'x'], ['c', 'x']) }), pod({ containers: containers(['b', 'x'], ['c', 'x'], ['a', 'x']) }),
      [of('', 'Pod', 'p', { jqPathExpressions: ['.spec.containers[] | select(.name == "a")'] })]],
    ['a map that goes whole', custom({ box: { a: 1 } }), custom({}), [of('example.com', 'Widget', 'one', { jsonPointers: ['/spec/box'] })]],
    ['a list of a custom resource', custom({ rules: [{ name: 'a' }] }), custom({ rules: [{ name: 'a', filled: true }, { name: 'b' }] }),
      [of('example.com', 'Widget', 'one', { jqPathExpressions: ['.spec.rules[] | select(.name == "b")'] })]],
    ['a scalar in a list', custom({ list: ['a', 'b'] }), custom({ list: ['a', 'c', 'b'] }), [of('example.com', 'Widget', 'one', { jqPathExpressions: ['.spec.list[] | select(. == "c")'] })]],
    ['items that nothing tells apart', custom({ list: ['a', 'a'] }), custom({ list: ['a', 'a', 'a'] }), [of('example.com', 'Widget', 'one', { jsonPointers: ['/spec/list'] })]],
    ['a label with a slash', { ...custom({}), metadata: { name: 'one', namespace: 'shop', labels: { 'a/b': 'x', c: 'y' } } }, { ...custom({}), metadata: { name: 'one', namespace: 'shop', labels: { 'a/b': 'z', c: 'y' } } },
      [of('example.com', 'Widget', 'one', { jsonPointers: ['/metadata/labels/a~1b'] })]],
  ])('%s', (_, target, live, expected) => {
    const states = [state(target, live)]
    const plan = computeEntries(states)
    const entries = plan.entries.map(({ entry }) => entry)
    expect(entries).toEqual(expected)
    expect(proveEntries(states, entries)).toMatchObject({ quiet: true, watchful: true, needed: true, complaints: [] })
    for (const { reasons } of plan.entries) for (const { causes } of reasons) expect(causes).toEqual([{ kind: 'mutation', policy: 'ClusterPolicy p', rule: 'r' }])
  })

  test('what is only added is said', () => {
    const { remarks } = computeEntries([state(custom({}), custom({ more: 1 }))])
    expect(remarks).toMatchObject([{ resource: 'example.com/Widget shop/one', what: 'added-only' }])
  })

  test('what can never be ignored is said', () => {
    const renamed = { ...custom({}), kind: 'Gadget' }
    expect(computeEntries([state(custom({}), renamed)])).toMatchObject({ entries: [], remarks: [{ what: 'unresolved' }] })
  })

  test('entries of one kind and name are one; resources share a path of a general cause', () => {
    const general = [{ path: { expression: '.spec.rules[] | select(.name | startswith("made-"))' }, cause: { kind: 'autogen' as const } }]
    const policy = (name: string, ...rules: readonly string[]): JsonObject => ({ ...custom({ rules: rules.map((rule) => ({ name: rule })) }), metadata: { name } })
    const states = [{ ...state(policy('a', 'x'), policy('a', 'x', 'made-x')), general }, { ...state(policy('b', 'y'), policy('b', 'y', 'made-y')), general }]
    expect(computeEntries(states).entries).toMatchObject([{ entry: { group: 'example.com', kind: 'Widget', jqPathExpressions: [general[0]?.path.expression] }, reasons: [{ resources: ['example.com/Widget a', 'example.com/Widget b'] }] }])
  })

  test('entries that the Application has already are enough', () => {
    const states = [state(deployment({ replicas: 1 }), deployment({ replicas: 3 }))]
    expect(computeEntries(states, { ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }] }).entries).toEqual([])
  })
})

describe('proof', () => {
  const states = [state(deployment({ replicas: 1, minReadySeconds: 1 }), deployment({ replicas: 3, minReadySeconds: 1 }))]
  const entry = (...jsonPointers: readonly string[]): readonly IgnoreDifference[] => [{ group: 'apps', kind: 'Deployment', jsonPointers }]

  test('too little is noisy', () => {
    expect(proveEntries(states, entry())).toMatchObject({ quiet: false, complaints: ['apps/Deployment shop/web still differs'] })
  })
  test('too much is blind', () => {
    expect(proveEntries(states, entry('/spec', '/metadata'))).toMatchObject({ quiet: true, watchful: false })
  })
  test('what nothing needs is superfluous', () => {
    expect(proveEntries(states, entry('/spec/replicas', '/spec/paused'))).toMatchObject({ quiet: true, needed: false, complaints: ['nothing differs without /spec/paused'] })
  })
})
