import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'

/** Every text in a value, keys left aside. */
export function visitTexts(value: JsonValue, path: FieldPath, visit: (text: string, path: FieldPath) => void): void {
  if (typeof value === 'string') visit(value, path)
  else if (isJsonArray(value)) value.forEach((item, index) => visitTexts(item, [...path, index], visit))
  else if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) visitTexts(item, [...path, key], visit)
}

/** Every map in a value, from the outside in. */
export function visitObjects(value: JsonValue, path: FieldPath, visit: (object: JsonObject, path: FieldPath) => void): void {
  if (isJsonObject(value)) visit(value, path)
  const children: readonly (readonly [string | number, JsonValue])[] = isJsonArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : []
  for (const [key, child] of children) visitObjects(child, [...path, key], visit)
}
