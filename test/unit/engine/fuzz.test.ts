import fc from 'fast-check'
import { describe, it } from 'vitest'
import { compileExceptions, compilePolicy, evaluatePolicies, type Environment } from '../../../src/engine/index.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/model/json.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import { makeResource, pod } from '../../support/evaluate-rule.ts'
import { pathsOf, replaceAt } from '../../support/replace-at.ts'

const match = { any: [{ resources: { kinds: ['Pod'], selector: { matchLabels: { app: 'w*' } } } }] }
const policy: JsonObject = {
  apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p', annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'Job' } },
  spec: {
    background: false,
    rules: [
      { name: 'pattern', match, exclude: { any: [{ resources: { namespaces: ['x?'] } }] }, validate: { message: '{{ request.operation }}', pattern: { metadata: { '=(labels)': { '(a*)': '?*' } }, spec: { containers: [{ '=(ports)': [{ containerPort: '1-90' }] }] } } } },
      { name: 'any', match, validate: { anyPattern: [{ spec: { 'X(hostNetwork)': 'null' } }, { spec: { '^(containers)': [{ image: '*:1.*|!x' }] } }] } },
      { name: 'deny', match, context: [{ name: 'v', variable: { jmesPath: 'request.object.spec.containers[].image', default: ['d'] } }], preconditions: { any: [{ key: '{{ request.object.metadata.name }}', operator: 'AnyIn', value: ['w*', 1] }] },
        validate: { message: 'm {{ v }}', deny: { conditions: { all: [{ key: '{{ length(v) }}', operator: 'GreaterThan', value: 1, message: 'x' }] } } } },
      { name: 'foreach', match, validate: { message: 'm', foreach: [{ list: 'request.object.spec.containers', preconditions: { all: [{ key: '{{ element.name }}', operator: 'NotEquals', value: '' }] }, pattern: { image: '!*:latest' } }] } },
      { name: 'pss', match, validate: { podSecurity: { level: 'restricted', version: 'latest', exclude: [{ controlName: 'Capabilities', images: ['*'] }] } } },
    ],
  },
}
const environment: Environment = {
  semantics: 'cluster', exceptions: compileExceptions([]),
  lookups: { now: 0, random: () => 0, get: () => { throw new EvaluationError('LOOKUP_UNAVAILABLE', 'nobody') } },
}

const nasty = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  fc.constantFrom<JsonValue>('{{', '{{ }}', '{{ @ }}', '{{ request.object }}', '{{ {{ x }} }}', '$(', '$(./../../../x)', '\\{{ x }}', '{{ request.object.spec.containers[*].{a: name} }}', '*', '?', '', '>=', '<', '|', '&', '1-2', '!-', '(', '(x)', '^(x)',
    '+(x)', '__proto__', 'constructor', 'v1/*/x/y', 'Pod/', '.', '1e400', '9223372036854775808', 1e308, -0, 2 ** 60),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const mutation = (document: JsonObject) => fc.tuple(fc.constantFrom(...pathsOf(document).slice(1)), nasty)

describe('no input crashes the engine', () => {
  it('a policy with anything anywhere', () => {
    fc.assert(fc.property(fc.array(mutation(policy), { minLength: 1, maxLength: 3 }), (mutations) => {
      const document = mutations.reduce<JsonValue>((result, [path, put]) => replaceAt(result, path, put), policy)
      if (!isJsonObject(document)) return
      evaluateAll(document, pod.object)
    }), { numRuns: 600 })
  })

  it('a resource with anything anywhere', () => {
    fc.assert(fc.property(fc.array(mutation(pod.object), { minLength: 1, maxLength: 3 }), (mutations) => {
      const object = mutations.reduce<JsonValue>((result, [path, put]) => replaceAt(result, path, put), pod.object)
      if (isJsonObject(object)) evaluateAll(policy, { ...object, apiVersion: 'v1', kind: 'Pod' })
    }), { numRuns: 300 })
  })
})

function evaluateAll(document: JsonObject, object: JsonObject): void {
  const { policies, exceptions } = parsePolicies([{ object: document, locate: () => undefined }])
  const compiled = policies.map((policy) => compilePolicy(policy))
  for (const operation of ['CREATE', 'DELETE'] as const) {
    evaluatePolicies(compiled, { resource: makeResource(object), operation, namespaceLabels: {} }, { ...environment, exceptions: compileExceptions(exceptions) })
  }
}
