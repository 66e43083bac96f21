import { CelUint, type CelValue } from './value.ts'

/** The number that a value is, whatever its type; undefined if it is none. */
export function asNumber(value: CelValue): bigint | number | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value
  return value instanceof CelUint ? value.value : undefined
}

/** Orders numbers as cel-go does (common/types/compare.go): beside a double an int becomes a double, and may lose digits. NaN if one is not a number. */
export function compareNumbers(a: bigint | number, b: bigint | number): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0
  const [left, right] = [Number(a), Number(b)]
  if (left < right) return -1
  if (left > right) return 1
  return left === right ? 0 : NaN
}
