import { EvaluationError } from '../model/errors.ts'

/** Nesting that no Kubernetes object has; more than this would endanger the stack. */
export const maxDepth = 1000

/** Throws where a value or patch is nested too deeply to walk it safely. */
export function assertDepth(depth: number): void {
  if (depth > maxDepth) throw new EvaluationError('LIMIT_EXCEEDED', `nested more than ${maxDepth} levels deep`)
}
