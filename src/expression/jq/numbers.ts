import type { JqValue } from './syntax.ts'

/** Reads a number as jq does: digits alone are an integer of any size (`bigint`), all others a float64. */
export function parseNumber(text: string): bigint | number {
  return /^[-+]?[0-9]+$/.test(text) ? BigInt(text.startsWith('+') ? text.slice(1) : text) : Number(text)
}

/** Tells a number. */
export function isNumber(value: JqValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

const maxInt = 2n ** 63n - 1n
const minInt = -(2n ** 63n)

/** As a Go int: fractions are cut, and what is out of range is the nearest; undefined for what is no number. */
export function toInt(value: JqValue): bigint | undefined {
  if (typeof value === 'bigint') return value > maxInt ? maxInt : value < minInt ? minInt : value
  if (typeof value !== 'number') return undefined
  if (Number.isNaN(value)) return minInt
  if (value >= 2 ** 63) return maxInt
  return value < -(2 ** 63) ? minInt : BigInt(Math.trunc(value))
}

/** As an index or count: exact where a list could be that long. */
export function toIndex(value: JqValue): number | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? -Number.MAX_SAFE_INTEGER : Math.trunc(Math.min(Math.max(value, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER))
  const whole = toInt(value)
  return whole === undefined ? undefined : Number(whole)
}

/** The end of a slice is rounded up. */
export function toEndIndex(value: JqValue): number | undefined {
  return toIndex(typeof value === 'number' ? Math.ceil(value) : value)
}

/** As a float64; undefined for what is no number. */
export function toFloat(value: JqValue): number | undefined {
  return isNumber(value) ? Number(value) : undefined
}
