// Faithful to Kyverno's pkg/engine/variables/operator/allnotin.go.
import { evaluateMembership, isInRange, type Membership } from '../membership.ts'
import type { Operator } from '../operator.ts'

const membership: Membership = {
  ofList: (keys, isMember) => !keys.some(isMember),
  ofRange: (keys, range) => !keys.some((key) => isInRange(key, range)),
  isMember: false,
  takesScalars: false,
}

/** AllNotIn. */
export const allNotIn: Operator = {
  summary: 'the key, and every item of it, is not in the value',
  evaluate: (key, value) => evaluateMembership(key, value, membership),
}
