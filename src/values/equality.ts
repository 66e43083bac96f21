import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'

/** Equal as JSON: a number is its value, whichever of the two number types holds it. Keys have no order. */
export function deepEquals(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (typeof left === 'bigint' || typeof right === 'bigint') return isNumeric(left) && isNumeric(right) && left == right // eslint-disable-line eqeqeq -- compares a bigint with a number exactly
  return left === right || structuresEqual(left, right, deepEquals)
}

/** Equal as Go's reflect.DeepEqual sees it: an int64 (`bigint`) never equals a float64 (`number`). */
export function deepEqualsTyped(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return left === right || structuresEqual(left, right, deepEqualsTyped)
}

type Equals = (left: JsonValue | undefined, right: JsonValue | undefined) => boolean

function isNumeric(value: JsonValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function structuresEqual(left: JsonValue | undefined, right: JsonValue | undefined, equals: Equals): boolean {
  if (isJsonArray(left)) {
    return isJsonArray(right) && left.length === right.length && left.every((item, index) => equals(item, right[index]))
  }
  return isJsonObject(left) && isJsonObject(right) && objectsEqual(left, right, equals)
}

function objectsEqual(left: JsonObject, right: JsonObject, equals: Equals): boolean {
  let surplus = 0
  for (const key in left) {
    if (!Object.hasOwn(right, key) || !equals(left[key], right[key])) return false
    surplus++
  }
  for (const _ in right) surplus--
  return surplus === 0
}
