// Faithful to Kyverno's pkg/engine/variables/operator/anyin.go.
import { evaluateMembership, isInRange, type Membership } from '../membership.ts'
import type { Operator } from '../operator.ts'

const membership: Membership = {
  ofList: (keys, isMember) => keys.some(isMember),
  ofRange: (keys, range) => keys.some((key) => isInRange(key, range)),
  isMember: true,
  takesScalars: true,
}

/** AnyIn. */
export const anyIn: Operator = {
  summary: 'the key, or some item of it, is in the value',
  evaluate: (key, value) => evaluateMembership(key, value, membership),
}
