// Faithful to Kyverno's pkg/engine/variables/operator/numeric.go.
import { numericOperator } from '../numeric-order.ts'
import { orderTests } from '../order.ts'

/** LessThanOrEquals. */
export const lessThanOrEquals = numericOperator('the key is less than or equal to the value: numbers, durations, quantities or versions', orderTests.lessThanOrEquals)
