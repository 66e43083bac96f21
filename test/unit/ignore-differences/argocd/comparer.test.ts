import { describe, expect, test } from 'vitest'
import { Comparer } from '../../../../src/ignore-differences/argocd/comparer.ts'
import { compileIgnoreDifferences, type IgnoreDifference } from '../../../../src/ignore-differences/index.ts'
import type { JsonObject } from '../../../../src/model/json.ts'

const pod = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n', ...metadata }, spec: { containers: [{ name: 'a', image: 'x:1' }], ...spec } })
const service = (spec: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec })
const namespace = (label: string): JsonObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n', labels: { 'kubernetes.io/metadata.name': label } } })
const containers = (...list: JsonObject[]): JsonObject => pod({ containers: list })
const affinity = (timeoutSeconds: number): JsonObject => service({ sessionAffinity: 'None', sessionAffinityConfig: { clientIP: { timeoutSeconds } } })

describe('whether states differ is what comparing them says', () => {
  test.each<[name: string, target: JsonObject, live: JsonObject, differs: boolean]>([
    ['another image', pod({}), containers({ name: 'a', image: 'y:1' }), true],
    ['another name of a container', pod({}), containers({ name: 'b', image: 'x:1' }), true],
    ['an injected container', pod({}), containers({ name: 'a', image: 'x:1' }, { name: 'b', image: 'x:1' }), false],
    ['another order', containers({ name: 'a', image: 'x:1' }, { name: 'b', image: 'x:1' }), containers({ name: 'b', image: 'x:1' }, { name: 'a', image: 'x:1' }), true],
    ['a key twice', containers({ name: 'a', image: 'x:1' }, { name: 'a', image: 'x:2' }), containers({ name: 'a', image: 'x:1' }, { name: 'a', image: 'x:2' }), false],
    ['another namespace, which is not compared', pod({}, { namespace: 'm' }), pod({}), false],
    ['an explicit default', pod({ restartPolicy: 'Always', hostNetwork: false }), pod({}), false],
    ['other amounts of the same size', containers({ name: 'a', resources: { limits: { cpu: '1000m' } } }), containers({ name: 'a', resources: { limits: { cpu: '1' } } }), false],
    ['amounts that are rounded alike', containers({ name: 'a', resources: { limits: { cpu: '1500u' } } }), containers({ name: 'a', resources: { limits: { cpu: '2m' } } }), false],
    ['other amounts where Go cannot read one side', containers({ name: 'a', x: 1, resources: { limits: { cpu: '1000m' } } }), containers({ name: 'a', x: 1, resources: { limits: { cpu: '1' } } }), true],
    ['a list that is replaced', pod({ tolerations: [{ key: 'a' }] }), pod({ tolerations: [{ key: 'b' }] }), true],
    ['periods that defaults make the same', pod({ terminationGracePeriodSeconds: -1 }), pod({ terminationGracePeriodSeconds: -2 }), false],
    ['a configuration that defaults take away', affinity(5), affinity(6), false],
    ['a label that defaults set', namespace('a'), namespace('b'), false],
  ])('%s', (_, target, live, differs) => {
    const [comparer, ignore] = [new Comparer({}), compileIgnoreDifferences([])]
    expect([comparer.differs({ target, live }, ignore), comparer.compare({ target, live }, ignore).modified]).toEqual([differs, differs])
  })
})

test('one object is compared with other entries each time, as if it were the first time', () => {
  const [target, live] = [pod({ priority: 1, hostname: 'a' }, { labels: { a: '1' } }), pod({ priority: 2, hostname: 'b' }, { labels: { a: '2' } })]
  const comparer = new Comparer({})
  const entry = (...jqPathExpressions: string[]): IgnoreDifference => ({ kind: 'Pod', jqPathExpressions })
  const paths = (...entries: IgnoreDifference[]): readonly string[] => comparer.compare({ target, live }, compileIgnoreDifferences(entries)).differences.map((path) => path.join('.'))
  const all = ['.metadata.labels', '.spec.hostname', '.spec.priority']
  expect(paths()).toEqual(['metadata.labels.a', 'spec.hostname', 'spec.priority'])
  expect(paths(entry(...all))).toEqual([])
  expect(all.map((left) => paths(entry(...all.filter((path) => path !== left))))).toEqual([['metadata.labels.a'], ['spec.hostname'], ['spec.priority']])
  expect(paths(entry(...all.toReversed()))).toEqual([])
  expect(comparer.compare({ target, live }, compileIgnoreDifferences([entry('error("no")', '.spec')])).failures).toEqual(Array.from({ length: 2 }, () => 'JQ patch returned error: error: no'))
})

describe('what was compared before is not compared again, and only that', () => {
  const [target, live] = [pod({ priority: 1 }), pod({ priority: 2 })]
  const compared = (before: JsonObject, after: JsonObject, entry: IgnoreDifference): Comparer => {
    const comparer = new Comparer({})
    comparer.compare({ target: before, live: after }, compileIgnoreDifferences([entry]))
    return comparer
  }
  test.each<[name: string, entry: IgnoreDifference, differs: boolean]>([
    ['the same, said of one resource', { kind: 'Pod', name: 'p', jsonPointers: ['/spec/priority'] }, false],
    ['the same, said of another resource', { kind: 'Pod', name: 'q', jsonPointers: ['/spec/priority'] }, true],
    ['another path', { kind: 'Pod', jsonPointers: ['/spec/hostname'] }, true],
    ['the same without a manager', { kind: 'Pod', jsonPointers: ['/spec/priority'], managedFieldsManagers: ['m'] }, false],
  ])('%s', (_, entry, differs) => {
    expect(compared(target, live, { kind: 'Pod', jsonPointers: ['/spec/priority'] }).differs({ target, live }, compileIgnoreDifferences([entry]))).toBe(differs)
  })

  test('an object that was applied last has entries of its own', () => {
    const before = { ...pod({ priority: 1 }), metadata: { name: 'q' } }
    const applied = pod({}, { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(before) } })
    const [all, one] = [{ kind: 'Pod', jsonPointers: ['/spec/priority'] }, { kind: 'Pod', name: 'p', jsonPointers: ['/spec/priority'] }]
    const differs = (comparer: Comparer, entry: IgnoreDifference): boolean => comparer.differs({ target, live: applied }, compileIgnoreDifferences([entry]))
    for (const entry of [all, one]) expect(differs(compared(target, applied, all), entry)).toBe(differs(new Comparer({}), entry))
  })
})
