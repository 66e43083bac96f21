import { EvaluationError } from '../model/errors.ts'

/** An exact decimal number: unscaled × 10^exponent. */
export interface Decimal {
  readonly unscaled: bigint
  readonly exponent: number
}

/** Exponents come from text that anybody may have written; 10^this is still cheap. */
const maxPower = 200_000

/** 10 to a power, as an integer. */
export function pow10(power: number): bigint {
  if (power > maxPower) throw new EvaluationError('LIMIT_EXCEEDED', `10^${power} is too large a number to compute with`)
  return 10n ** BigInt(power)
}

/** Tells whether a number fits Go's int64. */
export function fitsInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value
}

/** The number of digits of the unscaled value. */
function magnitude(unscaled: bigint): number {
  return (unscaled < 0n ? -unscaled : unscaled).toString().length
}

/** Orders by value, without writing out the zeros of a huge exponent. */
export function compareDecimals(left: Decimal, right: Decimal): -1 | 0 | 1 {
  const [leftSign, rightSign] = [sign(left.unscaled), sign(right.unscaled)]
  if (leftSign !== rightSign) return leftSign < rightSign ? -1 : 1
  if (leftSign === 0) return 0
  if (left.exponent === right.exponent) return order(left.unscaled, right.unscaled)
  const difference = magnitude(left.unscaled) + left.exponent - magnitude(right.unscaled) - right.exponent
  if (difference !== 0) return difference > 0 === leftSign > 0 ? 1 : -1
  const exponent = Math.min(left.exponent, right.exponent)
  return order(left.unscaled * pow10(left.exponent - exponent), right.unscaled * pow10(right.exponent - exponent))
}

function sign(value: bigint): -1 | 0 | 1 {
  return order(value, 0n)
}

function order(left: bigint, right: bigint): -1 | 0 | 1 {
  return left === right ? 0 : left < right ? -1 : 1
}

/** The unscaled value at another exponent, rounded away from zero where digits are lost. */
export function rescaleAwayFromZero({ unscaled, exponent }: Decimal, target: number): bigint {
  if (unscaled === 0n) return 0n
  if (exponent >= target) return unscaled * pow10(exponent - target)
  const places = target - exponent
  if (magnitude(unscaled) < places) return unscaled > 0n ? 1n : -1n
  const divisor = pow10(places)
  const quotient = unscaled / divisor
  if (unscaled % divisor === 0n) return quotient
  return unscaled > 0n ? quotient + 1n : quotient - 1n
}

/** The digits without trailing zeros, and the exponent that goes with them. */
export function decimalDigits({ unscaled, exponent }: Decimal): { digits: string; exponent: number } {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString()
  const short = digits.replace(/0+$/, '')
  return short === '' ? { digits: '0', exponent: 0 } : { digits: short, exponent: exponent + digits.length - short.length }
}
