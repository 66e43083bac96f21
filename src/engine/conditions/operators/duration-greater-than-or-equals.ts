// Faithful to Kyverno's pkg/engine/variables/operator/duration.go.
import { durationOperator } from '../duration-order.ts'
import { orderTests } from '../order.ts'

/** DurationGreaterThanOrEquals (deprecated: GreaterThanOrEquals). */
export const durationGreaterThanOrEquals = durationOperator('the key is greater than or equal to the value, both durations or seconds (deprecated: GreaterThanOrEquals)', orderTests.greaterThanOrEquals)
