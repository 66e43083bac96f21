import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import { stringifyJson } from '../../values/json-text.ts'

/** Whether a value says all that another one says, and perhaps more: what the API server filled in. */
export function says(item: JsonValue, wanted: JsonValue): boolean {
  if (isJsonObject(item) && isJsonObject(wanted)) return Object.keys(wanted).every((key) => Object.hasOwn(item, key) && says(item[key] as JsonValue, wanted[key] as JsonValue))
  if (isJsonArray(item) && isJsonArray(wanted)) return item.length === wanted.length && item.every((entry, index) => says(entry, wanted[index] as JsonValue))
  return stringifyJson(item) === stringifyJson(wanted)
}
