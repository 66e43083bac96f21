import type { EvaluationError, MissingInput } from './errors.ts'
import type { FailureAction } from './failure-action.ts'
import type { JsonValue } from './json.ts'
import type { PolicyKind } from './policy-kind.ts'
import type { Resource } from './resource.ts'
import type { FieldPath, SourceLocation } from './source.ts'

/** PolicyReport's words. `error` means "could not be evaluated", never "violated". */
export type Status = 'pass' | 'fail' | 'warn' | 'error' | 'skip'

export type RuleType = 'validate' | 'mutate' | 'generate' | 'verifyImages' | 'delete'

/** One reason inside a failing result. */
export interface Violation {
  /** In the resource. Of a missing field: the path where it should be. */
  readonly path: FieldPath
  readonly message: string
  readonly location?: SourceLocation
}

/** Why a failure does not count: somebody wrote down that it is known. */
export interface Suppression {
  /** An annotation of the resource, or an entry of a baseline file. */
  readonly by: 'annotation' | 'baseline'
  readonly reason: string
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly until?: string
  /** What the result was before. */
  readonly status: 'fail' | 'warn' | 'error'
  /** What was violated; none where the rule could not be evaluated. */
  readonly violations: readonly Violation[]
}

/** One JSON Patch operation (RFC 6902), as Kyverno's `patches`. */
export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test'
  /** JSON pointer. */
  readonly path: string
  readonly from?: string
  readonly value?: JsonValue
}

/** A resource that a rule changed besides its trigger (mutateExisting). */
export interface TargetChange {
  readonly before: Resource
  readonly after: Resource
  readonly changes: readonly JsonPatchOperation[]
}

export interface PolicyRef {
  readonly kind: PolicyKind
  readonly name: string
  readonly namespace?: string
  readonly source?: SourceLocation
  readonly annotations: Readonly<Record<string, string>>
}

interface ResultCore {
  readonly policy: PolicyRef
  /** Empty for kinds without rules (ValidatingPolicy and the like). */
  readonly rule: string
  readonly ruleType: RuleType
  readonly resource: Resource
  /** What this rule's failure means in the cluster; resolved per resource (overrides included). */
  readonly failureAction: FailureAction
  /** The rule's place in its file. */
  readonly ruleLocation?: SourceLocation
  readonly message: string
  /** The exceptions that turned this result into a skip. */
  readonly exceptions?: readonly string[]
  /** Kyverno's reportProperties, audit annotations and the like. */
  readonly properties?: Readonly<Record<string, string>>
  /** What a skipped or erring rule lacked. */
  readonly missing?: readonly MissingInput[]
}

/** One rule × one resource. */
export type RuleResult = ResultCore & (
  | { readonly status: 'pass'; readonly changes?: readonly JsonPatchOperation[]; readonly targets?: readonly TargetChange[]
      readonly generated?: readonly Resource[] }
  | { readonly status: 'fail' | 'warn'; readonly violations: readonly [Violation, ...Violation[]] }
  | { readonly status: 'error'; readonly error: EvaluationError }
  | { readonly status: 'skip'; readonly suppression?: Suppression }
)
