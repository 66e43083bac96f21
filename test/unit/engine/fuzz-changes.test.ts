import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExceptions, compilePolicy, evaluatePolicies, type Environment } from '../../../src/engine/index.ts'
import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import type { LookupRequest } from '../../../src/model/lookups.ts'
import { applyJsonPatch } from '../../../src/patch/json-patch.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import { toResource } from '../../support/evaluation.ts'
import { jsonValue, text } from '../../support/json-arbitrary.ts'
import { pathsOf, replaceAt } from '../../support/replace-at.ts'

const match = { any: [{ resources: { kinds: ['Pod'] } }] }
const attestors = [{ count: 1, entries: [{ keys: { publicKeys: 'k' } }, { attestor: { entries: [{ keyless: { issuer: 'i' } }] } }] }]
const policy: JsonObject = {
  apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p', annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'none' } },
  spec: {
    background: false,
    rules: [
      { name: 'merge', match, mutate: { patchStrategicMerge: { metadata: { labels: { '+(a)': 'b', c: '{{ request.operation }}' } }, spec: { containers: [{ '(image)': '*', '<(name)': 'a', imagePullPolicy: 'Always' }] } } } },
      { name: 'patch', match, mutate: { patchesJson6902: '- {op: add, path: /metadata/annotations/x, value: "{{ request.object.metadata.name }}"}' } },
      { name: 'each', match, mutate: { foreach: [{ list: 'request.object.spec.containers', order: 'Descending', patchStrategicMerge: { spec: { containers: [{ '(name)': '{{ element.name }}', env: [{ name: 'I', value: '{{ elementIndex }}' }] }] } } }] } },
      { name: 'others', match, mutate: { targets: [{ apiVersion: 'v1', kind: 'Pod', namespace: 'n*', name: '{{ request.object.metadata.name }}' }], patchStrategicMerge: { metadata: { labels: { of: '{{ target.metadata.name }}' } } } } },
      { name: 'data', match, generate: { apiVersion: 'v1', kind: 'ConfigMap', name: 'c', namespace: 'n', data: { data: { a: '{{ request.object.metadata.name }}' } } } },
      { name: 'clones', match, generate: { namespace: 'm', cloneList: { namespace: 'n', kinds: ['v1/Secret'], selector: { matchLabels: { a: 'b' } } } } },
      { name: 'images', match, verifyImages: [{ imageReferences: ['*'], attestors, attestations: [{ type: 't', conditions: [{ all: [{ key: '{{ a }}', operator: 'Equals', value: 'b' }] }] }] }] },
    ],
  },
}
const pod: JsonObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n', labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'x/y:1' }, { name: 'b', image: 'z' }] } }

function environmentWith(answer: JsonValue, semantics: Environment['semantics']): Environment {
  const get = ({ kind }: LookupRequest): JsonValue | undefined => (kind === 'globalContext' ? undefined : answer)
  return { semantics, exceptions: compileExceptions([]), lookups: { now: 0, random: () => 0, get }, targets: [toResource(pod)], cloneSources: () => [toResource(pod)] }
}

const plain = fc.oneof(fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>, text, fc.constantFrom<JsonValue>('{{ request.object }}', '{{ element }}', '[{"op":"add","path":"","value":1}]', '- {op: move, from: /spec, path: /spec/x}', '+(a)', '$patch', {}))
const changesIn = (document: JsonObject) => fc.array(fc.tuple(fc.constantFrom(...pathsOf(document).slice(1)), plain), { maxLength: 3 })
const answers = fc.oneof(jsonValue, fc.constantFrom<JsonValue>({ verified: true, statements: [{ type: 't', predicate: { a: 'b' } }] }, { verified: true, digest: 1, statements: [1, { type: 't' }] }, { items: [{}, pod, 1] }, { resolvedImage: 'x' }))

describe('no input crashes rules that change something', () => {
  it('whatever policy, resource and cluster hold; and changes lead to what comes out', () => {
    fc.assert(fc.property(changesIn(policy), changesIn(pod), answers, fc.constantFrom('cli', 'cluster'), (policyChanges, podChanges, answer, semantics) => {
      const document = policyChanges.reduce<JsonValue>((result, [path, put]) => replaceAt(result, path, put), policy) as JsonObject
      const object = podChanges.reduce<JsonValue>((result, [path, put]) => replaceAt(result, path, put), pod) as JsonObject
      const { policies } = parsePolicies([toResource(document)])
      const environment = environmentWith(answer, semantics as Environment['semantics'])
      const { results } = evaluatePolicies(policies.map((item) => compilePolicy(item)), { resource: toResource(object), operation: 'CREATE', namespaceLabels: {} }, environment)
      for (const result of results) {
        if (result.status !== 'pass' || result.changes === undefined) continue
        expect(() => applyJsonPatch(result.resource.object, result.changes as unknown as JsonValue)).not.toThrow()
      }
    }), { numRuns: 400 })
  })
})
