import { CelDuration, CelTimestamp, CelUint, failure } from './value.ts'

/** The number if it fits an int64; an overflow is an error, as everywhere in CEL. */
export function checkedInt(value: bigint, message = 'integer overflow'): bigint {
  if (BigInt.asIntN(64, value) !== value) throw failure(message)
  return value
}

/** The number as a uint, if it fits one. */
export function checkedUint(value: bigint, message = 'unsigned integer overflow'): CelUint {
  if (BigInt.asUintN(64, value) !== value) throw failure(message)
  return new CelUint(value)
}

/** Nanoseconds as a duration, if it can be one. */
export function checkedDuration(nanoseconds: bigint): CelDuration {
  return new CelDuration(checkedInt(nanoseconds))
}

const second = 1_000_000_000n
/** The years 1 to 9999. */
const [minTime, maxTime] = [-62_135_596_800n * second, 253_402_300_800n * second]

/** Nanoseconds since 1970 as a timestamp, if it is within the years 1 to 9999. */
export function checkedTimestamp(nanoseconds: bigint, offset = 0): CelTimestamp {
  if (nanoseconds < minTime || nanoseconds >= maxTime) throw failure('timestamp overflow')
  return new CelTimestamp(nanoseconds, offset)
}

/** Divides rounding towards minus infinity; `bigint` division rounds towards zero. */
export function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor
  return value % divisor !== 0n && (value < 0n) !== (divisor < 0n) ? quotient - 1n : quotient
}

/** A double without its fraction as an int; refuses what cel-go refuses, the ends of the range included. */
export function doubleToInt(value: number): bigint {
  if (Number.isNaN(value) || value <= -(2 ** 63) || value >= 2 ** 63) throw failure('integer overflow')
  return BigInt(Math.trunc(value))
}

/** A double without its fraction as a uint. */
export function doubleToUint(value: number): CelUint {
  if (Number.isNaN(value) || value < 0 || value >= 2 ** 64) throw failure('unsigned integer overflow')
  return new CelUint(BigInt(Math.trunc(value)))
}
