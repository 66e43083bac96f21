import { EvaluationError } from '../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonValue } from '../model/json.ts'
import type { JsonPatchOperation } from '../model/result.ts'
import { decodePointerPart, parseIndex } from './json-pointer.ts'
import { ownValue, withKey, withoutKey } from './set-key.ts'

/**
 * Applies the changes of a result: values added, replaced and removed at places that are there, in the order in which they were made.
 * Does the same as `applyJsonPatch` in a fraction of the time, for it has none of a foreign patch's surprises to expect.
 */
export function applyChanges(document: JsonValue, changes: readonly JsonPatchOperation[]): JsonValue {
  return changes.reduce((current, change) => (change.path === '' ? change.value ?? null : applyAt(current, change, change.path.split('/').map(decodePointerPart), 1)), document)
}

function applyAt(value: JsonValue, change: JsonPatchOperation, parts: readonly string[], at: number): JsonValue {
  const part = parts[at] as string
  const isLast = at === parts.length - 1
  if (isJsonArray(value)) return applyToList(value, change, parts, at)
  if (!isJsonObject(value)) throw unknownPlace(change)
  const before = ownValue(value, part)
  if (!isLast) return withKey(value, part, applyAt(before ?? null, change, parts, at + 1))
  if (before === undefined && change.op !== 'add') throw unknownPlace(change)
  return change.op === 'remove' ? withoutKey(value, part) : withKey(value, part, change.value ?? null)
}

function applyToList(list: readonly JsonValue[], change: JsonPatchOperation, parts: readonly string[], at: number): JsonValue {
  const part = parts[at] as string
  const adds = at === parts.length - 1 && change.op === 'add'
  const index = part === '-' ? list.length : parseIndex(part) ?? -1
  if (index < 0 || index > (adds ? list.length : list.length - 1)) throw unknownPlace(change)
  if (adds) return list.toSpliced(index, 0, change.value ?? null)
  if (at < parts.length - 1) return list.with(index, applyAt(list[index] as JsonValue, change, parts, at + 1))
  return change.op === 'remove' ? list.toSpliced(index, 1) : list.with(index, change.value ?? null)
}

function unknownPlace({ op, path }: JsonPatchOperation): EvaluationError {
  return new EvaluationError('INVALID_PATCH', `${op} ${path}: there is no such place`)
}
