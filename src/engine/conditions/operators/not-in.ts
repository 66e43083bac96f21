// Faithful to Kyverno's pkg/engine/variables/operator/notin.go.
import { evaluateExactMembership } from '../exact-membership.ts'
import type { Operator } from '../operator.ts'

/** NotIn (deprecated: AnyNotIn, AllNotIn). */
export const notIn: Operator = {
  summary: 'the key, or some item of it, is not in the value (deprecated: AllNotIn, AnyNotIn)',
  evaluate: (key, value) => evaluateExactMembership(key, value, true),
}
