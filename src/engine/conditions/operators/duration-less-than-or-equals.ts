// Faithful to Kyverno's pkg/engine/variables/operator/duration.go.
import { durationOperator } from '../duration-order.ts'
import { orderTests } from '../order.ts'

/** DurationLessThanOrEquals (deprecated: LessThanOrEquals). */
export const durationLessThanOrEquals = durationOperator('the key is less than or equal to the value, both durations or seconds (deprecated: LessThanOrEquals)', orderTests.lessThanOrEquals)
