import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../../../../src/engine/index.ts'
import { parseManifests } from '../../../../src/manifest/index.ts'
import type { JsonObject } from '../../../../src/model/json.ts'
import { parsePolicies } from '../../../../src/policy/index.ts'

const pod = { any: [{ resources: { kinds: ['Pod'] } }] }
const pattern = { pattern: { spec: { x: 'y' } } }
const rule = (changes: JsonObject): JsonObject => ({ name: 'r', match: pod, validate: pattern, ...changes })

/** Everything that is said about a policy with one rule. */
function problemsOf(changes: JsonObject, spec: JsonObject = {}, document: JsonObject = {}) {
  const text = JSON.stringify({ apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p' }, spec: { ...spec, rules: [rule(changes)] }, ...document })
  const { policies, problems } = parsePolicies(parseManifests(text, 'p.json').resources)
  return [...problems, ...policies.flatMap((policy) => compilePolicy(policy).problems)]
}

const deny = (condition: JsonObject) => ({ validate: { deny: { conditions: { all: [condition] } } } })
const key = { entries: [{ keys: { publicKeys: 'k' } }] }
const images = (entry: JsonObject): JsonObject => ({ validate: {}, verifyImages: [{ imageReferences: ['*'], mutateDigest: false, attestors: [key], ...entry }] })
const patch = (text: string): JsonObject => ({ validate: {}, mutate: { patchesJson6902: text } })
const foreach = (entry: JsonObject) => ({ validate: { message: 'm', foreach: [{ list: 'request.object.spec.containers', ...entry }] } })

describe('a policy that Kyverno accepts', () => {
  it.each<[string, JsonObject]>([
    ['a plain pattern', {}],
    ['variables of the request', { validate: { message: '{{ request.object.metadata.name }}', ...pattern } }],
    ['a declared context entry', { context: [{ name: 'env', variable: { value: 'x' } }], validate: { message: '{{ env }}', ...pattern } }],
    ['data of a ConfigMap', { context: [{ name: 'c', configMap: { name: 'a', namespace: 'b' } }], validate: { message: '{{ c.data.x }}', ...pattern } }],
    ['element inside a foreach', foreach({ pattern: { image: '{{ element.image }}' } })],
    ['a reference to a sibling', { validate: { pattern: { spec: { a: 'x', b: '$(./../a)' } } } }],
    ['a variable as a value in a JSON patch', patch('- { op: add, path: /a, value: "{{ request.operation }}" }')],
    ['a value that is a variable without quotes', patch('- op: add\n  path: /a\n  value: {{ request.object.spec }}')],
    ['a variable in a path in a foreach', { validate: {}, mutate: { foreach: [{ list: 'request.object.spec.containers', patchesJson6902: '- { op: remove, path: "/a/{{ elementIndex }}" }' }] } }],
    ['a name beside another', { match: { any: [{ resources: { kinds: ['Pod'] } }] }, exclude: { any: [{ resources: { namespaces: ['kube-system'] } }] } }],
  ])('%s gives no problem', (_, changes) => {
    expect(problemsOf(changes)).toEqual([])
  })
})

describe('a policy that Kyverno refuses', () => {
  it.each<[string, JsonObject, string, RegExp, JsonObject?]>([
    ['a legacy match beside exclude.any', { match: { resources: { kinds: ['Pod'] } }, exclude: { any: [{ resources: { namespaces: ['x'] } }] } }, 'INVALID_POLICY', /Write match\.any/],
    ['an exclude that repeats the match', { exclude: pod }, 'INVALID_POLICY', /matches nothing/],
    ['a match without kinds', { match: { any: [{ resources: { namespaces: ['x'] } }] } }, 'INVALID_MATCH', /at least one kind/],
    ['kind * in the background', { match: { any: [{ resources: { kinds: ['*'] } }] } }, 'INVALID_MATCH', /background: false/],
    ['user information in the background', { match: { any: [{ resources: { kinds: ['Pod'] }, roles: ['a:b'] }] } }, 'INVALID_MATCH', /background/],
    ['user variables in the background', { validate: { message: '{{ serviceAccountName }}', ...pattern } }, 'INVALID_VARIABLE', /background/],
    ['an undeclared variable', { validate: { message: '{{ nowhere.x }}', ...pattern } }, 'INVALID_VARIABLE', /none of the variables/],
    ['a ConfigMap used whole', { context: [{ name: 'c', configMap: { name: 'a', namespace: 'b' } }], validate: { message: '{{ c }}', ...pattern } }, 'INVALID_VARIABLE', /c\.data/],
    ['an expression that is none', { validate: { message: '{{ request.object.[ }}', ...pattern } }, 'INVALID_VARIABLE', /./],
    ['element outside of foreach', { ...foreach({ pattern: { a: 'b' } }), preconditions: { all: [{ key: '{{ element }}', operator: 'Equals', value: 'x' }] } }, 'INVALID_VARIABLE', /outside of foreach/],
    ['a variable in match', { match: { any: [{ resources: { kinds: ['Pod'], names: ['{{ request.namespace }}'] } }] } }, 'INVALID_VARIABLE', /match and exclude/],
    ['a reference to nothing', { validate: { pattern: { spec: { b: '$(./../a)' } } } }, 'INVALID_VARIABLE', /got nil/],
    ['an unknown operator', deny({ key: 'a', operator: 'Equalz', value: 'b' }), 'UNKNOWN_OPERATOR', /did you mean "Equals"/],
    ['a condition without value', deny({ key: 'a', operator: 'Equals' }), 'INVALID_CONDITION', /value is missing/],
    ['an operation that is none', deny({ key: '{{ request.operation }}', operator: 'Equals', value: 'PATCH' }), 'INVALID_CONDITION', /CREATE, UPDATE/],
    ['two checks', { validate: { ...pattern, deny: {} } }, 'INVALID_RULE', /only one of/],
    ['a foreach without check', foreach({}), 'INVALID_RULE', /one of pattern/],
    ['an adding anchor in a pattern', { validate: { pattern: { spec: { '+(a)': 'b' } } } }, 'INVALID_PATTERN', /only mutate/],
    ['an existence anchor without list', { validate: { pattern: { spec: { '^(a)': 'b' } } } }, 'INVALID_PATTERN', /at least one entry/],
    ['a label that is no text', { validate: { pattern: { metadata: { labels: { x: null } } } } }, 'INVALID_PATTERN', /double quotes/],
    ['a reserved context name', { context: [{ name: 'request', variable: { value: 'x' } }] }, 'INVALID_CONTEXT', /always there/],
    ['a bad expression in a context entry', { context: [{ name: 'a', variable: { jmesPath: 'a.[' } }] }, 'INVALID_EXPRESSION', /no JMESPath/],
    ['an exclusion of containers without images', { validate: { podSecurity: { level: 'restricted', exclude: [{ controlName: 'Capabilities' }] } } }, 'INVALID_EXCLUDE', /images/],
    ['generated data without namespace', { validate: {}, generate: { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', data: {} , synchronize: true } }, 'INVALID_RULE', /exactly one of data/],
    ['digests mutated where failures are audited', images({ mutateDigest: true }), 'INVALID_RULE', /mutateDigest must be false/],
    ['images without references', images({ imageReferences: [] }), 'INVALID_RULE', /image reference is needed/],
    ['more attestors than there are', images({ attestors: [{ count: 2, ...key }] }), 'INVALID_RULE', /count/],
    ['attestors of nobody', images({ attestors: [{ entries: [] }] }), 'INVALID_RULE', /at least one entry/],
    ['two ways in one attestor', images({ attestors: [{ entries: [{ keys: { publicKeys: 'k' }, certificates: { cert: 'c' } }] }] }), 'INVALID_RULE', /exactly one of keys/],
    ['keys that are none', images({ attestors: [{ entries: [{ keys: {} }] }] }), 'INVALID_RULE', /public key/],
    ['an algorithm that is none', images({ attestors: [{ entries: [{ keys: { publicKeys: 'k', signatureAlgorithm: 'md5' } }] }] }), 'INVALID_RULE', /signatureAlgorithm/],
    ['certificates that are none', images({ attestors: [{ entries: [{ certificates: {} }] }] }), 'INVALID_RULE', /cert or certChain/],
    ['keyless without rekor and roots', images({ attestations: [{ type: 't', attestors: [{ entries: [{ keyless: { issuer: 'i' } }] }] }] }), 'INVALID_RULE', /rekor or roots/],
    ['rekor without a URL', images({ attestors: [{ entries: [{ keyless: { issuer: 'i', rekor: {} } }] }] }), 'INVALID_RULE', /needs a URL/],
    ['keys for Notary', images({ type: 'Notary' }), 'INVALID_RULE', /Notary/],
    ['an extractor with an expression', { ...images({ failureAction: 'Enforce', mutateDigest: true }), imageExtractors: { Foo: [{ path: '/x', jmesPath: '@' }] } }, 'INVALID_RULE', /jmesPath/],
    ['an anchor in generated data', { validate: {}, generate: { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', namespace: 'y', data: { '(a)': 'b' } } }, 'INVALID_RULE', /anchor/],
    ['all controllers written out', {}, 'INVALID_POLICY', /"all" is not allowed/, { metadata: { name: 'p', annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'all' } } }],
    ['a cluster policy in a namespace', {}, 'INVALID_POLICY', /belongs to no namespace/, { metadata: { name: 'p', namespace: 'n' } }],
    ['namespaces in a namespaced policy', { match: { any: [{ resources: { kinds: ['Pod'], namespaces: ['a'] } }] } }, 'INVALID_MATCH', /ClusterPolicy/, { kind: 'Policy', metadata: { name: 'p', namespace: 'n' } }],
    ['an operation that is none', patch('- { op: put, path: /a, value: 1 }'), 'INVALID_PATCH', /unsupported operation/],
    ['an operation without its value', patch('- { op: add, path: /a }'), 'INVALID_PATCH', /missing value field/],
    ['a test without a value', patch('- { op: test, path: /a }'), 'INVALID_PATCH', /a test needs a value/],
    ['a path without a slash', patch('- { op: remove, path: a/b }'), 'INVALID_PATCH', /begins with a slash/],
    ['a variable in a path', patch('- { op: remove, path: "/a/{{ request.operation }}" }'), 'INVALID_PATCH', /cannot stand in the path/],
    ['a patch that is no list', patch('op: remove'), 'INVALID_PATCH', /json: cannot unmarshal object/],
    ['a patch that is no YAML', patch('- op: ['), 'INVALID_PATCH', /cannot be read/],
    ['a patch that is empty', patch(''), 'INVALID_RULE', /exactly one of foreach/],
    ['a name that no API server takes', {}, 'INVALID_VALUE', /metadata\.name "My_Policy": a lowercase RFC 1123 subdomain/, { metadata: { name: 'My_Policy' } }],
    ['a name that fits in no label', {}, 'INVALID_POLICY', /longer than 63 characters/, { metadata: { name: 'p'.repeat(64) } }],
  ])('%s: says why', (_, changes, code, message, document = {}) => {
    expect(problemsOf(changes, {}, document)).toContainEqual(expect.objectContaining({ code, severity: 'error', message: expect.stringMatching(message) as string }))
  })

  it('lets kinds that belong to no namespace be generated without one', () => {
    expect(problemsOf({ validate: {}, generate: { apiVersion: 'v1', kind: 'Namespace', name: 'x', data: { a: 'b' } } }).filter(({ code }) => code === 'INVALID_RULE')).toEqual([])
  })

  it.each<[string, JsonObject, string]>([
    ['deny without conditions', { validate: { deny: {} } }, 'ALWAYS_DENIES'],
    ['an empty any', { validate: { deny: { conditions: { any: [] } } } }, 'NEVER_DENIES'],
    ['legacy user fields beside any', { match: { ...pod, roles: ['a:b'] } }, 'IGNORED_FIELD'],
  ])('warns of %s', (_, changes, code) => {
    expect(problemsOf(changes, { background: false })).toContainEqual(expect.objectContaining({ code, severity: 'warning' }))
  })
})

it('policies in CEL have names that an API server takes; how long they are is for Kyverno to say', () => {
  const spec = { matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }] }, validations: [{ expression: 'true' }] }
  const codesOf = (name: string) => parsePolicies(parseManifests(JSON.stringify({ apiVersion: 'policies.kyverno.io/v1', kind: 'ValidatingPolicy', metadata: { name }, spec }), 'p.json').resources)
    .problems.map(({ code }) => code)
  expect(codesOf('-p')).toEqual(['INVALID_VALUE'])
  expect(codesOf('p'.repeat(64))).toEqual([])
})

it('warns of a policy without rules', () => {
  const { problems } = parsePolicies(parseManifests(JSON.stringify({ apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p' }, spec: { rules: [] } }), 'p.json').resources)
  expect(problems).toMatchObject([{ code: 'NO_RULES', severity: 'warning' }])
})
