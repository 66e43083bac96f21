import { EvaluationError } from '../../model/errors.ts'

/** A function that cannot answer. */
export function failure(functionName: string, message: string): EvaluationError {
  return new EvaluationError('EXPRESSION_FAILED', `JMESPath function ${functionName}: ${message}`)
}
