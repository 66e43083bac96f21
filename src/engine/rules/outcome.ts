import type { EvaluationError } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Resource } from '../../model/resource.ts'
import type { JsonPatchOperation, TargetChange, Violation } from '../../model/result.ts'

interface OutcomeCore {
  readonly message: string
  readonly properties?: Readonly<Record<string, string>>
  /** Keys of the exceptions that brought it about. */
  readonly exceptions?: readonly string[]
  /** The trigger's object after the rule, where that changed it. */
  readonly object?: JsonObject
}

/** What a rule's handler says; the evaluator makes a result of it. */
export type RuleOutcome = OutcomeCore & (
  | { readonly status: 'pass'; readonly changes?: readonly JsonPatchOperation[]; readonly targets?: readonly TargetChange[]
      readonly generated?: readonly Resource[] }
  | { readonly status: 'fail'; readonly violations: readonly [Violation, ...Violation[]] }
  | { readonly status: 'error'; readonly error: EvaluationError
      /** Kyverno's mutate handlers return no object together with such an error; the rules and policies after it then see none. */
      readonly losesObject?: boolean }
  | { readonly status: 'skip' }
)

export function pass(message: string): RuleOutcome {
  return { status: 'pass', message }
}

export function skip(message: string): RuleOutcome {
  return { status: 'skip', message }
}

/** A failure with its reasons; without any the message itself is the reason, at the resource as a whole. */
export function fail(message: string, violations: readonly Violation[] = []): RuleOutcome {
  const [first = { path: [], message }, ...rest] = violations
  return { status: 'fail', message, violations: [first, ...rest] }
}

/** An error under Kyverno's words for where it happened: `words: error`. */
export function failToEvaluate(words: string, error: EvaluationError): RuleOutcome {
  return { status: 'error', message: `${words}: ${error.message}`, error }
}
