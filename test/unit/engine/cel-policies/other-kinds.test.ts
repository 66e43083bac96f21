import { describe, expect, test } from 'vitest'
import { parseManifests } from '../../../../src/manifest/index.ts'
import { evaluateCel, type EvaluateCelOptions } from '../../../support/evaluate-cel.ts'

const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'registry.example/web:1' }, { name: log, image: log }] }
`
const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
`

interface Parts { readonly kind: string; readonly spec: string; readonly resources?: string; readonly group?: string }

function policy({ kind, spec, resources = 'pods', group = '' }: Parts): string {
  const api = kind.includes('Admission') ? 'admissionregistration.k8s.io' : 'policies.kyverno.io'
  return `---
apiVersion: ${api}/v1
kind: ${kind}
metadata: { name: rule, namespace: shop }
spec:
  matchConstraints: { resourceRules: [{ apiGroups: ['${group}'], apiVersions: [v1], operations: [CREATE], resources: [${resources}] }] }
${spec.replace(/^/gm, '  ')}
`
}

const outcome = (text: string, resource = pod, options: EvaluateCelOptions = {}) => {
  const { results, resource: after, problems } = evaluateCel(text, resource, options)
  expect(problems.filter(({ code }) => code !== 'UNBOUND_POLICY')).toEqual([])
  return { rows: results.map(({ rule, status, message }) => [rule, status, message]), results, after: after.object }
}

describe('a MutatingPolicy', () => {
  const mutating = (spec: string, parts: Partial<Parts> = {}): string => policy({ kind: 'MutatingPolicy', spec, ...parts })

  test('merges an apply configuration by the schema of the kind', () => {
    const { rows, after, results } = outcome(mutating(`mutations:
- patchType: ApplyConfiguration
  applyConfiguration:
    expression: "Object{spec: Object.spec{containers: object.spec.containers.map(c, Object.spec.containers{name: c.name, imagePullPolicy: 'Always'})}}"`))
    expect(rows).toEqual([['', 'pass', 'success']])
    expect(after).toMatchObject({ spec: { containers: [{ name: 'web', image: 'registry.example/web:1', imagePullPolicy: 'Always' }, { name: 'log', image: 'log', imagePullPolicy: 'Always' }] } })
    expect(results[0]).toMatchObject({ ruleType: 'mutate', changes: [{ op: 'add', path: '/spec/containers/0/imagePullPolicy', value: 'Always' }, { op: 'add' }] })
  })

  test.each([
    ['applyConfiguration', "Object{metadata: Object.metadata{labels: Object.metadata.labels{app: 'web'}}}"],
    ['jsonPatch', "[JSONPatch{op: 'replace', path: '/metadata/labels/app', value: 'web'}]"],
  ])('leaves the very object where an %s says what is there already', (field, expression) => {
    const patchType = field === 'jsonPatch' ? 'JSONPatch' : 'ApplyConfiguration'
    const resource = parseManifests(pod, 'pod.yaml').resources[0]!
    const { results, resource: after } = evaluateCel(mutating(`mutations: [{ patchType: ${patchType}, ${field}: { expression: "${expression}" } }]`), pod, { trigger: { resource } })
    expect(results).toMatchObject([{ status: 'pass', changes: [] }])
    expect(after.object).toBe(resource.object)
  })

  test('applies JSON patches one after the other; a failed test keeps the object', () => {
    const patch = (list: string): string => `- { patchType: JSONPatch, jsonPatch: { expression: "${list}" } }`
    const { after } = outcome(mutating(`variables: [{ name: before, expression: "object.metadata.labels.app" }]
mutations:
${patch("[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('a/b'), value: variables.before}]")}
${patch("[JSONPatch{op: 'test', path: '/metadata/name', value: 'other'}, JSONPatch{op: 'remove', path: '/metadata/labels'}]")}
${patch("[JSONPatch{op: 'replace', path: '/metadata/labels/app', value: object.metadata.labels['a/b'] + '2'}]")}`))
    expect(after).toMatchObject({ metadata: { labels: { app: 'web2', 'a/b': 'web' } } })
  })

  test.each([
    ['an atomic list', "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'web', args: ['a']}]}}", /may not mutate atomic arrays, maps or structs/],
    ['a part of the wrong type', 'Object{spec: Object.metadata{name: "x"}}', /unexpected type name "Object.metadata"/],
    ['a field that the schema does not know', 'Object{spec: Object.spec{nothing: 1}}', /field not declared in schema|nothing/],
    ['what is not there', 'Object{metadata: Object.metadata{labels: object.metadata.nothing}}', /no such key: nothing/],
  ])('refuses %s', (_, expression, message) => {
    const { rows, after } = outcome(mutating(`mutations: [{ patchType: ApplyConfiguration, applyConfiguration: { expression: '${expression.replaceAll("'", "''")}' } }]`))
    expect(rows).toMatchObject([['evaluation', 'error', expect.stringMatching(message)]])
    expect(after).toMatchObject({ metadata: { name: 'web' } })
  })

  test('may write atomic lists when it says so', () => {
    const { after } = outcome(mutating(`evaluation: { useServerSideApply: true }
mutations: [{ patchType: ApplyConfiguration, applyConfiguration: { expression: "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'web', args: ['a']}]}}" } }]`))
    expect(after).toMatchObject({ spec: { containers: [{ name: 'web', args: ['a'] }, { name: 'log' }] } })
  })

  test('is carried over to Pod controllers', () => {
    const { after } = outcome(mutating(`matchConditions: [{ name: a, expression: "object.metadata.labels.app == 'web'" }]
mutations: [{ patchType: ApplyConfiguration, applyConfiguration: { expression: "Object{spec: Object.spec{priorityClassName: 'high'}}" } }]`), deployment)
    expect(after).toMatchObject({ spec: { template: { spec: { priorityClassName: 'high', containers: [{ name: 'web' }] } } } })
  })

  test('a condition may use variables, and later policies see the change', () => {
    const labels = (name: string, condition: string): string => mutating(`variables: [{ name: v, expression: "object.metadata.labels" }]
matchConditions: [{ name: a, expression: "${condition}" }]
mutations: [{ patchType: ApplyConfiguration, applyConfiguration: { expression: "Object{metadata: Object.metadata{labels: Object.metadata.labels{${name}: 'x'}}}" } }]`)
    const { after, rows } = outcome(`${labels('first', "'app' in variables.v")}${labels('second', "'first' in variables.v")}${labels('third', "'none' in variables.v")}`)
    expect(after).toMatchObject({ metadata: { labels: { app: 'web', first: 'x', second: 'x' } } })
    expect(rows.map(([, status]) => status)).toEqual(['pass', 'pass', 'skip'])
  })

  test('changes existing resources', () => {
    const target = { id: { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' }, locate: () => undefined,
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { a: '1' } } }
    const other = { ...target, object: { ...target.object, metadata: { name: 'others', namespace: 'shop' } } }
    const text = mutating(`evaluation: { mutateExisting: { enabled: true } }
targetMatchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }] }
targetMatchConditions: [{ name: one, expression: "object.metadata.name == 'settings'" }]
mutations: [{ patchType: JSONPatch, jsonPatch: { expression: "object.kind == 'ConfigMap' ? [JSONPatch{op: 'add', path: '/data/by', value: request.object.metadata.name}] : []" } }]`)
    const { results } = outcome(text, pod, { environment: { targets: [target, other] } })
    expect(results.map(({ status }) => status)).toEqual(['pass', 'pass', 'skip'])
    expect(results[1]).toMatchObject({ targets: [{ changes: [{ op: 'add', path: '/data/by', value: 'web' }], after: { object: { data: { a: '1', by: 'web' } } } }] })
    // The command line of 1.18 leaves the trigger alone.
    const first = (kyvernoVersion: '1.18' | '1.19') => outcome(text, pod, { semantics: 'cli', kyvernoVersion, environment: { targets: [target, other] } }).results[0]
    expect(first('1.19')).not.toHaveProperty('targets')
    expect(first('1.18')).toHaveProperty('targets')
  })
})

describe('a selector that asks for the absence of a label', () => {
  const unlabelled = (spec: string, kind: string): string => policy({ kind, spec }).replace('matchConstraints: {', 'matchConstraints: { objectSelector: { matchExpressions: [{ key: app, operator: DoesNotExist }] },')

  test.each([
    ['ValidatingPolicy', 'validations: [{ expression: "true" }]'],
    ['GeneratingPolicy', 'generate: [{ expression: "true" }]'],
    ['MutatingPolicy', 'mutations: [{ patchType: JSONPatch, jsonPatch: { expression: "[JSONPatch{op: \'test\', path: \'/kind\', value: \'Pod\'}]" } }]'],
  ])('is pleased on the command line by the empty object before a creation: %s', (kind, spec) => {
    expect(outcome(unlabelled(spec, kind)).rows).toEqual([])
    expect(outcome(unlabelled(spec, kind), pod, { semantics: 'cli' }).results).toMatchObject([{ status: 'pass' }])
  })

  test('is not for a DeletingPolicy, which knows of no object before', () => {
    expect(outcome(unlabelled("schedule: '* * * * *'\nconditions: [{ name: a, expression: \"true\" }]", 'DeletingPolicy'), pod, { semantics: 'cli' }).rows).toEqual([])
  })
})

describe('a GeneratingPolicy', () => {
  const generating = (spec: string, kind = 'GeneratingPolicy'): string => policy({ kind, spec })
  const generatedBy = (text: string, options?: EvaluateCelOptions) => {
    const { results } = outcome(text, pod, options)
    return results.map((result) => (result.status === 'pass' ? result.generated?.map(({ object }) => object) : result.message))
  }

  test('generates what it is told, and its value means nothing', () => {
    const spec = `variables:
- name: config
  expression: "[{'apiVersion': dyn('v1'), 'kind': dyn('ConfigMap'), 'metadata': dyn({'name': object.metadata.name, 'namespace': 'other'}), 'data': dyn({'n': '1'})}]"
generate: [{ expression: "generator.apply('made', variables.config) == false" }]`
    expect(generatedBy(generating(spec))).toEqual([[{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'made' }, data: { n: '1' } }]])
    expect(generatedBy(generating(spec, 'NamespacedGeneratingPolicy')))
      .toEqual(['failed to evaluate policy: cross-namespace generation denied: policy in "shop" cannot generate into "made"'])
  })

  test('renders templates', () => {
    const spec = `variables: [{ name: labels, expression: "object.metadata.labels" }]
generate:
- template:
    interpolate: cel
    value: |
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: "cm-((object.metadata.name))-(( 1 + 1 ))", labels: "(( variables.labels ))" }
      data: { plain: '\\((not))', text: "(( ')):(' ))" }
      ---
      apiVersion: v1
      kind: Namespace
      metadata: { name: fixed }`
    expect(generatedBy(generating(spec))).toEqual([[
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm-web-2', labels: { app: 'web' } }, data: { plain: '((not))', text: ')):(' } },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'fixed' } },
    ]])
  })

  test('clones what it looks up', () => {
    const spec = `generate: [{ expression: "generator.apply('made', [resource.get('v1', 'secrets', 'default', 'key')])" }]`
    expect(generatedBy(generating(spec), { answer: ({ kind }) => (kind === 'resource' ? { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'default' } } : undefined) }))
      .toEqual([[{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'made' } }]])
  })

  test('a condition that is false says nothing at all', () => {
    const spec = 'matchConditions: [{ name: a, expression: "false" }]\ngenerate: [{ expression: "true" }]'
    expect(outcome(generating(spec)).rows).toEqual([])
    // 1.18 calls it a success.
    expect(outcome(generating(spec), pod, { kyvernoVersion: '1.18' }).results).toMatchObject([{ rule: 'rule', status: 'pass', message: 'policy evaluated successfully', generated: [] }])
  })
})

describe('a DeletingPolicy', () => {
  const deleting = (condition: string): string => policy({ kind: 'DeletingPolicy', spec: `schedule: '* * * * *'\nconditions: [{ name: a, expression: "${condition}" }]` })

  test('says what it would delete, on the command line', () => {
    expect(outcome(deleting("object.metadata.name == 'web'"), pod, { semantics: 'cli' }).rows).toEqual([['rule', 'pass', 'resource matched']])
    expect(outcome(deleting('false'), pod, { semantics: 'cli' }).rows).toEqual([['rule', 'fail', 'resource did not match']])
    expect(outcome(deleting('object.x == 1'), pod, { semantics: 'cli' }).rows).toEqual([['rule', 'error', 'no such key: x']])
    expect(outcome(deleting('true')).rows).toEqual([])
  })

  test.each([['1.18', [['rule', 'fail', 'resource did not match']]], ['1.19', []]] as const)('of what it is not about, Kyverno %s says %j', (kyvernoVersion, rows) => {
    expect(outcome(deleting('true'), deployment, { semantics: 'cli', kyvernoVersion }).rows).toEqual(rows)
  })
})

describe('an ImageValidatingPolicy', () => {
  const verifying = (spec: string): string => policy({ kind: 'ImageValidatingPolicy', spec: `validationConfigurations: { verifyDigest: false, mutateDigest: false }
matchImageReferences: [{ glob: 'registry.example/*' }]
attestors: [{ name: team, cosign: { key: { expression: "'KEY-' + request.name" } } }]
attestations: [{ name: sbom, intoto: { type: spdx } }]
${spec}` })
  const signed: EvaluateCelOptions = {
    answer: (request) => (request.kind === 'imageVerification'
      ? { verified: request.reference === 'registry.example/web:1' && JSON.stringify(request.attestor).includes('KEY-web'), statements: [{ type: 'spdx', predicate: { packages: 2 } }] } : undefined),
  }
  const signatures = 'validations: [{ expression: "images.containers.map(i, verifyImageSignatures(i, [attestors.team])).all(n, n > 0)", message: unsigned }]'

  test('verifies the images that it is about', () => {
    expect(outcome(verifying(signatures), pod, signed).rows).toEqual([['rule', 'pass', 'success']])
    expect(outcome(verifying(signatures), pod.replace('web:1', 'web:2'), signed).rows).toEqual([['rule', 'fail', 'unsigned']])
    expect(outcome(verifying(signatures), deployment.replace('image: web', 'image: registry.example/web:1'), signed).rows).toEqual([['rule', 'pass', 'success']])
  })

  test('reads attestations once they are verified', () => {
    const spec = `validations:
- expression: "images.containers.map(i, verifyAttestationSignatures(i, attestations.sbom, [attestors.team])).all(n, n > 0)"
- expression: "images.containers.map(i, extractPayload(i, attestations.sbom).packages == 2.0).all(e, e)"`
    expect(outcome(verifying(spec), pod, signed).rows).toEqual([['rule', 'pass', 'success']])
  })

  test('an image that nobody verified fails after all policies, unless that is not required', () => {
    const lax = verifying('validations: [{ expression: "true" }]')
    const message = 'image registry.example/web:1 is not verified: no policy performed a signature or attestation check on it'
    expect(outcome(lax, pod, signed).rows).toEqual([['rule', 'fail', message]])
    expect(outcome(lax.replace('verifyDigest: false,', 'verifyDigest: false, required: false,'), pod, signed).rows).toEqual([['rule', 'pass', 'success']])
    expect(outcome(`${lax}${verifying(signatures)}`, pod, signed).rows).toEqual([['rule', 'pass', 'success'], ['rule', 'pass', 'success']])
  })

  test('an image without a digest fails at once', () => {
    expect(outcome(verifying(signatures).replace('verifyDigest: false', 'verifyDigest: true'), pod, signed).rows)
      .toEqual([['rule', 'fail', 'image registry.example/web:1 does not have a digest']])
  })

  test('pins images to their digests before it verifies, in a cluster', () => {
    const text = verifying(signatures).replace('{ verifyDigest: false, mutateDigest: false }', '{}')
    const digest = `sha256:${'1'.repeat(64)}`
    const answer: NonNullable<EvaluateCelOptions['answer']> = (request) => (request.kind === 'imageData' ? { digest }
      : request.kind === 'imageVerification' ? { verified: request.reference.endsWith(digest) } : undefined)
    const { rows, after } = outcome(text, pod, { answer })
    expect(rows).toEqual([['rule', 'pass', 'success']])
    expect(after).toMatchObject({ spec: { containers: [{ image: `registry.example/web:1@${digest}` }, { image: 'log' }] } })
    expect(outcome(text, pod).results).toMatchObject([{ rule: 'mutateDigest', status: 'error', missing: [{ what: 'imageData' }] }])
  })

  test('what nobody can answer is an error that says what is missing', () => {
    expect(outcome(verifying(signatures)).results).toMatchObject([{ status: 'error', rule: 'evaluation', missing: [{ what: 'imageVerification' }] }])
  })
})

describe("Kubernetes' own policies", () => {
  const validating = (spec: string): string => policy({ kind: 'ValidatingAdmissionPolicy', spec })
  const binding = (spec: string, kind = 'ValidatingAdmissionPolicyBinding'): string =>
    `---\napiVersion: admissionregistration.k8s.io/v1\nkind: ${kind}\nmetadata: { name: bind }\nspec:\n  policyName: rule\n${spec.replace(/^/gm, '  ')}\n`

  test('messages are those of the API server', () => {
    const fails = (message: string): string => validating(`validations: [{ expression: "object.metadata.name == 'api'"${message} }]`)
    expect(outcome(fails('')).rows).toEqual([['rule', 'fail', "failed expression: object.metadata.name == 'api'"]])
    expect(outcome(fails(', message: " denied "')).rows).toEqual([['rule', 'fail', 'denied']])
    expect(outcome(fails(', message: denied, messageExpression: "string(object.nothing)"')).rows).toEqual([['rule', 'fail', 'denied']])
    expect(outcome(fails(', message: denied, messageExpression: "object.metadata.name + \' denied\'"')).rows).toEqual([['rule', 'fail', 'web denied']])
  })

  test('errors name the expression and the variable', () => {
    expect(outcome(validating('variables: [{ name: v, expression: object.nothing }]\nvalidations: [{ expression: "variables.v == 1" }]')).rows)
      .toEqual([['rule', 'error', "expression 'variables.v == 1' resulted in error: composited variable \"v\" fails to evaluate: no such key: nothing"]])
  })

  test('the old object is null', () => {
    expect(outcome(validating('validations: [{ expression: "oldObject == null && namespaceObject.metadata.name == \'shop\'" }]')).rows).toEqual([['rule', 'pass', '']])
  })

  test('a binding narrows the policy and says what a failure means', () => {
    const text = validating('validations: [{ expression: "false" }]')
    expect(outcome(text).results).toMatchObject([{ failureAction: 'Audit' }])
    expect(evaluateCel(text, pod).problems).toMatchObject([{ code: 'UNBOUND_POLICY', severity: 'warning' }])
    expect(evaluateCel(text, pod, { semantics: 'cli' }).problems).toEqual([])
    expect(outcome(`${text}${binding('validationActions: [Deny]')}`).results).toMatchObject([{ failureAction: 'Enforce' }])
    const elsewhere = binding('validationActions: [Deny]\nmatchResources: { namespaceSelector: { matchLabels: { env: prod } } }')
    expect(outcome(`${text}${elsewhere}`).rows).toEqual([])
    expect(outcome(`${text}${elsewhere}`, pod, { trigger: { namespaceLabels: { env: 'prod' } } }).rows).toHaveLength(1)
  })

  test('an error that the policy ignores blocks nothing', () => {
    const text = validating('failurePolicy: Ignore\nvalidations: [{ expression: "object.nothing" + " == 1" }]'.replace('"object.nothing" + " == 1"', '"object.nothing == 1"'))
    expect(outcome(`${text}${binding('validationActions: [Deny]')}`).results).toMatchObject([{ status: 'error', failureAction: 'Audit' }])
  })

  test('parameters come from the cluster; without one the policy fails, or does not apply', () => {
    const text = validating('paramKind: { apiVersion: v1, kind: ConfigMap }\nvalidations: [{ expression: "object.metadata.name == params.data.name" }]')
    const bound = (action: string): string => binding(`validationActions: [Deny]\nparamRef: { name: settings, parameterNotFoundAction: ${action} }`)
    const answer: NonNullable<EvaluateCelOptions['answer']> = (request) => (request.kind === 'resource' && request.namespace === 'shop' ? { data: { name: 'web' } } : undefined)
    expect(outcome(`${text}${bound('Deny')}`, pod, { answer }).rows).toEqual([['rule', 'pass', '']])
    expect(outcome(`${text}${bound('Deny')}`, pod, { answer: () => null }).rows)
      .toEqual([['rule', 'error', 'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction']])
    expect(outcome(`${text}${bound('Allow')}`, pod, { answer: () => null }).rows).toEqual([])
    expect(outcome(`${text}${bound('Deny')}`).results).toMatchObject([{ status: 'error', missing: [{ what: 'resource' }] }])
  })

  test('what a user may do is asked as a SubjectAccessReview', () => {
    const asked: unknown[] = []
    const answer: NonNullable<EvaluateCelOptions['answer']> = (request) => {
      if (request.kind !== 'apiCall') return undefined
      asked.push(request.data)
      return { status: { allowed: JSON.stringify(request.data).includes('jane'), reason: 'RBAC' } }
    }
    const text = validating(`validations:
- expression: "authorizer.group('apps').resource('deployments').namespace('shop').name('web').check('delete').allowed()"
- expression: "authorizer.requestResource.check('approve').reason() == 'RBAC' && !authorizer.path('/healthz').check('get').errored()"
- { expression: "authorizer.serviceAccount('shop', 'robot').group('').resource('pods').check('list').allowed()", message: the robot may not }`)
    const { rows } = outcome(text, pod, { answer, trigger: { user: { username: 'jane', groups: ['dev'] } } })
    expect(rows).toEqual([['rule', 'fail', 'the robot may not']])
    expect(asked[0]).toMatchObject({ kind: 'SubjectAccessReview', spec: { user: 'jane', groups: ['dev'], resourceAttributes: { group: 'apps', resource: 'deployments', namespace: 'shop', name: 'web', verb: 'delete' } } })
    expect(asked[3]).toMatchObject({ spec: { user: 'system:serviceaccount:shop:robot', resourceAttributes: { resource: 'pods', verb: 'list' } } })
  })

  test('the command line takes the given parameters, several as a list', () => {
    const text = (expression: string): string => validating(`paramKind: { apiVersion: v1, kind: ConfigMap }\nvalidations: [{ expression: "${expression}" }]`)
    const parameters = ['a', 'b'].map((name) => ({ metadata: { name, labels: { use: 'all' } }, data: { name } }))
    const options: EvaluateCelOptions = { semantics: 'cli', parameters }
    expect(outcome(`${text("params.data.name == 'b'")}${binding('paramRef: { name: b }')}`, pod, options).rows).toEqual([['rule', 'pass', '']])
    expect(outcome(`${text('size(params.items) == 2')}${binding('paramRef: { selector: { matchLabels: { use: all } } }')}`, pod, options).rows).toEqual([['rule', 'pass', '']])
    expect(outcome(`${text('params == null')}${binding('paramRef: { name: c }')}`, pod, options).rows).toEqual([['rule', 'pass', '']])
  })

  test('a MutatingAdmissionPolicy merges by the schema; the command line knows none', () => {
    const text = policy({ kind: 'MutatingAdmissionPolicy', spec: `mutations: [{ patchType: ApplyConfiguration, applyConfiguration: { expression:
  "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'web', image: 'new'}]}}" } }]` })
    expect(outcome(text)).toMatchObject({ rows: [['rule', 'pass', 'mutation is successfully applied']], after: { spec: { containers: [{ name: 'web', image: 'new' }, { name: 'log' }] } } })
    expect(outcome(text, pod, { semantics: 'cli' }).after).toMatchObject({ spec: { containers: [{ name: 'web', image: 'new' }] } })
  })
})

describe('CEL in rules of a ClusterPolicy', () => {
  const rule = (cel: string, more = ''): string => `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: rules }
spec:
  ${more}
  rules:
  - name: check
    match: { any: [{ resources: { kinds: [Pod] } }] }
${cel.replace(/^/gm, '    ')}
`
  test.each([
    ['holds', 'validate: { cel: { expressions: [{ expression: "true" }] } }', [['check', 'pass', "Validation rule 'check' passed."]]],
    ['fails with the message of the rule', 'validate: { message: denied, cel: { expressions: [{ expression: "false" }] } }', [['check', 'fail', 'denied']]],
    ['fails where it cannot be evaluated', 'validate: { cel: { expressions: [{ expression: "object.x == 1" }] } }', [['check', 'fail', "expression 'object.x == 1' resulted in error: no such key: x"]]],
    ['is skipped', 'celPreconditions: [{ name: a, expression: "false" }]\nvalidate: { cel: { expressions: [{ expression: "false" }] } }', [['check', 'skip', 'cel preconditions not met']]],
    ['uses variables', 'validate: { cel: { variables: [{ name: v, expression: "object.metadata.name" }], expressions: [{ expression: "variables.v == \'web\'" }] } }', [['check', 'pass', "Validation rule 'check' passed."]]],
  ])('one that %s', (_, cel, expected) => {
    expect(outcome(rule(cel)).rows).toEqual(expected)
  })

  test('is carried over to Pod controllers', () => {
    expect(outcome(rule('validate: { cel: { expressions: [{ expression: "object.spec.containers.all(c, c.image == \'api\')", message: denied }] } }'), deployment).rows)
      .toEqual([['autogen-check', 'fail', 'denied']])
  })

  test('conditions of the webhook keep a policy from requests', () => {
    const text = (condition: string): string => rule('validate: { pattern: { metadata: { name: api } } }', `webhookConfiguration: { matchConditions: [{ name: a, expression: "${condition}" }] }`)
    expect(outcome(text("request.namespace == 'shop'")).rows).toHaveLength(1)
    expect(outcome(text("request.namespace == 'bank'")).rows).toEqual([])
    expect(outcome(text('object.nothing == 1')).rows).toEqual([])
  })

  test('parameters are looked up', () => {
    const text = rule('validate: { cel: { paramKind: { apiVersion: v1, kind: ConfigMap }, paramRef: { name: settings, namespace: ops }, expressions: [{ expression: "object.metadata.name == params.data.name" }] } }')
    expect(outcome(text, pod, { answer: (request) => (request.kind === 'resource' && request.namespace === 'ops' ? { data: { name: 'web' } } : undefined) }).rows)
      .toEqual([['check', 'pass', "Validation rule 'check' passed."]])
    expect(outcome(text).rows).toEqual([['check', 'error', 'error in parameterized resource: resource is not known here']])
  })
})
