// Faithful to Kyverno's pkg/engine/variables/operator/numeric.go.
import { numericOperator } from '../numeric-order.ts'
import { orderTests } from '../order.ts'

/** GreaterThanOrEquals. */
export const greaterThanOrEquals = numericOperator('the key is greater than or equal to the value: numbers, durations, quantities or versions', orderTests.greaterThanOrEquals)
