// Kyverno: pkg/validation/policy/validate.go, api/kyverno/v1/spec_types.go
import type { RulePolicy } from '../../model/policy.ts'
import { bodyNames, setBodies } from '../parse-rule.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { field, objectField, objectsField, textField } from '../read-fields.ts'

/** Name, namespace, flags, and one body a rule. */
export function checkPolicyShape(policy: RulePolicy, problems: ProblemCollector): void {
  const spec = objectField(policy.document, 'spec') ?? {}
  const rules = objectsField(spec, 'rules')
  checkMetadata(policy, problems)
  if (rules.length === 0) problems.warning(['spec'], 'NO_RULES', 'spec.rules has no rules, the policy does nothing')
  if (!policy.admission && !policy.background) problems.error(['spec'], 'INVALID_POLICY', 'admission and background cannot both be false')
  if (!policy.admission && !rules.some((rule) => setBodies(rule).includes('validate'))) {
    problems.error(['spec', 'admission'], 'INVALID_POLICY', 'admission: false needs at least one validate rule')
  }
  if (field(spec, 'generateExistingOnPolicyUpdate') !== undefined) {
    problems.error(['spec', 'generateExistingOnPolicyUpdate'], 'INVALID_POLICY', 'generateExistingOnPolicyUpdate was replaced by generateExisting of the generate rule')
  }
  const controllers = policy.annotations['pod-policies.kyverno.io/autogen-controllers']
  if (controllers === 'all') {
    problems.error(['metadata', 'annotations'], 'INVALID_POLICY', 'autogen-controllers: "all" is not allowed; remove the annotation to have all controllers')
  }
  const names = new Set<string>()
  rules.forEach((rule, index) => {
    const path = ['spec', 'rules', index]
    const name = textField(rule, 'name') ?? ''
    if (names.has(name)) problems.error([...path, 'name'], 'INVALID_POLICY', `two rules are named "${name}"`)
    names.add(name)
    const bodies = setBodies(rule)
    if (bodies.length !== 1) {
      const found = bodies.length === 0 ? 'it has none' : `it has ${bodies.join(' and ')}`
      problems.error(path, 'INVALID_RULE', `a rule needs exactly one of ${bodyNames.join(', ')}; ${found}`)
    }
  })
}

function checkMetadata(policy: RulePolicy, problems: ProblemCollector): void {
  if (policy.name === '') problems.error(['metadata'], 'MISSING_FIELD', 'metadata.name is missing')
  if (Buffer.byteLength(policy.name) > 63) problems.error(['metadata', 'name'], 'INVALID_POLICY', 'metadata.name is longer than 63 characters, and Kyverno writes it into labels')
  if (policy.kind === 'ClusterPolicy' && policy.namespace !== undefined) {
    problems.error(['metadata', 'namespace'], 'INVALID_POLICY', 'a ClusterPolicy belongs to no namespace; remove metadata.namespace or use kind: Policy')
  }
}
