// Faithful to Kyverno's pkg/engine/variables/operator/equal.go.
import { compareSides } from '../equality.ts'
import type { Operator } from '../operator.ts'

/** Equals; Equal is its older spelling. */
export const equals: Operator = {
  summary: 'both sides are the same; text in the value may be a wildcard, a duration or a quantity',
  evaluate: (key, value) => compareSides(key, value, false) === 'equal',
}
