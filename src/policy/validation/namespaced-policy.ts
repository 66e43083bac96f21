// Kyverno: api/kyverno/v1/{policy,spec,rule,common}_types.go
import type { RulePolicy } from '../../model/policy.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { objectField, objectsField, textField } from '../read-fields.ts'
import { writtenRules } from './rule-walk.ts'

/** A Policy may not reach out of its namespace. */
export function checkNamespacedPolicy(policy: RulePolicy, problems: ProblemCollector): void {
  if (policy.kind !== 'Policy') return
  const own = policy.namespace ?? 'default'
  if (policy.failureActionOverrides.length > 0) {
    problems.error(['spec', 'validationFailureActionOverrides'], 'INVALID_POLICY', 'a namespaced Policy has one namespace: validationFailureActionOverrides is not allowed')
  }
  for (const { document, path } of writtenRules(policy)) {
    objectsField(objectField(document, 'mutate') ?? {}, 'targets').forEach((target, index) => {
      const namespace = textField(target, 'namespace') ?? ''
      if (namespace !== '' && namespace !== own) problems.error([...path, 'mutate', 'targets', index, 'namespace'], 'INVALID_POLICY', `a Policy changes resources of its own namespace "${own}" only`)
    })
    const generate = objectField(document, 'generate')
    if (generate === undefined || Object.keys(generate).length === 0) continue
    const patterns = objectsField(generate, 'foreach')
    for (const pattern of patterns.length > 0 ? patterns : [generate]) {
      const namespace = textField(pattern, 'namespace') ?? ''
      if (namespace !== own) problems.error([...path, 'generate', 'namespace'], 'INVALID_POLICY', `a Policy generates in its own namespace "${own}", not in "${namespace}"`)
    }
  }
}
