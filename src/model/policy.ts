import type { FailureAction, FailureActionOverride } from './failure-action.ts'
import type { JsonObject, JsonValue } from './json.ts'
import type { RulePolicyKind } from './policy-kind.ts'
import type { Labels } from './resource.ts'
import type { Rule } from './rule.ts'
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

/** A PolicyException (`kyverno.io/v2`, `v2beta1`). */
export interface PolicyException {
  readonly name: string
  readonly namespace: string
  readonly exceptions: readonly { readonly policyName: string; readonly ruleNames: readonly string[] }[]
  readonly match: Rule['match']
  readonly conditions?: JsonValue
  readonly podSecurity: readonly JsonObject[]
  readonly background: boolean
  readonly source?: SourceLocation
}
