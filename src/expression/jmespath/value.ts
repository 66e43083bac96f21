import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'

/** Where a path ended at a key that is not there. A value, not an exception: `a || b` must be cheap when there is no `a`. */
export class Missing {
  readonly key: string

  constructor(key: string) {
    this.key = key
  }
}

/** `&expression`: a function from value to value. */
export type Reference = (value: Value) => Outcome

/** What functions take. */
export type Value = JsonValue | Reference

/** What evaluating a part of an expression gives. */
export type Outcome = Value | Missing

/**
 * The list that `items()` makes. In Go its type is []map[string]any, and much that wants []any does not take it:
 * it equals no ordinary list, has no type() and cannot be searched.
 */
export class ObjectList extends Array<JsonObject> {}

/** Tells a list from all other values. */
export function isList(value: Outcome): value is readonly JsonValue[] {
  return isJsonArray(value as JsonValue)
}

/** Tells an object from all other values. */
export function isObject(value: Outcome): value is JsonObject {
  return isJsonObject(value as JsonValue) && !(value instanceof Missing)
}

/** Missing counts as null wherever an operator or function looks at it. */
export function orNull(outcome: Outcome): Value {
  return outcome instanceof Missing ? null : outcome
}

/** An expression reference has no JSON form; Go's marshals as an empty object. */
export function toJson(outcome: Outcome): JsonValue {
  const value = orNull(outcome)
  return typeof value === 'function' ? {} : value
}

/** False, null and what is empty; zero is true. */
export function isTruthy(outcome: Outcome): boolean {
  if (outcome === null || outcome === false || outcome === '' || outcome instanceof Missing) return false
  if (isList(outcome)) return outcome.length > 0
  if (!isObject(outcome)) return true
  for (const key in outcome) {
    if (Object.hasOwn(outcome, key)) return true
  }
  return false
}

/** Equal as Go's reflect.DeepEqual: an int64 is no float64, and the list of items() no list. */
export function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true
  if (isList(left)) {
    return isList(right) && left.length === right.length && left instanceof ObjectList === right instanceof ObjectList
      && left.every((item, index) => sameValue(item, right[index] as JsonValue))
  }
  if (!isObject(left) || !isObject(right)) return false
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length
    && keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key] as JsonValue, right[key] as JsonValue))
}

/** Names a value's type for a message. */
export function typeName(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'function') return 'an expression reference'
  if (typeof value === 'bigint') return 'an integer (int64)'
  if (isList(value)) return 'array'
  return typeof value
}
