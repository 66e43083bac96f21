// Counterpart: Argo CD gitops-engine/pkg/utils/json/json.go
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue, setKey } from '../../patch/set-key.ts'

/**
 * What an object has of another one's fields, at any depth. Items of lists are compared by their index; surplus ones stay. Where that is all that the
 * other one says, it is the other one itself: what is shared need not be compared again.
 */
export function projectFields(fields: JsonObject, object: JsonObject): JsonObject {
  const projected: Record<string, JsonValue> = {}
  let isSame = true
  for (const key in fields) {
    const before = fields[key] as JsonValue
    const value = ownValue(object, key)
    const after = value === undefined ? undefined : project(before, value)
    if (after !== undefined) setKey(projected, key, after)
    isSame &&= after === before
  }
  return isSame ? fields : projected
}

/** The same for the items of a list. */
export function projectItems(fields: readonly JsonValue[], list: readonly JsonValue[]): readonly JsonValue[] {
  const projected = list.map((item, index) => (index < fields.length ? project(fields[index] as JsonValue, item) : item))
  return fields.length === list.length && projected.every((item, index) => item === fields[index]) ? fields : projected
}

function project(fields: JsonValue, value: JsonValue): JsonValue {
  if (isJsonObject(fields) && isJsonObject(value)) return projectFields(fields, value)
  return isJsonArray(fields) && isJsonArray(value) ? projectItems(fields, value) : value
}
