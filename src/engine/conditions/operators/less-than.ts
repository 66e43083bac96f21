// Faithful to Kyverno's pkg/engine/variables/operator/numeric.go.
import { numericOperator } from '../numeric-order.ts'
import { orderTests } from '../order.ts'

/** LessThan. */
export const lessThan = numericOperator('the key is less than the value: numbers, durations, quantities or versions', orderTests.lessThan)
