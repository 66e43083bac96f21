import { compareText } from '../../../values/text-order.ts'
import { compareBytes } from './equality.ts'
import { CelBytes, CelDuration, CelTimestamp, CelUint, type CelValue } from './value.ts'

/**
 * Orders two values: negative, zero or positive; NaN where a number is not a number, and undefined where the two have no order.
 */
export function compareValues(a: CelValue, b: CelValue): number | undefined {
  const [left, right] = [numberOf(a), numberOf(b)]
  if (left !== undefined && right !== undefined) return compareNumbers(left, right)
  if (typeof a === 'string') return typeof b === 'string' ? compareText(a, b) : undefined
  if (typeof a === 'boolean') return typeof b === 'boolean' ? Number(a) - Number(b) : undefined
  return compareBoxed(a, b)
}

function compareBoxed(a: CelValue, b: CelValue): number | undefined {
  if (a instanceof CelTimestamp) return b instanceof CelTimestamp ? compareNumbers(a.nanoseconds, b.nanoseconds) : undefined
  if (a instanceof CelDuration) return b instanceof CelDuration ? compareNumbers(a.nanoseconds, b.nanoseconds) : undefined
  return a instanceof CelBytes && b instanceof CelBytes ? compareBytes(a.bytes, b.bytes) : undefined
}

function numberOf(value: CelValue): bigint | number | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value
  return value instanceof CelUint ? value.value : undefined
}

function compareNumbers(a: bigint | number, b: bigint | number): number {
  if (a < b) return -1
  if (a > b) return 1
  return a <= b ? 0 : NaN
}
