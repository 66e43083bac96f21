// Faithful to Kyverno's pkg/engine/variables/operator/allin.go.
import { evaluateMembership, isInRange, type Membership } from '../membership.ts'
import type { Operator } from '../operator.ts'

const membership: Membership = {
  ofList: (keys, isMember) => keys.every(isMember),
  ofRange: (keys, range) => keys.every((key) => isInRange(key, range)),
  isMember: true,
  takesScalars: false,
}

/** AllIn. */
export const allIn: Operator = {
  summary: 'the key, or every item of it, is in the value',
  evaluate: (key, value) => evaluateMembership(key, value, membership),
}
