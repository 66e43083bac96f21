// Faithful to Kyverno's pkg/engine/variables/operator/in.go.
import { evaluateExactMembership } from '../exact-membership.ts'
import type { Operator } from '../operator.ts'

/** In (deprecated: AnyIn, AllIn). */
export const inOperator: Operator = {
  summary: 'the key, or every item of it, is in the value (deprecated: AllIn, AnyIn)',
  evaluate: (key, value) => evaluateExactMembership(key, value, false),
}
