import type { Policy } from '../model/policy.ts'
import type { PolicyKind } from '../model/policy-kind.ts'
import { compileRulePolicy } from './compile-rule-policy.ts'
import type { CompiledPolicy } from './step.ts'

/** How each kind of policy is prepared. */
const policyCompilers = {
  ClusterPolicy: compileRulePolicy,
  Policy: compileRulePolicy,
  // They run on a schedule and decide nothing when a resource is admitted.
  CleanupPolicy: (policy) => ({ policy, problems: [], steps: {} }),
  ClusterCleanupPolicy: (policy) => ({ policy, problems: [], steps: {} }),
} as const satisfies { readonly [Kind in PolicyKind]?: (policy: Extract<Policy, { kind: Kind }>) => CompiledPolicy }

/** Prepares a policy: everything that does not depend on a trigger is done here, once. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const compile = Object.hasOwn(policyCompilers, policy.kind) ? policyCompilers[policy.kind as keyof typeof policyCompilers] as (policy: Policy) => CompiledPolicy : undefined
  if (compile) return compile(policy)
  const message = `${policy.kind} "${policy.name}" is read but not evaluated: this version of presync cannot evaluate its kind`
  return {
    policy, steps: {},
    problems: [{ code: 'UNSUPPORTED_POLICY', severity: 'error', message, policy: policy.name, ...(policy.source ? { location: policy.source } : {}) }],
  }
}
