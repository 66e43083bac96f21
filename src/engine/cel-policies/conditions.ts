// Kyverno: pkg/cel/policies/vpol/compiler/policy.go (match)
import type { Program } from '../../expression/cel/index.ts'
import { EvaluationError } from '../../model/errors.ts'
import { attempt } from '../attempt.ts'
import type { CelRun } from './cel-run.ts'

/** Whether all conditions hold. A later one that is false outweighs an earlier error; with errors only, it cannot be said, which throws. */
export function conditionsHold(run: CelRun, conditions: readonly Program[]): boolean {
  const errors: EvaluationError[] = []
  for (const condition of conditions) {
    const result = attempt(() => run.evaluate(condition))
    if (result.error !== undefined) errors.push(result.error)
    else if (result.value !== true) return false
  }
  const [first, ...rest] = errors
  if (first === undefined) return true
  if (rest.length === 0) throw first
  throw new EvaluationError(first.code, errors.map(({ message }) => message).join('; '), { cause: first, ...(first.missing ? { missing: first.missing } : {}) })
}
