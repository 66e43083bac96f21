import { isJsonArray, isJsonObject, type JsonValue } from '../../src/model/json.ts'

/** Every place of a document. */
export function pathsOf(value: JsonValue, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  const children: readonly (readonly [string | number, JsonValue])[] = isJsonArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : []
  return [path, ...children.flatMap(([key, child]) => pathsOf(child, [...path, key]))]
}

/** The document with something else at a place. */
export function replaceAt(value: JsonValue, [key, ...rest]: readonly (string | number)[], put: JsonValue): JsonValue {
  if (key === undefined) return put
  if (isJsonArray(value)) return value.map((item, index) => (index === key ? replaceAt(item, rest, put) : item))
  return isJsonObject(value) ? { ...value, [key]: replaceAt(value[key] ?? null, rest, put) } : value
}
