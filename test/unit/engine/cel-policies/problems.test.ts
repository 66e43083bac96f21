import { describe, expect, test } from 'vitest'
import { evaluateCel } from '../../../support/evaluate-cel.ts'

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec: {}\n'

const constraints = "matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }] }"

function policy(kind: string, spec: string): string {
  const group = kind.includes('Admission') ? 'admissionregistration.k8s.io' : 'policies.kyverno.io'
  return `apiVersion: ${group}/v1\nkind: ${kind}\nmetadata: { name: broken }\nspec:\n  ${constraints}\n${spec.replace(/^/gm, '  ')}\n`
}

/** What is written, and the line and words of the problem. */
const cases: readonly (readonly [what: string, kind: string, spec: string, line: number, words: string])[] = [
  ['a syntax error', 'ValidatingPolicy', 'validations:\n- expression: "object.spec =="', 7, 'spec.validations[0].expression, column 15: Syntax error: mismatched input'],
  ['an unknown function', 'ValidatingPolicy', 'validations:\n- expression: "objekt()"', 7, "undeclared reference to 'objekt' (in container '')"],
  ['an unknown variable', 'ValidatingPolicy', 'validations:\n- expression: "variables.no == 1"', 7, "undefined field 'no'"],
  ['a variable in a match condition', 'ValidatingPolicy', 'variables: [{ name: a, expression: "1" }]\nmatchConditions:\n- { name: a, expression: "variables.a == 1" }', 8, "undefined field 'a'"],
  ['a type error', 'ValidatingPolicy', 'validations:\n- expression: "1 + \'a\' == 2"', 7, "found no matching overload for '_+_' applied to '(int, string)'"],
  ['dyn instead of bool', 'ValidatingPolicy', 'validations:\n- expression: object.spec.hostNetwork', 7, 'the result must be bool, but is dyn: compare it (== true) or convert it with bool(…)'],
  ['the second line', 'ValidatingPolicy', 'validations:\n- expression: |\n    true &&\n    1', 9, 'line 2, column'],
  ['a message that is no text', 'ValidatingPolicy', 'validations:\n- { expression: "true", messageExpression: "1" }', 7, 'spec.validations[0].messageExpression, column 1: the result must be string, but is int'],
  ['a patch of the wrong type', 'MutatingPolicy', 'mutations:\n- patchType: JSONPatch\n  jsonPatch:\n    expression: "[1]"', 9, 'the result must be list(JSONPatch), but is list(int)'],
  ['an unknown field', 'ValidatingPolicy', 'validation: []', 6, 'unknown field "validation" in spec; did you mean "validations"?'],
  ['two variables with one name', 'ValidatingPolicy', 'variables:\n- { name: a, expression: "1" }\n- { name: a, expression: "2" }', 8, 'two entries of spec.variables are named "a"'],
  ['what a policy cannot see', 'ValidatingPolicy', 'validations:\n- expression: "params.x == 1"', 7, "undeclared reference to 'params'"],
  ['a generator where none is', 'ValidatingPolicy', 'validations:\n- expression: "generator.apply(\'a\')"', 7, "undeclared reference to"],
  ['a broken template', 'GeneratingPolicy', 'generate:\n- template: { interpolate: cel, value: "a: (( object.x" }', 7, "unterminated placeholder starting at offset 0: missing closing '))'"],
  ['a broken expression in a template', 'GeneratingPolicy', 'generate:\n- template: { interpolate: cel, value: "a: (( nothing ))" }', 7, "undeclared reference to 'nothing'"],
  ['an admission policy', 'ValidatingAdmissionPolicy', 'validations:\n- expression: object.spec.hostNetwork', 7, 'the result must be bool, but is dyn'],
  ['an audit annotation of an admission policy', 'ValidatingAdmissionPolicy', 'validations: [{ expression: "true" }]\nauditAnnotations:\n- { key: a, valueExpression: "1" }', 8, 'the result must be string or null_type, but is int'],
  ['parameters without a kind', 'ValidatingAdmissionPolicy', 'validations:\n- expression: "params.x == 1"', 7, "undeclared reference to 'params'"],
  ['a deleting condition', 'DeletingPolicy', 'schedule: "* * * * *"\nconditions:\n- { name: a, expression: "1" }', 8, 'the result must be bool, but is int'],
]

describe('a wrong policy is reported with its place, and evaluates nothing', () => {
  test.each(cases)('%s', (_, kind, spec, line, words) => {
    const { problems, results } = evaluateCel(policy(kind, spec), pod)
    expect(results).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
    expect(problems[0]).toMatchObject({ severity: 'error', policy: 'broken', location: { file: 'policies.yaml', line } })
    expect(problems[0]?.message).toContain(words)
  })

  test('names that stand twice only warn where an API server does not mind', () => {
    const spec = `validations: [{ expression: "true" }]
attestors: [{ name: a, notary: { certs: { value: x } } }]
matchImageReferences: [{ glob: '*' }]
variables: [{ name: a, expression: "1" }, { name: a, expression: "2" }]`
    expect(evaluateCel(policy('ImageValidatingPolicy', spec), pod).problems).toMatchObject([{ severity: 'warning', message: 'two entries of spec.variables are named "a"' }])
  })

  test('an exception whose condition is wrong', () => {
    const exception = '---\napiVersion: policies.kyverno.io/v1\nkind: PolicyException\nmetadata: { name: e, namespace: ops }\nspec:\n  policyRefs: [{ name: broken, kind: ValidatingPolicy }]\n'
      + '  matchConditions:\n  - { name: a, expression: "object.x" }\n'
    const { problems } = evaluateCel(`${policy('ValidatingPolicy', 'validations: [{ expression: "true" }]')}${exception}`, pod)
    expect(problems.map(({ message, location }) => [message, location?.line])).toEqual([[
      'spec.matchConditions[0].expression of PolicyException ops/e, column 1: the result must be bool, but is dyn: compare it (== true) or convert it with bool(…); in: object.x', 14,
    ]])
  })

  test('a rule of a ClusterPolicy', () => {
    const text = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: broken }
spec:
  rules:
  - name: check
    match: { any: [{ resources: { kinds: [Pod] } }] }
    validate:
      cel:
        expressions:
        - expression: "object.spec.x"
`
    const { problems, results } = evaluateCel(text, pod)
    expect(results).toEqual([])
    expect(problems).toMatchObject([{ policy: 'broken', rule: 'check', location: { line: 11 } }])
  })

  test('the command line evaluates a broken admission policy, and says so then', () => {
    const { problems, results } = evaluateCel(policy('ValidatingAdmissionPolicy', 'validations:\n- expression: object.spec'), pod, { semantics: 'cli' })
    expect(problems).toEqual([])
    expect(results).toMatchObject([{ rule: 'broken', status: 'error', message: 'compilation error: must evaluate to bool but got dyn' }])
  })
})
