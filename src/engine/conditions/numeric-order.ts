// Faithful to Kyverno's pkg/engine/variables/operator/numeric.go.
import type { JsonValue } from '../../model/json.ts'
import { durationSeconds } from '../../values/duration.ts'
import { parseFloat64 } from '../../values/parse-number.ts'
import { compareQuantities, parseQuantity } from '../../values/quantity.ts'
import { parseBlangVersion } from '../../values/semver-blang.ts'
import { compareVersions } from '../../values/semver.ts'
import { pairDurations } from './duration-pair.ts'
import type { Operator } from './operator.ts'
import { orderNumbers, type OrderTest } from './order.ts'

/** Makes an operator of a test: it compares durations, quantities, numbers or versions, whatever both sides are. */
export function numericOperator(summary: string, accepts: OrderTest): Operator {
  return {
    summary,
    evaluate(key, value) {
      const order = orderOf(key, value)
      return order !== undefined && accepts(order)
    },
  }
}

function orderOf(key: JsonValue, value: JsonValue): number | undefined {
  if (typeof key === 'string') return orderOfText(key, value)
  return typeof key === 'number' || typeof key === 'bigint' ? orderOfNumber(Number(key), value, key) : undefined
}

function orderOfText(key: string, value: JsonValue): number | undefined {
  const durations = orderOfDurations(key, value)
  if (durations !== undefined) return durations
  const quantity = typeof value === 'string' ? parseQuantity(key) : undefined
  const other = quantity === undefined ? undefined : parseQuantity(value as string)
  if (quantity !== undefined && other !== undefined) return compareQuantities(quantity, other)
  const number = parseFloat64(key)
  if (number !== undefined) return orderOfNumber(number, value, number)
  const [version, otherVersion] = [parseBlangVersion(key), typeof value === 'string' ? parseBlangVersion(value) : undefined]
  return version === undefined || otherVersion === undefined ? undefined : compareVersions(version, otherVersion)
}

/** `key` is the number as it came, for the case that the value is a duration. */
function orderOfNumber(number: number, value: JsonValue, key: JsonValue): number | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return orderNumbers(number, Number(value))
  if (typeof value !== 'string') return undefined
  const other = parseFloat64(value)
  return orderOfDurations(key, value) ?? (other === undefined ? undefined : orderNumbers(number, other))
}

function orderOfDurations(key: JsonValue, value: JsonValue): number | undefined {
  const pair = pairDurations(key, value)
  return pair === undefined ? undefined : orderNumbers(durationSeconds(pair.key), durationSeconds(pair.value))
}
