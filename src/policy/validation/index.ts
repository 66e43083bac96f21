import type { RulePolicy } from '../../model/policy.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { checkRuleChecks } from './checks.ts'
import { checkConditions } from './conditions.ts'
import { checkContextEntries } from './context-entries.ts'
import { checkGenerate } from './generate.ts'
import { checkMatchBlocks } from './match-blocks.ts'
import { checkMatchExcludeConflict } from './match-exclude-conflict.ts'
import { checkNamespacedPolicy } from './namespaced-policy.ts'
import { checkPodSecurity } from './pod-security.ts'
import { checkPolicyShape } from './policy-shape.ts'
import { checkVerifyImages } from './verify-images.ts'

/** What Kyverno's policy validation looks at, one file a subject (Kyverno: pkg/validation/policy/validate.go). */
const checks = [
  checkPolicyShape, checkNamespacedPolicy, checkMatchBlocks, checkMatchExcludeConflict, checkConditions, checkContextEntries, checkRuleChecks, checkPodSecurity,
  checkGenerate, checkVerifyImages,
] as const satisfies readonly ((policy: RulePolicy, problems: ProblemCollector) => void)[]

/** Reports everything for which Kyverno refuses a ClusterPolicy or Policy, and what it accepts but does not do. */
export function validateRulePolicy(policy: RulePolicy, problems: ProblemCollector): void {
  for (const check of checks) check(policy, problems)
}
