import { describe, expect, it } from 'vitest'
import { parseManifests } from '../../../src/manifest/index.ts'
import { parsePolicies } from '../../../src/policy/index.ts'

function parse(text: string) {
  return parsePolicies(parseManifests(text, 'policy.yaml').resources)
}

const policy = (spec: string, kind = 'ClusterPolicy', apiVersion = 'kyverno.io/v1') => `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: p
spec:
${spec.split('\n').map((line) => `  ${line}`).join('\n')}
`

const rule = `rules:
- name: r
  match:
    any:
    - resources:
        kinds: [Pod]
  validate:
    message: denied
    pattern:
      spec: {hostNetwork: "false"}`

describe('parsePolicies', () => {
  it('reads a policy once into its narrow form', () => {
    const { policies: [found], problems } = parse(policy(`validationFailureAction: enforce\n${rule}`))
    expect(problems).toEqual([])
    expect(found).toMatchObject({ kind: 'ClusterPolicy', name: 'p', failureAction: 'Enforce', applyRules: 'All', background: true })
    expect(found?.kind === 'ClusterPolicy' && found.rules[0]).toMatchObject({
      name: 'r', match: { form: 'any' }, body: { type: 'validate', check: { kind: 'pattern' }, allowExistingViolations: true },
    })
  })

  it('gives a Policy without namespace the namespace "default"', () => {
    expect(parse(policy(rule, 'Policy')).policies[0]).toMatchObject({ namespace: 'default' })
  })

  it.each([
    ['an unknown field with the nearest known one', policy(rule.replace('validate:', 'validat:')), 'UNKNOWN_FIELD', /unknown field "validat" in spec\.rules\[0\]; did you mean "validate"\?/, 12],
    ['a wrong type', policy(`background: "yes"\n${rule}`), 'WRONG_TYPE', /spec\.background must be true or false, not a string/, 6],
    ['a value outside an enumeration', policy(`applyRules: Some\n${rule}`), 'INVALID_VALUE', /must be one of All, One/, 6],
    ['a missing field', policy('rules: [{name: r, validate: {pattern: {a: b}}}]'), 'MISSING_FIELD', /spec\.rules\[0\]\.match is missing/, undefined],
    ['legacy fields in v2beta1', policy(rule.replace('any:\n    - resources:\n        kinds', 'resources:\n      kinds'), 'ClusterPolicy', 'kyverno.io/v2beta1'), 'UNKNOWN_FIELD', /"resources"/, undefined],
    ['any beside all', policy(rule.replace('any:', 'all: [{resources: {kinds: [Pod]}}]\n    any:')), 'CONFLICTING_FIELDS', /any and all cannot be used together/, undefined],
    ['two rules of one name', policy(`${rule}\n${rule.slice(7)}`), 'INVALID_POLICY', /two rules are named "r"/, undefined],
    ['two bodies', policy(`${rule}\n  generate: {kind: ConfigMap}`), 'INVALID_RULE', /exactly one of .*validate and generate/, undefined],
    ['an unknown kind', policy(rule, 'ClusterPolciy'), 'UNKNOWN_KIND', /did you mean "ClusterPolicy"\?/, undefined],
    ['an unknown version', policy(rule, 'ClusterPolicy', 'kyverno.io/v9'), 'UNKNOWN_VERSION', /kyverno\.io\/v2beta1/, undefined],
  ])('reports %s, with its place', (_, text, code, message, line) => {
    const { policies, problems } = parse(text)
    expect(policies).toEqual([])
    expect(problems).toContainEqual(expect.objectContaining({
      code, severity: 'error', message: expect.stringMatching(message) as string,
      location: expect.objectContaining({ file: 'policy.yaml', ...(line === undefined ? {} : { line }) }) as object,
    }))
  })

  it('passes over what is no policy, and reads exceptions apart', () => {
    const exception = `apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {name: e, namespace: ns}\nspec:\n  exceptions: [{policyName: p, ruleNames: [r]}]\n  match: {any: [{resources: {kinds: [Pod]}}]}\n`
    const found = parse(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\n${exception}`)
    expect(found).toMatchObject({ policies: [], problems: [], exceptions: [{ name: 'e', namespace: 'ns', exceptions: [{ policyName: 'p', ruleNames: ['r'] }] }] })
  })

  it('is not led astray by names of Object.prototype', () => {
    expect(parse(policy(rule, 'constructor')).problems).toContainEqual(expect.objectContaining({ code: 'UNKNOWN_KIND' }))
    expect(parse(policy(rule.replace('message: denied', 'toString: no'))).problems).toContainEqual(expect.objectContaining({ code: 'UNKNOWN_FIELD' }))
  })
})
