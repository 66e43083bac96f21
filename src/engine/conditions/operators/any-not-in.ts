// Faithful to Kyverno's pkg/engine/variables/operator/anynotin.go.
import { evaluateMembership, isInRange, type Membership } from '../membership.ts'
import type { Operator } from '../operator.ts'

const membership: Membership = {
  ofList: (keys, isMember) => keys.some((key) => !isMember(key)),
  // Kyverno makes `a!-b` of `a-b` by its first minus, which a negative lower bound breaks.
  ofRange: (keys, range) => keys.some((key) => isInRange(key, range.replace('-', '!-'))),
  isMember: false,
  takesScalars: true,
}

/** AnyNotIn. */
export const anyNotIn: Operator = {
  summary: 'the key, or some item of it, is not in the value',
  evaluate: (key, value) => evaluateMembership(key, value, membership),
}
