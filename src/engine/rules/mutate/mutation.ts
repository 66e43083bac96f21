import type { EvaluationError } from '../../../model/errors.ts'
import type { JsonObject } from '../../../model/json.ts'
import type { RuleRun } from '../rule-run.ts'

/** What a mutate rule made of one object. */
export type Mutation =
  | { readonly status: 'pass'; readonly object: JsonObject }
  | { readonly status: 'skip'; readonly message: string }
  | { readonly status: 'error'; readonly message: string; readonly error: EvaluationError }

/** Mutates an object, which is the trigger's own or a target's. */
export type Mutator = (run: RuleRun, object: JsonObject) => Mutation

/** A mutation that cannot be made, under Kyverno's words for where it failed. */
export function failToMutate(words: string, error: EvaluationError): Mutation {
  return { status: 'error', message: `${words}: ${error.message}`, error }
}
