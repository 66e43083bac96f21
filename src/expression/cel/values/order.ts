import { compareBytes } from './equality.ts'
import { CelBytes, CelDuration, CelTimestamp, CelUint, type CelValue } from './value.ts'

/**
 * Orders two values: negative, zero or positive; NaN where a number is not a number, and undefined where the two have no order.
 */
export function compareValues(a: CelValue, b: CelValue): number | undefined {
  const [left, right] = [numberOf(a), numberOf(b)]
  if (left !== undefined && right !== undefined) return compareNumbers(left, right)
  if (typeof a === 'string') return typeof b === 'string' ? compareStrings(a, b) : undefined
  if (typeof a === 'boolean') return typeof b === 'boolean' ? Number(a) - Number(b) : undefined
  if (a instanceof CelTimestamp) return b instanceof CelTimestamp ? compareNumbers(a.nanoseconds, b.nanoseconds) : undefined
  if (a instanceof CelDuration) return b instanceof CelDuration ? compareNumbers(a.nanoseconds, b.nanoseconds) : undefined
  if (a instanceof CelBytes) return b instanceof CelBytes ? compareBytes(a.bytes, b.bytes) : undefined
  return undefined
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

/** Orders by code points, as Go compares bytes of UTF-8; JavaScript's own order is that of UTF-16 units and differs above U+FFFF. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (left === right) continue
    const [leftHigh, rightHigh] = [left >= 0xd800 && left < 0xe000, right >= 0xd800 && right < 0xe000]
    return leftHigh === rightHigh ? left - right : leftHigh ? 1 : -1
  }
  return a.length - b.length
}
