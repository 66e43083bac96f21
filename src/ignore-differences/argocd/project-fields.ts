// Counterpart: Argo CD gitops-engine/pkg/utils/json/json.go
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue, setKey } from '../../patch/set-key.ts'

/** What an object has of another one's fields, at any depth. Items of lists are compared by their index; surplus ones stay. */
export function projectFields(fields: JsonObject, object: JsonObject): JsonObject {
  const projected: Record<string, JsonValue> = {}
  for (const key of Object.keys(fields)) {
    const value = ownValue(object, key)
    if (value !== undefined) setKey(projected, key, project(fields[key] as JsonValue, value))
  }
  return projected
}

/** The same for the items of a list. */
export function projectItems(fields: readonly JsonValue[], list: readonly JsonValue[]): readonly JsonValue[] {
  return list.map((item, index) => (index < fields.length ? project(fields[index] as JsonValue, item) : item))
}

function project(fields: JsonValue, value: JsonValue): JsonValue {
  if (isJsonObject(fields) && isJsonObject(value)) return projectFields(fields, value)
  return isJsonArray(fields) && isJsonArray(value) ? projectItems(fields, value) : value
}
