import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'

/** The same value with the keys of its objects in order, so that two texts of it differ only where the values do. */
export function sortKeys(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(sortKeys)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.keys(value).toSorted().map((key) => [key, sortKeys(value[key] as JsonValue)]))
}
