import { EvaluationError } from '../../../model/errors.ts'
import { LookupPending } from '../../../model/lookups.ts'

/**
 * Remembers an error that a later operand may make irrelevant (`error || true` is true). A pending look-up is CEL's *unknown*: it outranks an
 * error, because its answer may decide. What is neither (a bug, an exceeded cost limit) is thrown on.
 */
export function absorb(previous: Error | undefined, error: unknown): Error {
  if (error instanceof LookupPending) return previous instanceof LookupPending ? previous : error
  if (error instanceof EvaluationError && error.code !== 'COST_EXCEEDED') return previous ?? error
  throw error
}
