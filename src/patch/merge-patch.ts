import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { deepEquals } from '../values/equality.ts'
import { assertDepth } from './depth.ts'
import { ownValue, setKey } from './set-key.ts'

/** Applies a JSON merge patch (RFC 7386). Unchanged parts stay shared. */
export function applyMergePatch(target: JsonValue | undefined, patch: JsonValue, depth = 0): JsonValue {
  assertDepth(depth)
  if (!isJsonObject(patch)) return patch
  const base: JsonObject = isJsonObject(target) ? target : {}
  let copy: Record<string, JsonValue> | undefined = base === target ? undefined : {}
  for (const key in patch) {
    const change = patch[key] as JsonValue
    const before = ownValue(base, key)
    const after = change === null ? undefined : applyMergePatch(before, change, depth + 1)
    if (after === before) continue
    copy ??= { ...base }
    if (after === undefined) delete copy[key]
    else setKey(copy, key, after)
  }
  return copy ?? base
}

/** The merge patch that makes `after` of `before`; nulls stand for what is gone. Lists are equal or replaced as a whole. */
export function createMergePatch(before: JsonObject, after: JsonObject, depth = 0): JsonObject {
  assertDepth(depth)
  const patch: Record<string, JsonValue> = {}
  for (const key in after) {
    const [old, value] = [ownValue(before, key), after[key] as JsonValue]
    if (old === value) continue
    if (isJsonObject(old) && isJsonObject(value)) {
      const inner = createMergePatch(old, value, depth + 1)
      if (Object.keys(inner).length > 0) setKey(patch, key, inner)
    } else if (old === undefined || !deepEquals(old, value)) setKey(patch, key, value)
  }
  for (const key in before) if (!Object.hasOwn(after, key)) setKey(patch, key, null)
  return patch
}

/** A patch without its deletions. Items of lists are values, so their nulls stay. */
export function withoutNulls(patch: JsonValue): JsonValue {
  if (!isJsonObject(patch) || isJsonArray(patch)) return patch
  const kept: Record<string, JsonValue> = {}
  for (const key in patch) {
    const value = patch[key] as JsonValue
    if (value !== null) setKey(kept, key, withoutNulls(value))
  }
  return kept
}
