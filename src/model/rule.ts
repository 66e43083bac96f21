import type { FailureAction, FailureActionOverride } from './failure-action.ts'
import type { JsonObject, JsonValue } from './json.ts'
import type { LabelSelector } from './label-selector.ts'
import type { Operation } from './resource.ts'
import type { FieldPath } from './source.ts'

/** One rule of a ClusterPolicy or Policy; the body is a union, so "two bodies" cannot be said. */
export interface Rule {
  readonly name: string
  readonly match: Match
  readonly exclude?: Match
  readonly context: readonly ContextEntry[]
  /** Raw any/all object or legacy list; substituted and evaluated per trigger. */
  readonly preconditions?: JsonValue
  readonly celPreconditions: readonly { readonly name: string; readonly expression: string }[]
  readonly imageExtractors: JsonObject
  readonly reportProperties: Readonly<Record<string, string>>
  readonly body: RuleBody
  /** The rule as written (or as autogen made it). */
  readonly document: JsonObject
  /** Path of the rule inside the policy document; for autogen rules that of the rule it was made from. */
  readonly path: FieldPath
}

/** How the filters of a match or exclude block combine; `legacy` is the form without any/all. */
export interface Match {
  readonly form: 'any' | 'all' | 'legacy'
  readonly filters: readonly ResourceFilter[]
}

export interface ResourceFilter {
  readonly kinds: readonly string[]
  readonly name?: string
  readonly names: readonly string[]
  readonly namespaces: readonly string[]
  readonly annotations: Readonly<Record<string, string>>
  readonly selector?: LabelSelector
  readonly namespaceSelector?: LabelSelector
  readonly operations: readonly Operation[]
  readonly roles: readonly string[]
  readonly clusterRoles: readonly string[]
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[]
}

export type ContextEntry =
  | { readonly kind: 'variable'; readonly name: string; readonly value?: JsonValue; readonly jmesPath?: string; readonly default?: JsonValue }
  | { readonly kind: 'configMap'; readonly name: string; readonly configMapName: string; readonly configMapNamespace: string }
  | { readonly kind: 'apiCall'; readonly name: string; readonly spec: JsonObject; readonly jmesPath?: string; readonly default?: JsonValue }
  | { readonly kind: 'globalReference'; readonly name: string; readonly reference: string; readonly jmesPath?: string }
  | { readonly kind: 'imageRegistry'; readonly name: string; readonly reference: string; readonly jmesPath?: string; readonly credentials?: JsonObject }

export type RuleBody =
  | { readonly type: 'validate'; readonly check: ValidateCheck; readonly message: string; readonly failureAction?: FailureAction
      readonly failureActionOverrides: readonly FailureActionOverride[]; readonly allowExistingViolations: boolean }
  | { readonly type: 'mutate'; readonly method: MutateMethod; readonly targets: readonly JsonObject[] }
  | { readonly type: 'generate'; readonly spec: JsonObject }
  | { readonly type: 'verifyImages'; readonly images: readonly JsonObject[] }

/** Values are raw JSON with variables still in it: they are substituted per trigger. */
export type ValidateCheck =
  | { readonly kind: 'pattern'; readonly pattern: JsonValue }
  | { readonly kind: 'anyPattern'; readonly patterns: JsonValue }
  | { readonly kind: 'deny'; readonly conditions: JsonValue | undefined }
  | { readonly kind: 'foreach'; readonly foreach: readonly ValidateForeach[] }
  | { readonly kind: 'podSecurity'; readonly level: string; readonly version: string; readonly exclude: readonly JsonObject[] }
  | { readonly kind: 'cel'; readonly cel: JsonObject }
  | { readonly kind: 'assert'; readonly assert: JsonValue }
  | { readonly kind: 'manifests'; readonly manifests: JsonObject }

export interface ValidateForeach {
  readonly list: string
  readonly elementScope?: boolean
  readonly context: readonly ContextEntry[]
  readonly preconditions?: JsonValue
  readonly check: Extract<ValidateCheck, { kind: 'pattern' | 'anyPattern' | 'deny' | 'foreach' }>
}

export type MutateMethod =
  | { readonly kind: 'patchStrategicMerge'; readonly patch: JsonValue }
  | { readonly kind: 'patchesJson6902'; readonly patch: string }
  | { readonly kind: 'foreach'; readonly foreach: readonly MutateForeach[] }

export interface MutateForeach {
  readonly list: string
  readonly order?: 'Ascending' | 'Descending'
  readonly context: readonly ContextEntry[]
  readonly preconditions?: JsonValue
  readonly method: MutateMethod
}
