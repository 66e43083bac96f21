import { EvaluationError } from '../model/errors.ts'
import type { JsonValue } from '../model/json.ts'
import { lookupKey, type LookupRequest } from '../model/lookups.ts'
import { describeRequest } from './describe-request.ts'

/** Loads from outside what nothing at hand answers; `undefined` means "asked, and it does not exist". */
export type LookupLoader = (request: LookupRequest) => Promise<JsonValue | undefined>

/** An answer, or why there is none. */
export type Answer = { readonly value: JsonValue | undefined } | { readonly error: EvaluationError }

/** What was answered so far. A failure is an answer too: the rule that asked ends in an error. */
export class LoadedAnswers {
  readonly #answers = new Map<string, Answer>()
  readonly #loader: LookupLoader | undefined

  constructor(loader: LookupLoader | undefined) {
    this.#loader = loader
  }

  find(request: LookupRequest): Answer | undefined {
    return this.#answers.get(lookupKey(request))
  }

  add(request: LookupRequest, answer: Answer): void {
    this.#answers.set(lookupKey(request), answer)
  }

  async load(request: LookupRequest): Promise<void> {
    try {
      this.add(request, { value: await this.#loader?.(request) })
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      this.add(request, { error: new EvaluationError('LOOKUP_FAILED', `${describeRequest(request)} could not be loaded: ${reason}`, { cause }) })
    }
  }
}

/** The value of an answer. Throws the error that it may be. */
export function valueOf(answer: Answer): JsonValue | undefined {
  if ('error' in answer) throw answer.error
  return answer.value
}
