import { describe, expect, test } from 'vitest'
import { evaluateCel, type EvaluateCelOptions } from '../../../support/evaluate-cel.ts'

const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { replicas: 3, containers: [{ name: web, image: registry/web }] }
`

function policy(spec: string, kind = 'ValidatingPolicy'): string {
  return `
apiVersion: policies.kyverno.io/v1
kind: ${kind}
metadata: { name: rule, namespace: shop }
spec:
  matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }] }
${spec.replace(/^/gm, '  ')}
`
}

const row = ({ results }: ReturnType<typeof evaluateCel>) => results.map(({ rule, status, message }) => [rule, status, message])

interface Case { readonly spec: string; readonly expected: readonly (readonly string[])[]; readonly options?: EvaluateCelOptions; readonly resource?: string }

const cases: Readonly<Record<string, Case>> = {
  'all hold': { spec: 'validations: [{ expression: "object.metadata.name == \'web\'" }]', expected: [['', 'pass', 'success']] },
  'the message of the one that fails': {
    spec: 'validations: [{ expression: "true" }, { expression: "object.metadata.name == \'api\'", message: must be api }]', expected: [['', 'fail', 'must be api']],
  },
  'a message expression replaces the message': {
    spec: 'validations: [{ expression: "false", message: never, messageExpression: "object.metadata.name + \' is wrong\'" }]', expected: [['', 'fail', 'web is wrong']],
  },
  'a message expression that fails says so': {
    spec: 'validations: [{ expression: "false", message: never, messageExpression: "string(object.spec.nothing)" }]',
    expected: [['', 'fail', 'failed to evaluate message expression: no such key: nothing']],
  },
  'no message at all': { spec: 'validations: [{ expression: "false" }]', expected: [['', 'fail', 'CEL expression validation failed at index 0']] },
  'a condition that is false skips': {
    spec: 'matchConditions: [{ name: a, expression: "object.metadata.name == \'api\'" }]\nvalidations: [{ expression: "false" }]', expected: [['', 'skip', 'skip']],
  },
  'a condition that is false outweighs one that fails': {
    spec: 'matchConditions: [{ name: a, expression: "object.nothing == 1" }, { name: b, expression: "false" }]\nvalidations: [{ expression: "false" }]',
    expected: [['', 'skip', 'skip']],
  },
  'a condition that fails, under failurePolicy Fail': {
    spec: 'matchConditions: [{ name: a, expression: "object.nothing == 1" }]\nvalidations: [{ expression: "true" }]',
    expected: [['evaluation', 'error', 'failed to load context: no such key: nothing']],
  },
  'a condition that fails, under failurePolicy Ignore': {
    spec: 'failurePolicy: Ignore\nmatchConditions: [{ name: a, expression: "object.nothing == 1" }]\nvalidations: [{ expression: "true" }]', expected: [['', 'skip', 'skip']],
  },
  'a validation that fails to evaluate': {
    spec: 'validations: [{ expression: "object.spec.nothing == 1" }]', expected: [['', 'error', 'error: no such key: nothing']],
  },
  'the same before 1.19': {
    spec: 'validations: [{ expression: "object.spec.nothing == 1" }]', options: { kyvernoVersion: '1.18' },
    expected: [['evaluation', 'error', 'failed to load context: no such key: nothing']],
  },
  'variables are evaluated when they are used': {
    spec: `variables: [{ name: broken, expression: object.nothing.at.all }, { name: names, expression: "object.spec.containers.map(c, c.name)" }]
validations: [{ expression: "variables.names == ['web']" }]`,
    expected: [['', 'pass', 'success']],
  },
  'a variable that fails fails its users': {
    spec: 'variables: [{ name: broken, expression: object.nothing }]\nvalidations: [{ expression: "variables.broken == 1" }]',
    expected: [['', 'error', 'error: no such key: nothing']],
  },
  'whole numbers are ints in a cluster': { spec: 'validations: [{ expression: "object.spec.replicas + 1 == 4" }]', expected: [['', 'pass', 'success']] },
  'and doubles for the command line': {
    spec: 'validations: [{ expression: "object.spec.replicas + 1 == 4" }]', options: { semantics: 'cli' }, expected: [['', 'error', 'error: no such overload']],
  },
  'nothing is matched without constraints': {
    spec: 'matchConstraints: null\nvalidations: [{ expression: "false" }]'.replace('matchConstraints: null\n', ''), resource: pod.replace('v1', 'v2'), expected: [],
  },
  'the old object is an empty map': {
    spec: 'validations: [{ expression: "size(oldObject) == 0 && !has(oldObject.metadata) && request.operation == \'CREATE\' && request.namespace == \'shop\'" }]',
    expected: [['', 'pass', 'success']],
  },
  'what the registry knows is looked up': {
    spec: 'validations: [{ expression: "image.getMetadata(\'a\').config.user == \'1\'" }]', expected: [['', 'pass', 'success']],
    options: { answer: (request) => (request.kind === 'imageData' ? { config: { user: '1' } } : undefined) },
  },
  'a look-up that nobody answers': {
    spec: 'validations: [{ expression: "resource.get(\'v1\', \'configmaps\', \'a\', \'b\').data.x == \'1\'" }]',
    expected: [['', 'error', 'error: resource is not known here']],
  },
  'too costly an expression': {
    spec: `validations: [{ expression: "${'lists.range(200).all(a, '.repeat(3)}true)))" }]`.replace('all(a, lists.range(200).all(a, lists.range(200).all(a,', 'all(a, lists.range(200).all(b, lists.range(200).all(c,'),
    expected: [['', 'error', 'error: operation cancelled: actual cost limit exceeded']],
  },
}

describe('a ValidatingPolicy', () => {
  test.each(Object.entries(cases))('%s', (_, { spec, expected, options, resource = pod }) => {
    expect(row(evaluateCel(policy(spec), resource, options))).toEqual(expected)
  })

  test('says what a failure means and where to look', () => {
    const spec = `validationActions: [Audit]
auditAnnotations: [{ key: kind, valueExpression: string(object.kind) }, { key: empty, valueExpression: "''" }]
variables: [{ name: labels, expression: 'object.metadata.?labels' }]
validations: [{ expression: "variables.labels.team.hasValue()" }]`
    const { results: [result], problems } = evaluateCel(policy(spec), pod)
    expect(problems).toEqual([])
    expect(result).toMatchObject({
      status: 'fail', failureAction: 'Audit', properties: { kind: 'Pod', 'cel.validationIndex': '0' }, violations: [{ path: ['metadata', 'labels'] }],
      ruleLocation: { file: 'policies.yaml', line: 10 },
    })
  })

  test('is carried over to Pod controllers', () => {
    const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { hostNetwork: true } } }
`
    const spec = 'validations: [{ expression: "!has(object.spec.hostNetwork) && object.metadata.namespace == \'shop\'", message: object.spec.hostNetwork is bad }]'
    expect(row(evaluateCel(policy(spec), deployment))).toEqual([['', 'fail', 'object.spec.template.spec.hostNetwork is bad']])
    expect(row(evaluateCel(policy(`autogen: { podControllers: { controllers: [] } }\n${spec}`), deployment))).toEqual([])
  })

  test('of a namespace is about its resources only, except for the command line', () => {
    const spec = 'validations: [{ expression: "false" }]'
    const elsewhere = pod.replace('namespace: shop', 'namespace: bank')
    expect(row(evaluateCel(policy(spec, 'NamespacedValidatingPolicy'), elsewhere))).toEqual([])
    expect(row(evaluateCel(policy(spec, 'NamespacedValidatingPolicy'), elsewhere, { semantics: 'cli' }))).toHaveLength(1)
    expect(row(evaluateCel(policy(spec, 'NamespacedValidatingPolicy'), pod))).toHaveLength(1)
  })

  test('about JSON looks at whatever document there is, but not at admission', () => {
    const spec = 'evaluation: { mode: JSON }\nvalidations: [{ expression: "object.kind == \'Secret\'" }]'
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n'
    expect(row(evaluateCel(policy(spec), secret, { semantics: 'cli' }))).toEqual([['', 'pass', 'success'], ['', 'pass', 'success'], ['', 'pass', 'success']])
    expect(row(evaluateCel(policy(spec), secret))).toEqual([])
  })
})

describe('exceptions', () => {
  const exception = (spec: string, name = 'allow'): string => `---
apiVersion: policies.kyverno.io/v1
kind: PolicyException
metadata: { name: ${name}, namespace: shop, labels: { polex.kyverno.io/priority: '${name.length}' } }
spec:
  policyRefs: [{ name: rule, kind: ValidatingPolicy }]
${spec.replace(/^/gm, '  ')}
`
  const denied = policy('validations: [{ expression: "\'registry/web\' in exceptions.allowedImages", message: denied }]')

  test.each([
    ['skips', '', [['exception', 'skip', 'rule is skipped due to policy exception: shop/allow']]],
    ['passes', 'reportResult: pass', [['exception', 'pass', 'rule is passed due to policy exception: shop/allow']]],
    ['does not apply', 'matchConditions: [{ name: a, expression: "object.metadata.name == \'api\'" }]', [['', 'fail', 'denied']]],
    ['allows an image', 'images: [registry/web]', [['', 'pass', 'success']]],
    ['that cannot be evaluated', 'matchConditions: [{ name: a, expression: "object.nothing == 1" }]', [['evaluation', 'error', 'failed to load context: no such key: nothing']]],
  ])('one that %s', (_, spec, expected) => {
    expect(row(evaluateCel(`${denied}${exception(spec)}`, pod))).toEqual(expected)
  })

  test('of two the one with the higher priority decides', () => {
    expect(row(evaluateCel(`${denied}${exception('reportResult: skip')}${exception('reportResult: pass', 'allowed')}`, pod)))
      .toEqual([['exception', 'pass', 'rule is passed due to policy exception: shop/allow, shop/allowed']])
  })
})

describe('match constraints', () => {
  const constrained = (constraints: string): string => `
apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: { name: rule }
spec:
  matchConstraints: { ${constraints} }
  validations: [{ expression: 'true' }]
`
  const rule = (fields: string): string => `resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], ${fields} }]`
  const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop, labels: { x: one } }\n'
  const node = 'apiVersion: v1\nkind: Node\nmetadata: { name: n, namespace: default }\n'
  const custom = 'apiVersion: example.com/v1\nkind: Policy\nmetadata: { generateName: web-, namespace: shop }\n'

  test.each([
    [rule('resources: [configmaps]'), configMap, true],
    [rule("resources: ['*']"), configMap, true],
    [rule("resources: ['*/*']"), configMap, true],
    [rule("resources: ['configmaps/status']"), configMap, false],
    [rule('resources: [pods]'), configMap, false],
    [rule('resources: [configmaps], resourceNames: [a]'), configMap, true],
    [rule('resources: [configmaps], resourceNames: [b]'), configMap, false],
    [rule("resources: ['*'], scope: Cluster"), configMap, false],
    [rule("resources: ['*'], scope: Namespaced"), configMap, true],
    [rule("resources: ['*'], scope: Cluster"), node, true],
    [rule("resources: ['*'], scope: Namespaced"), node, false],
    [rule('resources: [policies], resourceNames: [web-, api]'), custom, true],
    [rule('resources: [policies], resourceNames: [api]'), custom, false],
    [`${rule('resources: [configmaps]')}, objectSelector: { matchLabels: { x: one } }`, configMap, true],
    [`${rule('resources: [configmaps]')}, objectSelector: { matchLabels: { x: two } }`, configMap, false],
    [`${rule('resources: [configmaps]')}, namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }`, configMap, true],
    [`${rule('resources: [configmaps]')}, namespaceSelector: { matchLabels: { env: prod } }`, configMap, false],
    [`${rule('resources: [nodes]')}, namespaceSelector: { matchLabels: { env: prod } }`, node, true],
    [`${rule('resources: [configmaps]')}, excludeResourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]`, configMap, false],
    [`${rule('resources: [configmaps]')}, excludeResourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [DELETE], resources: [configmaps] }]`, configMap, true],
    ["resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [UPDATE], resources: [configmaps] }]", configMap, false],
    ["resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]", configMap, false],
    ['resourceRules: []', configMap, true],
  ])('%s', (constraints, resource, expected) => {
    expect(evaluateCel(constrained(constraints), resource).results.length === 1).toBe(expected)
  })
})
