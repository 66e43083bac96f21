import { EvaluationError } from '../../model/errors.ts'
import type { Bindings } from './compile/frame.ts'
import type { EvaluateOptions, Program } from './program.ts'
import type { CelValue } from './values/value.ts'

/** The API server's limits (apiserver pkg/apis/cel/config.go). Kyverno's own kinds have the limit of a call only. */
export const costLimits = {
  /** One evaluation of one expression. */
  call: 1_000_000,
  /** All expressions of a policy on one object. */
  policy: 10_000_000,
  /** All match conditions on one object. */
  matchConditions: 2_500_000,
} as const

/** What the expressions of a policy may cost together. */
export class CostBudget {
  private remaining: number

  constructor(total: number) {
    this.remaining = total
  }

  /** Evaluates within the limit of a call and what is left of the budget; refuses once nothing is left. */
  evaluate(program: Program, bindings: Bindings, options: Pick<EvaluateOptions, 'lookups' | 'context'> = {}): CelValue {
    if (this.remaining < 0) throw outOfBudget()
    try {
      const value = program.evaluate(bindings, { ...options, costLimit: costLimits.call, onCost: (cost) => { this.remaining -= cost } })
      if (this.remaining < 0) throw outOfBudget()
      return value
    } catch (error) {
      if (this.remaining < 0) throw outOfBudget()
      throw error
    }
  }
}

function outOfBudget(): EvaluationError {
  return new EvaluationError('COST_EXCEEDED', 'validation failed due to running out of cost budget, no further validation rules will be run')
}
