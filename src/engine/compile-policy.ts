import type { Policy } from '../model/policy.ts'
import type { CelCompiler } from './cel-compiler.ts'
import { compileRulePolicy } from './compile-rule-policy.ts'
import type { CompiledPolicy } from './step.ts'

/**
 * Prepares a policy: everything that does not depend on a trigger is done here, once. What is written in CEL needs its compiler
 * (`loadCelPolicies`), which runs without such policies do not load; without one, such a policy is reported as not evaluated.
 */
export function compilePolicy(policy: Policy, cel?: CelCompiler): CompiledPolicy {
  switch (policy.kind) {
    case 'ClusterPolicy': case 'Policy': return compileRulePolicy(policy, cel)
    // They run on a schedule and decide nothing when a resource is admitted.
    case 'CleanupPolicy': case 'ClusterCleanupPolicy': return { policy, problems: [], steps: {} }
    default: return cel === undefined ? reportUnsupported(policy) : cel.compilePolicy(policy)
  }
}

function reportUnsupported(policy: Policy): CompiledPolicy {
  const message = `${policy.kind} "${policy.name}" is read but not evaluated: nothing here can evaluate its kind`
  return {
    policy, steps: {},
    problems: [{ code: 'UNSUPPORTED_POLICY', severity: 'error', message, policy: policy.name, ...(policy.source ? { location: policy.source } : {}) }],
  }
}
