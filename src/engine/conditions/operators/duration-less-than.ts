// Faithful to Kyverno's pkg/engine/variables/operator/duration.go.
import { durationOperator } from '../duration-order.ts'
import { orderTests } from '../order.ts'

/** DurationLessThan (deprecated: LessThan). */
export const durationLessThan = durationOperator('the key is less than the value, both durations or seconds (deprecated: LessThan)', orderTests.lessThan)
