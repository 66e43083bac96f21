// Faithful to Kyverno's pkg/engine/variables/operator/duration.go.
import { durationOperator } from '../duration-order.ts'
import { orderTests } from '../order.ts'

/** DurationGreaterThan (deprecated: GreaterThan). */
export const durationGreaterThan = durationOperator('the key is greater than the value, both durations or seconds (deprecated: GreaterThan)', orderTests.greaterThan)
