import { EvaluationError } from '../model/errors.ts'

/** What came of something that may not be evaluable. */
export type Attempt<T> = { readonly value: T; readonly error?: undefined } | { readonly error: EvaluationError }

/**
 * The engine's only catch. It takes EvaluationError and nothing else, so that a pending look-up and a bug pass through.
 * Used where Kyverno goes on after an error (defaults, optional lists, messages), and once around every rule.
 */
export function attempt<T>(run: () => T): Attempt<T> {
  try {
    return { value: run() }
  } catch (error) {
    if (error instanceof EvaluationError) return { error }
    throw error
  }
}

/** The same error with words before its own, as Go's `%w` adds them. */
export function withPrefix(error: EvaluationError, prefix: string): EvaluationError {
  return new EvaluationError(error.code, `${prefix}: ${error.message}`, {
    cause: error,
    ...(error.policyPath ? { policyPath: error.policyPath } : {}),
    ...(error.resourcePath ? { resourcePath: error.resourcePath } : {}),
    ...(error.missing ? { missing: error.missing } : {}),
  })
}

/** Runs, and puts words before the message of an error. */
export function prefixErrors<T>(prefix: string | (() => string), run: () => T): T {
  const result = attempt(run)
  if (result.error) throw withPrefix(result.error, typeof prefix === 'string' ? prefix : prefix())
  return result.value
}
