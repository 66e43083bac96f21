import type { FailureAction, FailureActionOverride } from './failure-action.ts'
import type { JsonObject, JsonValue } from './json.ts'
import type { CelPolicyKind, CleanupPolicyKind, RulePolicyKind } from './policy-kind.ts'
import type { Labels } from './resource.ts'
import type { ContextEntry, Match, Rule } from './rule.ts'
import type { FieldPath, SourceLocation } from './source.ts'

/** What every kind of policy document has. */
export interface PolicyDocument {
  readonly apiVersion: string
  readonly name: string
  readonly namespace?: string
  readonly labels: Labels
  readonly annotations: Readonly<Record<string, string>>
  /** The document as read, defaults not filled in. */
  readonly document: JsonObject
  readonly source?: SourceLocation
  locate(path: FieldPath): SourceLocation | undefined
}

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
  readonly matchConditions: readonly CelMatchCondition[]
  readonly generateExisting: boolean
  readonly mutateExistingOnPolicyUpdate: boolean
}

export interface CelMatchCondition {
  readonly name: string
  readonly expression: string
}

/** A policy of the CEL generation, or one of Kubernetes' own; its fields are those of its kind's spec. */
export interface CelPolicy extends PolicyDocument {
  readonly kind: CelPolicyKind
  readonly spec: JsonObject
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
