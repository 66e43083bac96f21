import { describe, expect, test } from 'vitest'
import { parseManifests } from '../../../src/manifest/index.ts'
import type { MutatingPolicy, ValidatingPolicy } from '../../../src/model/cel-policy.ts'
import { computeCelPolicies, parsePolicies } from '../../../src/policy/index.ts'

function read(kind: string, spec: string): ValidatingPolicy | MutatingPolicy {
  const text = `apiVersion: policies.kyverno.io/v1\nkind: ${kind}\nmetadata: { name: rule }\nspec:\n${spec.replace(/^/gm, '  ')}\n`
  const { policies, problems } = parsePolicies(parseManifests(text, 'policy.yaml').resources)
  expect(problems).toEqual([])
  return policies[0] as ValidatingPolicy
}

const pods = (more = '', rule = ''): string => `matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods]${rule} }]${more} }`
const validations = 'validations: [{ expression: "true" }]'

function kindsOf(spec: string, isBefore119 = false): readonly (readonly string[])[] {
  return computeCelPolicies(read('ValidatingPolicy', spec), { isBefore119 }).map(({ matchConstraints }) =>
    matchConstraints?.resourceRules.flatMap(({ apiGroups, resources }) => resources.map((resource) => `${apiGroups[0] ?? ''}/${resource}`)) ?? [])
}

const all = [['batch/cronjobs'], ['apps/daemonsets', 'apps/deployments', 'apps/replicasets', 'apps/statefulsets', 'batch/jobs']]

describe('which controllers a policy for Pods is carried over to', () => {
  test.each([
    ['all, by default', pods(), all],
    ['those that it names', `${pods()}\nautogen: { podControllers: { controllers: [deployments, jobs, Deployment] } }`, [['apps/deployments', 'batch/jobs']]],
    ['none', `${pods()}\nautogen: { podControllers: { controllers: [] } }`, []],
    ['none where Pods are named', pods('', ', resourceNames: [a]'), []],
    ['none where Pods are excluded', pods(", excludeResourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]"), []],
    ['none where Pods are selected by label', pods(', objectSelector: { matchLabels: { a: b } }'), []],
    ['all with an empty selector', pods(', objectSelector: {}'), all],
    ['all of selected namespaces', pods(', namespaceSelector: { matchLabels: { a: b } }'), all],
    ['none where other kinds are matched', pods().replace('[pods]', '[pods, services]'), []],
    ['none where everything is matched', pods().replace('[pods]', "['*']"), []],
  ])('%s', (_, spec, expected) => {
    expect(kindsOf(`${spec}\n${validations}`)).toEqual(expected)
  })

  test('before 1.19 a namespace selector ruled it out', () => {
    expect(kindsOf(`${pods(', namespaceSelector: { matchLabels: { a: b } }')}\n${validations}`, true)).toEqual([])
  })
})

describe('how expressions are rewritten', () => {
  test('in validating policies wherever the text is, but for the namespace', () => {
    const policy = read('ValidatingPolicy', `${pods()}
variables: [{ name: a, expression: "oldObject.spec.x + object.metadata.name" }]
validations: [{ expression: "object.metadata.namespace == object.metadata.namespaceName && has(request.object.spec.y)", message: "object.spec is about object.kind" }]`)
    const [cronJob, others] = computeCelPolicies(policy, { isBefore119: false }) as readonly ValidatingPolicy[]
    expect(others?.validations).toEqual([{
      expression: 'object.metadata.namespace == object.spec.template.metadata.namespaceName && has(request.object.spec.template.spec.y)',
      message: 'object.spec.template.spec is about object.kind',
    }])
    expect(cronJob?.variables).toEqual([{ name: 'a', expression: 'oldObject.spec.jobTemplate.spec.template.spec.x + object.spec.jobTemplate.spec.template.metadata.name' }])
    const [, before] = computeCelPolicies(policy, { isBefore119: true }) as readonly ValidatingPolicy[]
    expect(before?.validations[0]?.expression).toMatch(/^object\.spec\.template\.metadata\.namespace ==/)
  })

  test.each([
    ['Object{spec: Object.spec{a: object.spec.b}}', 'Object{spec: Object.spec{template: Object.spec.template{spec: Object.spec.template.spec{a: object.spec.template.spec.b}}}}'],
    ["Object {metadata: Object.metadata{labels: Object.metadata.labels{a: '}'}}} ", "Object{spec: Object.spec{template: Object.spec.template{metadata: Object.metadata{labels: Object.spec.template.metadata.labels{a: '}'}}}}}"],
    ['object.metadata.labels.a == namespaceObject.spec.x ? Object{} : Object{}', 'object.spec.template.metadata.labels.a == namespaceObject.spec.x ? Object{} : Object{}'],
  ])('in mutating policies %s', (expression, expected) => {
    const policy = read('MutatingPolicy', `${pods()}
variables: [{ name: a, expression: "object.spec.x" }]
mutations: [{ patchType: ApplyConfiguration, applyConfiguration: { expression: "${expression}" } }, { patchType: JSONPatch, jsonPatch: { expression: "[JSONPatch{path: object.spec.a}]" } }]`)
    const [, others] = computeCelPolicies(policy, { isBefore119: false }) as readonly MutatingPolicy[]
    expect(others?.mutations[0]?.expression).toBe(expected)
    expect(others?.mutations[1]?.expression).toBe('[JSONPatch{path: object.spec.a}]')
    expect(others?.variables).toEqual([{ name: 'a', expression: 'object.spec.x' }])
  })
})
