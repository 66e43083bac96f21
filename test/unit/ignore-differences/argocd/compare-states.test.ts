import { describe, expect, test } from 'vitest'
import { compareStates, type CompareOptions } from '../../../../src/ignore-differences/index.ts'
import type { JsonObject } from '../../../../src/model/json.ts'
import { formatPointer } from '../../../../src/patch/json-pointer.ts'

const compare = (target: JsonObject | undefined, live: JsonObject | undefined, options: CompareOptions = {}) => {
  const { modified, differences } = compareStates(options).compare(target, live)
  return modified ? differences.map(formatPointer) : 'Synced'
}

const widget = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', ...metadata }, spec })
const deployment = (container: JsonObject, spec: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace: 'n' },
  spec: { replicas: 1, selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx:1', ...container }], ...spec } } },
})
const lastApplied = (object: JsonObject, applied: JsonObject): JsonObject => ({
  ...object,
  metadata: { ...(object['metadata'] as JsonObject), annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied) } },
})

describe('custom resources', () => {
  test.each<[name: string, target: JsonObject, live: JsonObject, outcome: string | string[]]>([
    ['what is added to a map is not seen', widget({ a: 1 }), widget({ a: 1, b: 2 }), 'Synced'],
    ['nor what is added inside list items', widget({ l: [{ a: 1 }] }), widget({ l: [{ a: 1, b: 2 }] }), 'Synced'],
    ['unless something else in the list differs', widget({ l: [{ a: 1 }, { a: 2 }] }), widget({ l: [{ a: 1, b: 2 }, { a: 3 }] }), ['/spec/l/0/b', '/spec/l/1/a']],
    ['a longer list', widget({ l: [1] }), widget({ l: [1, 2] }), ['/spec/l/1']],
    ['an empty map where there is nothing', widget({ m: {} }), widget({}), ['/spec/m']],
    ['null says nothing', widget({ n: null, l: [{ a: 1, n: null }] }), widget({ n: 5, l: [{ a: 1 }] }), 'Synced'],
    ['1 is 1.0, and no text', widget({ a: 1, b: '1' }), widget({ a: 1.0, b: 1 }), ['/spec/b']],
    ['quantities are texts', widget({ cpu: '1000m' }), widget({ cpu: '1' }), ['/spec/cpu']],
    ['integers beyond a double', widget({ a: 9007199254740993n }), widget({ a: 9007199254740992n }), 'Synced'],
  ])('%s', (_, target, live, outcome) => {
    expect(compare(target, live)).toEqual(outcome)
  })

  test('what was applied last and is gone from Git is seen', () => {
    expect(compare(widget({ a: 1 }), lastApplied(widget({ a: 1, b: 2 }), widget({ a: 1, b: 2 })))).toEqual(['/spec/b'])
    expect(compare(widget({ a: 1 }), lastApplied(widget({ a: 1, b: 2 }), 'nonsense' as unknown as JsonObject))).toBe('Synced')
  })

  test('the template of a Rollout is compared as that of a Deployment', () => {
    const rollout = (cpu: string): JsonObject => ({
      apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'r' }, spec: { template: { spec: { containers: [{ name: 'c', resources: { limits: { cpu } } }] } } },
    })
    expect(compare(rollout('1000m'), rollout('1'))).toBe('Synced')
    const without: JsonObject = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'r' }, spec: { template: { spec: null } } }
    expect(compare(rollout('1'), without)).toEqual(['/spec/template/spec/containers'])
  })
})

describe('built-in kinds', () => {
  test.each<[name: string, target: JsonObject, live: JsonObject, outcome: string | string[]]>([
    ['an injected side-car is not seen', deployment({}), deployment({}, { containers: [{ name: 'c', image: 'nginx:1' }, { name: 'injected', image: 'x' }] }), 'Synced'],
    ['a changed image is', deployment({}), deployment({ image: 'registry/nginx:1' }), ['/spec/template/spec/containers/0/image']],
    ['defaults are not', deployment({}), deployment({ imagePullPolicy: 'IfNotPresent' }, { restartPolicy: 'Always' }), 'Synced'],
    ['quantities are numbers', deployment({ resources: { limits: { cpu: '1000m', memory: 5 } } }), deployment({ resources: { limits: { cpu: '1', memory: '5' } } }), 'Synced'],
    ['unless an unknown field keeps Go from reading them', deployment({ x: 1, resources: { limits: { cpu: '1000m' } } }), deployment({ resources: { limits: { cpu: '1' } } }),
      ['/spec/template/spec/containers/0/resources/limits/cpu', '/spec/template/spec/containers/0/x']],
    ['another order of a keyed list', deployment({ env: [{ name: 'A' }, { name: 'B' }] }), deployment({ env: [{ name: 'B' }, { name: 'A' }] }),
      ['/spec/template/spec/containers/0/env/0/name', '/spec/template/spec/containers/0/env/1/name']],
    ['a list without keys', deployment({}, { tolerations: [{ key: 'a' }] }), deployment({}, { tolerations: [{ key: 'a' }, { key: 'b' }] }), ['/spec/template/spec/tolerations/1']],
    ['an explicit zero value', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, immutable: false }, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }, ['/immutable']],
    ['stringData', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { a: '1' } }, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'MQ==' }, type: 'Opaque' }, 'Synced'],
    ['no rules', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' }, rules: [] }, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' }, rules: null }, 'Synced'],
    ['Endpoints in another order', { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'e' }, subsets: [{ addresses: [{ ip: '2.2.2.2' }, { ip: '1.1.1.1' }], ports: [{ port: 1 }] }] },
      { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'e' }, subsets: [{ addresses: [{ ip: '1.1.1.1' }, { ip: '2.2.2.2' }], ports: [{ port: 1, protocol: 'TCP' }] }] }, 'Synced'],
    ['a CustomResourceDefinition is compared as a custom resource', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'x' }, spec: { versions: [{ name: 'v1' }] } },
      { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'x' }, spec: { conversion: { strategy: 'None' }, versions: [{ name: 'v1', served: true }] } }, 'Synced'],
  ])('%s', (_, target, live, outcome) => {
    const before = JSON.stringify([target, live])
    expect(compare(target, live)).toEqual(outcome)
    expect(JSON.stringify([target, live])).toBe(before)
  })

  const budget = (selector: JsonObject, rest: JsonObject = {}): JsonObject => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'b' }, spec: { minAvailable: 1, selector, ...rest } })

  test('the selector of a budget is always part of what is applied, as Go prints it', () => {
    expect(compare(budget({ matchLabels: {} }, { unknown: 1 }), budget({}))).toEqual(['/spec/unknown'])
    expect(compare(budget({ matchLabels: { a: 'b' }, unknown: 1 }), budget({ matchLabels: { a: 'b' } }))).toBe('Synced')
    expect(compare(budget({ matchLabels: { a: 'b' } }), budget({ matchLabels: { a: 'c' } }))).toEqual(['/spec/selector/matchLabels/a'])
  })

  test('a list that merges by a key needs it in each item, even where nothing changes', () => {
    const env = [{ name: 'A', value: '1' }]
    const ignored = (path: string): CompareOptions => ({ ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: [`/spec/template/spec/containers/0/${path}`] }] })
    expect(() => compare(deployment({ env }), deployment({ env }), ignored('env/0/name'))).toThrow('no merge key "name"')
    expect(compare(deployment({ env }), deployment({ env }), ignored('env/0/value'))).toBe('Synced')
  })

  test('amounts in other words are the same, wherever an unknown field keeps Go from reading them', () => {
    const range = (limits: JsonObject, rest: JsonObject = {}): JsonObject => ({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l' }, spec: { limits: [{ type: 'Container', max: limits }] }, ...rest })
    const live: JsonObject = { ...range({}), spec: { limits: [{ type: 'Container', max: { cpu: '1' }, default: { cpu: '1' }, defaultRequest: { cpu: '1' } }] } }
    expect(compare(range({ cpu: '1000m' }, { unknown: null }), live)).toBe('Synced')
    expect(compare(deployment({ resources: { limits: { cpu: '1500u' } } }), deployment({ resources: { limits: { cpu: '2m' } } }))).toBe('Synced')
  })

  test('no data and an unreadable time', () => {
    const secret = (fields: JsonObject, metadata: JsonObject = {}): JsonObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', ...metadata }, ...fields })
    expect(compare(secret({ stringData: {}, unknown: 1 }), secret({}))).toEqual(['/unknown'])
    const withCpu = (cpu: string) => deployment({ resources: { limits: { cpu } } })
    expect(compare(withCpu('1'), { ...withCpu('1000m'), metadata: { name: 'd', deletionTimestamp: '' } })).toEqual(['/spec/template/spec/containers/0/resources/limits/cpu'])
  })

  test('aggregated roles are the cluster\'s business where the setting says so', () => {
    const role = (rules: JsonObject[]): JsonObject => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' }, aggregationRule: {}, rules })
    expect(compare(role([]), role([{ verbs: ['get'] }]))).not.toBe('Synced')
    expect(compare(role([]), role([{ verbs: ['get'] }]), { ignoreAggregatedRoles: true })).toBe('Synced')
  })
})

describe('settings', () => {
  test('what is ignored on both sides is not seen; on one side only its parent is', () => {
    const ignore = (more: object): CompareOptions => ({ ignoreDifferences: [{ group: 'example.com', kind: 'Widget', ...more }] })
    expect(compare(widget({ a: { b: 1 }, c: 1 }), widget({ a: { b: 2 }, c: 1 }), ignore({ jsonPointers: ['/spec/a/b'] }))).toBe('Synced')
    expect(compare(widget({ a: { b: 1 } }), widget({}), ignore({ jsonPointers: ['/spec/a/b'] }))).toEqual(['/spec/a'])
    const asymmetric = ignore({ jqPathExpressions: ['.spec.m[], .spec.l[].id'] })
    const { failures } = compareStates(asymmetric).compare(widget({ m: {}, l: [{ id: 1 }] }), widget({ l: [{ id: 1 }] }))
    expect(failures).toEqual(['JQ patch returned error: cannot iterate over: null'])
  })

  test('tracking', () => {
    const tracked = (annotations: JsonObject, labels?: JsonObject): JsonObject => widget({}, { annotations, ...(labels && { labels }) })
    const id = { 'argocd.argoproj.io/tracking-id': 'app:example.com/Widget:n/w' }
    expect(compare(tracked(id), tracked({}))).toEqual(['/metadata/annotations/argocd.argoproj.io~1tracking-id'])
    expect(compare(tracked(id), tracked({}, { 'app.kubernetes.io/instance': 'app' }))).toBe('Synced')
    expect(compare(tracked(id), tracked({}, { 'app.kubernetes.io/instance': 'app' }), { trackingMethod: 'label' })).not.toBe('Synced')
    expect(compare(tracked(id), tracked({ 'argocd.argoproj.io/tracking-id': 'other' }, { 'app.kubernetes.io/instance': 'app' }))).not.toBe('Synced')
  })

  test('what only one side has', () => {
    expect(compareStates().compare(widget({}), undefined).modified).toBe(true)
    expect(compareStates().compare(undefined, widget({})).modified).toBe(false)
  })

  test('an expression that does not compile stops the comparison of everything', () => {
    expect(() => compareStates({ ignoreDifferences: [{ kind: 'X', jqPathExpressions: ['.spec['] }] })).toThrow('unexpected token ")"')
  })
})
