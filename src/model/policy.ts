import type { CelPolicy, NamedExpression } from './cel-policy.ts'
import type { FailureAction, FailureActionOverride } from './failure-action.ts'
import type { JsonObject, JsonValue } from './json.ts'
import type { PolicyDocument } from './policy-document.ts'
import type { CleanupPolicyKind, RulePolicyKind } from './policy-kind.ts'
import type { ContextEntry, Match, Rule } from './rule.ts'
import type { SourceLocation } from './source.ts'

/** A ClusterPolicy or Policy, narrowed once: past this type nothing asks which optional fields are set. */
export interface RulePolicy extends PolicyDocument {
  readonly kind: RulePolicyKind
  readonly rules: readonly Rule[]
  readonly applyRules: 'All' | 'One'
  readonly admission: boolean
  readonly background: boolean
  readonly failureAction: FailureAction
  readonly failureActionOverrides: readonly FailureActionOverride[]
  readonly emitWarning: boolean
  readonly matchConditions: readonly NamedExpression[]
  readonly generateExisting: boolean
  readonly mutateExistingOnPolicyUpdate: boolean
}

/** A CleanupPolicy or ClusterCleanupPolicy: deletes on a schedule what it matches. */
export interface CleanupPolicy extends PolicyDocument {
  readonly kind: CleanupPolicyKind
  readonly schedule: string
  readonly match: Match
  readonly exclude?: Match
  readonly context: readonly ContextEntry[]
  readonly conditions?: JsonValue
}

/** Every kind of policy, told apart by `kind`. */
export type Policy = RulePolicy | CelPolicy | CleanupPolicy

/** A PolicyException (`kyverno.io/v2`, `v2beta1`). */
export interface PolicyException {
  readonly name: string
  readonly namespace: string
  readonly exceptions: readonly { readonly policyName: string; readonly ruleNames: readonly string[] }[]
  readonly match: Match
  readonly conditions?: JsonValue
  readonly podSecurity: readonly JsonObject[]
  readonly background: boolean
  readonly source?: SourceLocation
}
