import { expect, test } from 'vitest'
import { parseManifests } from '../../../src/manifest/index.ts'
import { findWorldNeed, type WorldNeed } from '../../../src/pipeline/world-needs.ts'
import { parsePolicies } from '../../../src/policy/index.ts'

const rule = (body: string, match = '') => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: p, annotations: {policies.kyverno.io/description: looks at resource and namespaceSelector}}
spec:
  rules:
  - name: r
    match: {any: [{resources: {kinds: [Pod]${match}}}]}
    ${body}
`
const deny = 'validate: {message: "the resource has params", deny: {conditions: {all: [{key: a, operator: Equals, value: b}]}}}'
const cel = (expression: string, more = '') => `apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: {name: p}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]${more}}
  validations: [{expression: "${expression}", message: "no such resource"}]
`

test.each<[string, string, WorldNeed]>([
  ['a pattern', rule('validate: {message: m, pattern: {spec: {volumes: [{configMap: {name: x}}]}}}'), 'nothing'],
  ['conditions', rule(deny), 'nothing'],
  ['a variable', rule(`context: [{name: v, variable: {jmesPath: request.object}}]\n    ${deny}`), 'nothing'],
  ['a ConfigMap', rule(`context: [{name: v, configMap: {name: a, namespace: b}}]\n    ${deny}`), 'objects'],
  ['an API call', rule(`context: [{name: v, apiCall: {urlPath: /api/v1/pods}}]\n    ${deny}`), 'objects'],
  ['a global entry', rule(`context: [{name: v, globalReference: {name: g}}]\n    ${deny}`), 'objects'],
  ['a ConfigMap of an element', rule('validate: {message: m, foreach: [{list: request.object.spec.containers, context: [{name: v, configMap: {name: a, namespace: b}}], pattern: {image: x}}]}'), 'objects'],
  ['a selector of Namespaces', rule(deny, ', namespaceSelector: {matchLabels: {a: b}}'), 'namespaces'],
  ['a rule that clones', rule('generate: {apiVersion: v1, kind: Secret, name: a, namespace: b, clone: {name: a, namespace: c}}'), 'objects'],
  ['CEL in a rule', rule('validate: {message: m, cel: {expressions: [{expression: "object.spec.resources == 1"}]}}'), 'nothing'],
  ['a Namespace in CEL of a rule', rule('validate: {message: m, cel: {expressions: [{expression: "namespaceObject.metadata.name == \'a\'"}]}}'), 'namespaces'],
  ['parameters of a rule', rule('validate: {message: m, cel: {paramKind: {apiVersion: v1, kind: ConfigMap}, expressions: [{expression: "true"}]}}'), 'objects'],
  ['a policy in CEL', cel('object.spec.resources.size() > 0'), 'nothing'],
  ['a policy in CEL that looks up', cel("resource.Get('v1', 'configmaps', 'a', 'b').data.x == 'y'"), 'objects'],
  ['a policy in CEL that asks a service', cel("http.Get('http://x').a == 'y'"), 'objects'],
  ['a policy in CEL that selects', cel('true', ', namespaceSelector: {matchLabels: {a: b}}'), 'namespaces'],
  ['an exception', `${rule(deny)}---\napiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {name: e}\nspec: {exceptions: [{policyName: p, ruleNames: [r]}], match: {any: [{resources: {kinds: [Pod], namespaceSelector: {matchLabels: {a: b}}}}]}}\n`, 'namespaces'],
])('%s', (_, text, need) => {
  const set = parsePolicies(parseManifests(text, 'p.yaml').resources)
  expect(set.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(findWorldNeed(set)).toBe(need)
})
