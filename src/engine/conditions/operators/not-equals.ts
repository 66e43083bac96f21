// Faithful to Kyverno's pkg/engine/variables/operator/notequal.go.
import { compareSides } from '../equality.ts'
import type { Operator } from '../operator.ts'

/** NotEquals; NotEqual is its older spelling. */
export const notEquals: Operator = {
  summary: 'the sides differ; also true if their types do',
  evaluate: (key, value) => compareSides(key, value, true) === 'different',
}
