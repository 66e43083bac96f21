import { describe, expect, test } from 'vitest'
import { Comparer } from '../../../../src/ignore-differences/argocd/comparer.ts'
import { reformat } from '../../../../src/ignore-differences/argocd/normalize-object.ts'
import { changeValue, isPrintedAsChanged, valueAt, type ValueChange } from '../../../../src/ignore-differences/argocd/value-change.ts'
import { compileIgnoreDifferences } from '../../../../src/ignore-differences/index.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../../src/model/json.ts'
import type { FieldPath } from '../../../../src/model/source.ts'

const pod: JsonObject = {
  serviceAccountName: '', nodeSelector: { disk: 'ssd' }, schedulerName: 'default-scheduler', hostNetwork: false,
  containers: [
    {
      name: 'a', image: 'x:1', command: ['run', ''], resources: { limits: { memory: '1024Mi', cpu: 1 } }, ports: [{ containerPort: 80, name: 'http' }], env: [{ name: 'A', value: 'b' }, { name: 'B', value: '' }],
      readinessProbe: { httpGet: { port: 'http', path: '/' } }, securityContext: { privileged: true, seccompProfile: { type: 'RuntimeDefault' } },
    },
    { name: 'b', image: null, args: null },
  ],
  volumes: [{ name: 'v', configMap: { name: 'c', items: [{ key: 'k', path: 'p' }] } }, { name: 'e', emptyDir: { sizeLimit: '1024Mi' } }],
}
const metadata: JsonObject = { name: 'o', namespace: 'n', labels: { app: 'o' }, creationTimestamp: null }
const objects: readonly JsonObject[] = [
  { apiVersion: 'v1', kind: 'Pod', metadata, spec: pod },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'o', labels: { app: 'o' } }, spec: { selector: { matchLabels: { app: 'o' } }, strategy: { type: 'Recreate' }, template: { metadata: { labels: { app: 'o' } }, spec: pod } } },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { unknown: 'field', paused: 'no boolean', strategy: { type: 'Recreate' } } },
  { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { a: 'YQ' }, stringData: { b: 'c' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'o' }, data: { a: 'b', c: '' } },
  { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets: [{ addresses: [{ ip: '2.2.2.2', hostname: 'b' }, { ip: '1.1.1.1', hostname: 'a' }] }] },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'o' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
  { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: { spec: pod } }, status: { startTime: '2024-01-01T00:00:00+01:00' } },
  { apiVersion: 'example.com/v1', kind: 'Custom', metadata, spec: { text: 'a' } },
]

function* textsOf(value: JsonValue, path: FieldPath = []): Iterable<FieldPath> {
  if (typeof value === 'string') yield path
  else if (isJsonArray(value)) for (const [index, item] of value.entries()) yield* textsOf(item, [...path, index])
  else if (isJsonObject(value)) for (const key of Object.keys(value)) yield* textsOf(value[key] as JsonValue, [...path, key])
}

describe.each(objects)('a changed text of $kind $apiVersion', (object) => {
  const changes = [...textsOf(object)].map((path): ValueChange => ({ path, value: `${String(valueAt(object, path))}-canary` }))

  test('is printed as it is where that is plain', () => {
    for (const change of changes.filter((each) => isPrintedAsChanged(object, each) && valueAt(reformat(object), each.path) === valueAt(object, each.path))) {
      expect(reformat(changeValue(object, change))).toEqual(changeValue(reformat(object), change))
    }
  })

  test('is seen as that of another object is', () => {
    const ignore = compileIgnoreDifferences([{ group: '*', kind: '*', jqPathExpressions: ['.spec.containers[] | select(.name == "a") | .image'] }])
    const comparer = new Comparer({})
    for (const change of changes.filter(({ path }) => path.length > 1)) {
      expect(comparer.differsWith(change, { target: object, live: object }, ignore)).toBe(new Comparer({}).differs({ target: object, live: changeValue(object, change) }, ignore))
    }
  })
})

test('most texts are plain, and none with a meaning of its own', () => {
  const [object = {}] = objects
  const plain = (...path: FieldPath): boolean => isPrintedAsChanged(object, { path, value: 'x' })
  expect([plain('spec', 'containers', 0, 'image'), plain('spec', 'nodeSelector', 'disk'), plain('spec', 'containers', 0, 'command', 0)]).toEqual([true, true, true])
  expect([
    plain('kind'), plain('metadata', 'labels', 'app'), plain('spec', 'containers', 0, 'resources', 'limits', 'memory'), plain('spec', 'containers', 0, 'readinessProbe', 'httpGet', 'port'), plain('spec', 'serviceAccountName'),
    plain('spec', 'volumes', 1, 'emptyDir', 'sizeLimit'), plain('spec', 'containers', 0, 'ports', 0, 'containerPort'),
  ]).toEqual(Array.from({ length: 7 }, () => false))
})
