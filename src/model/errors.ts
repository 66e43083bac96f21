import type { FieldPath, SourceLocation } from './source.ts'

/** Base of every error that presync foresees. The code is API and is what tests match; the message is for people and may change. */
export class KnownError<Code extends string = string> extends Error {
  readonly code: Code

  constructor(code: Code, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}

/** What can keep a rule from being evaluated. Each code is described in docs/errors.md. */
export type EvaluationErrorCode =
  | 'UNRESOLVED_VARIABLE' | 'INVALID_EXPRESSION' | 'EXPRESSION_FAILED' | 'TYPE_MISMATCH' | 'UNKNOWN_OPERATOR' | 'INVALID_CONDITION'
  | 'INVALID_PATTERN' | 'INVALID_PATCH' | 'INVALID_RULE' | 'INVALID_IMAGE' | 'LOOKUP_FAILED' | 'LOOKUP_UNAVAILABLE' | 'COST_EXCEEDED' | 'LIMIT_EXCEEDED'

/** Thrown by the leaves of the evaluator; becomes the `error` status of the rule, in one place. */
export class EvaluationError extends KnownError<EvaluationErrorCode> {
  /** Place inside the policy, relative to the rule. */
  readonly policyPath: FieldPath | undefined
  /** Place inside the resource. */
  readonly resourcePath: FieldPath | undefined
  /** What was missing and how a user can supply it; absent where nothing was. */
  readonly missing: MissingInput | undefined

  constructor(code: EvaluationErrorCode, message: string, details: EvaluationErrorDetails = {}) {
    super(code, message, { cause: details.cause })
    this.policyPath = details.policyPath
    this.resourcePath = details.resourcePath
    this.missing = details.missing
  }
}

export interface EvaluationErrorDetails {
  readonly policyPath?: FieldPath
  readonly resourcePath?: FieldPath
  readonly missing?: MissingInput
  readonly cause?: unknown
}

/** Something that an evaluation needed and nobody supplied. */
export interface MissingInput {
  /** For example `ConfigMap default/registries`. */
  readonly what: string
  /** One sentence: how to supply it. */
  readonly hint: string
}

/** Something wrong with an input (policy, manifest, option). A value: problems are collected, all of them, not only the first. */
export interface Problem {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly location?: SourceLocation
  readonly policy?: string
  readonly rule?: string
}

/** A case that the types rule out. Reaching it is a bug. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`unexpected ${what}: ${String(value)}`)
}
