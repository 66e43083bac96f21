// Faithful to Kyverno's pkg/engine/pattern/pattern.go (Validate).
import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import { parseFloat64, parseInt64 } from '../../values/parse-number.ts'
import { compileStringPattern, type ScalarMatcher } from './string-pattern.ts'

/** Tells whether a value satisfies a pattern; of a map only that it is one, and a list is never a scalar's pattern. */
export function matchesScalar(value: JsonValue | undefined, pattern: JsonValue): boolean {
  return compileScalar(pattern)(value)
}

/** Prepares a scalar pattern for many values. `bigint` is Go's int64, `number` its float64, on both sides. */
export function compileScalar(pattern: JsonValue): ScalarMatcher {
  switch (typeof pattern) {
    case 'boolean': return (value) => value === pattern
    case 'bigint': return (value) => matchesInteger(value, pattern)
    case 'number': return (value) => matchesFloat(value, pattern)
    case 'string': return compileStringPattern(pattern)
    default:
      if (pattern === null) return isZero
      return isJsonArray(pattern) ? () => false : isJsonObject
  }
}

function matchesInteger(value: JsonValue | undefined, pattern: bigint): boolean {
  switch (typeof value) {
    case 'bigint': return value === pattern
    case 'number': return Number.isInteger(value) && truncate(value) === pattern
    case 'string': return parseInt64(value) === pattern
    default: return false
  }
}

function matchesFloat(value: JsonValue | undefined, pattern: number): boolean {
  switch (typeof value) {
    case 'bigint': return Number.isInteger(pattern) && truncate(pattern) === value
    case 'number': return value === pattern
    case 'string': return parseFloat64(value) === pattern
    default: return false
  }
}

/** The null pattern accepts whatever is zero, empty text, false or missing. */
function isZero(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === false || value === '' || value === 0n || value === 0
}

/** Go's conversion to int64; what does not fit becomes the smallest one (on amd64). */
function truncate(value: number): bigint {
  return Math.abs(value) < 2 ** 63 ? BigInt(value) : -(2n ** 63n)
}
