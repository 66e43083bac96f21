import { compareText } from '../../../values/text-order.ts'
import { compareBytes } from './equality.ts'
import { asNumber, compareNumbers } from './number.ts'
import { CelBytes, CelDuration, CelTimestamp, failure, type CelValue } from './value.ts'

/** Orders two values: negative, zero or positive; undefined where the two have no order. NaN is an error. */
export function compareValues(a: CelValue, b: CelValue): number | undefined {
  const [left, right] = [asNumber(a), asNumber(b)]
  if (left !== undefined && right !== undefined) return orderNumbers(left, right)
  if (typeof a === 'string') return typeof b === 'string' ? compareText(a, b) : undefined
  if (typeof a === 'boolean') return typeof b === 'boolean' ? Number(a) - Number(b) : undefined
  return compareBoxed(a, b)
}

function compareBoxed(a: CelValue, b: CelValue): number | undefined {
  if (a instanceof CelTimestamp) return b instanceof CelTimestamp ? compareNumbers(a.nanoseconds, b.nanoseconds) : undefined
  if (a instanceof CelDuration) return b instanceof CelDuration ? compareNumbers(a.nanoseconds, b.nanoseconds) : undefined
  return a instanceof CelBytes && b instanceof CelBytes ? compareBytes(a.bytes, b.bytes) : undefined
}

function orderNumbers(a: bigint | number, b: bigint | number): number {
  const order = compareNumbers(a, b)
  if (Number.isNaN(order)) throw failure('NaN values cannot be ordered')
  return order
}
