// Counterpart: evanphx/json-patch v5, merge.go
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue, setKey } from '../../patch/set-key.ts'

/** Applies a merge patch; of what takes the place of nothing or of a scalar, objects lose their nulls, also inside lists. */
export function mergeAsEvanphx(document: JsonObject, patch: JsonObject): JsonObject {
  let copy: Record<string, JsonValue> | undefined
  for (const key of Object.keys(patch)) {
    const before = ownValue(document, key)
    const after = mergeValue(before, patch[key] as JsonValue)
    if (after === before) continue
    copy ??= { ...document }
    if (after === undefined) delete copy[key]
    else setKey(copy, key, after)
  }
  return copy ?? document
}

function mergeValue(before: JsonValue | undefined, change: JsonValue): JsonValue | undefined {
  if (change === null) return undefined
  if (!isJsonObject(before)) return pruneNulls(change)
  return isJsonObject(change) ? mergeAsEvanphx(before, change) : change
}

function pruneNulls(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(pruneNulls)
  if (!isJsonObject(value)) return value
  const kept: Record<string, JsonValue> = {}
  for (const key of Object.keys(value)) if (value[key] !== null) setKey(kept, key, pruneNulls(value[key] as JsonValue))
  return kept
}
