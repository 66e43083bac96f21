// Faithful to Kyverno's pkg/engine/variables/operator/numeric.go.
import { numericOperator } from '../numeric-order.ts'
import { orderTests } from '../order.ts'

/** GreaterThan. */
export const greaterThan = numericOperator('the key is greater than the value: numbers, durations, quantities or versions', orderTests.greaterThan)
