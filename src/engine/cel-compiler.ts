import type { CelPolicy } from '../model/cel-policy.ts'
import type { Problem } from '../model/errors.ts'
import type { Policy, RulePolicy } from '../model/policy.ts'
import type { CelRuleCompiler } from './rules/rule-compiler.ts'
import type { CompiledPolicy, StepInput } from './step.ts'

/** What the rest of the engine needs of CEL. It is loaded only where a policy is written in it. */
export interface CelCompiler extends CelRuleCompiler {
  compilePolicy(policy: CelPolicy): CompiledPolicy
  /** The `webhookConfiguration.matchConditions` of a policy. */
  compileMatchConditions(policy: RulePolicy): (input: StepInput) => boolean
  /** What is wrong with the expressions of a policy with rules. */
  findRuleProblems(policy: RulePolicy): readonly Problem[]
}

/** Whether anything of a policy is written in CEL. */
export function needsCel(policy: Policy): boolean {
  switch (policy.kind) {
    case 'ClusterPolicy': case 'Policy':
      return policy.matchConditions.length > 0 || policy.rules.some(({ body }) => body.type === 'validate' && body.check.kind === 'cel')
    case 'CleanupPolicy': case 'ClusterCleanupPolicy': return false
    default: return true
  }
}
