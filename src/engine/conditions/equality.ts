// Faithful to Kyverno's pkg/engine/variables/operator/equal.go and notequal.go.
import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import { durationSeconds } from '../../values/duration.ts'
import { deepEqualsTyped } from '../../values/equality.ts'
import { parseFloat64, parseInt64 } from '../../values/parse-number.ts'
import { compareQuantities, parseQuantity } from '../../values/quantity.ts'
import { matchesWildcard } from '../../values/wildcard.ts'
import { pairDurations } from './duration-pair.ts'

/** How two sides compare: equal, different, or (a null key) in no way, which makes both Equals and NotEquals false. */
export type Equality = 'equal' | 'different' | 'incomparable'

/** Compares by the type of the key. An empty value is one thing to Equals and another to NotEquals, hence the switch. */
export function compareSides(key: JsonValue, value: JsonValue, emptyIsText: boolean): Equality {
  if (key === null) return 'incomparable'
  return areEqual(key, value, emptyIsText) ? 'equal' : 'different'
}

function areEqual(key: JsonValue, value: JsonValue, emptyIsText: boolean): boolean {
  switch (typeof key) {
    case 'boolean': return key === value
    case 'bigint': return integerEquals(key, value)
    case 'number': return floatEquals(key, value)
    case 'string': return textEquals(key, value, emptyIsText)
    default:
      if (isJsonArray(key)) return isJsonArray(value) && deepEqualsTyped(key, value)
      return isJsonObject(value) && deepEqualsTyped(key, value)
  }
}

function integerEquals(key: bigint, value: JsonValue): boolean {
  switch (typeof value) {
    case 'bigint': return key === value
    case 'number': return Number.isInteger(value) && toInt(value) === key
    case 'string': return parseInt64(value) === key
    default: return false
  }
}

function floatEquals(key: number, value: JsonValue): boolean {
  switch (typeof value) {
    case 'bigint': return Number.isInteger(key) && toInt(key) === value
    case 'number': return key === value
    case 'string': return parseFloat64(value) === key
    default: return false
  }
}

/** Durations first, then quantities (if the key is one, no wildcards any more), then the value as a wildcard. */
function textEquals(key: string, value: JsonValue, emptyIsText: boolean): boolean {
  const durations = pairDurations(key, value)
  if (durations !== undefined) return durationSeconds(durations.key) === durationSeconds(durations.value)
  if (typeof value !== 'string') return false
  const quantity = emptyIsText && value === '' ? undefined : parseQuantity(key)
  if (quantity === undefined) return matchesWildcard(value, key)
  const other = parseQuantity(value)
  return other !== undefined && compareQuantities(quantity, other) === 0
}

/** Go's conversion to int64; what does not fit becomes the smallest one (on amd64). */
function toInt(value: number): bigint {
  return Math.abs(value) < 2 ** 63 ? BigInt(value) : -(2n ** 63n)
}
