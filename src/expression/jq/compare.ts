// Counterpart: gojq compare.go
import { isJsonArray, isJsonObject, type JsonObject } from '../../model/json.ts'
import { compareText, sortedKeys } from '../../values/text-order.ts'
import { isNumber } from './numbers.ts'
import type { JqValue } from './syntax.ts'

/** jq's order: null, false, true, numbers, strings, arrays, objects. NaN is less than any number. */
export function compareValues(left: JqValue, right: JqValue): number {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right)
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  if (isJsonArray(left) && isJsonArray(right)) return compareLists(left, right)
  if (isJsonObject(left) && isJsonObject(right)) return compareObjects(left, right)
  return rank(left) - rank(right)
}

function compareNumbers(left: number | bigint, right: number | bigint): number {
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left === right ? 0 : 1
  const [a, b] = [Number(left), Number(right)]
  if (a < b || Number.isNaN(a)) return -1
  return a === b ? 0 : 1
}

function compareLists(left: readonly JqValue[], right: readonly JqValue[]): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const order = compareValues(left[index] as JqValue, right[index] as JqValue)
    if (order !== 0) return order
  }
  return left.length - right.length
}

function compareObjects(left: JsonObject, right: JsonObject): number {
  const keys = sortedKeys(left)
  const order = compareLists(keys, sortedKeys(right))
  if (order !== 0) return order
  for (const key of keys) {
    const inner = compareValues(left[key] as JqValue, right[key] as JqValue)
    if (inner !== 0) return inner
  }
  return 0
}

function rank(value: JqValue): number {
  if (value === null) return 0
  if (typeof value === 'boolean') return value ? 2 : 1
  if (isNumber(value)) return 3
  if (typeof value === 'string') return 4
  return isJsonArray(value) ? 5 : 6
}

/** Everything but null and false counts as true. */
export function isTruthy(value: JqValue): boolean {
  return value !== null && value !== false
}
