import type { JsonValue } from './json.ts'

/** A question to the outside world. Two requests with the same `lookupKey` have the same answer within a run. */
export type LookupRequest =
  | { readonly kind: 'configMap'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'apiCall'; readonly method: 'GET' | 'POST'; readonly urlPath: string; readonly data?: JsonValue }
  | { readonly kind: 'serviceCall'; readonly method: 'GET' | 'POST'; readonly url: string; readonly data?: JsonValue
      readonly headers?: Readonly<Record<string, string>>; readonly caBundle?: string }
  | { readonly kind: 'globalContext'; readonly name: string; readonly projection?: string }
  | { readonly kind: 'imageData'; readonly reference: string }
  | { readonly kind: 'imageVerification'; readonly reference: string; readonly attestor: JsonValue }
  | { readonly kind: 'resource'; readonly apiVersion: string; readonly resource: string; readonly namespace: string; readonly name: string }
  | { readonly kind: 'resourceList'; readonly apiVersion: string; readonly resource: string; readonly namespace: string
      readonly labels?: Readonly<Record<string, string>> }

/**
 * The port through which pure evaluation asks. Synchronous: an answer that is not there yet is asked for by throwing `LookupPending`;
 * the pipeline loads it and evaluates again. A failed load is an `EvaluationError` with `LOOKUP_FAILED`; something that nobody
 * supplied is one with `LOOKUP_UNAVAILABLE` and says what was missing.
 */
export interface Lookups {
  /** Returns the answer; `undefined` means "asked, and it does not exist". */
  get(request: LookupRequest): JsonValue | undefined
  /** Known beforehand: nothing of the kind is ever answered, so that the question need not be made. */
  refuses?(kind: LookupRequest['kind']): boolean
  /** The time of the run in milliseconds since 1970: one instant a run, so that results are reproducible. */
  readonly now: number
  /** A pseudo-random number in [0, 1), from the run's seed. */
  random(): number
}

/** Control flow, not an error: passes every `catch` of the engine, which takes `EvaluationError` only. */
export class LookupPending extends Error {
  readonly request: LookupRequest

  constructor(request: LookupRequest) {
    super(`look-up pending: ${lookupKey(request)}`)
    this.name = 'LookupPending'
    this.request = request
  }
}

/** A text that is equal for equal requests. */
export function lookupKey(request: LookupRequest): string {
  return JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}
