// Counterpart: evanphx/json-patch 5.9.11 (not v5), patch.go: one `remove` for each of Argo CD's jsonPointers
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { decodePointerPart, parseIndex } from '../../patch/json-pointer.ts'
import { ownValue, withKey, withoutKey } from '../../patch/set-key.ts'

/** What a pointer removed; `complaint` where Argo CD would log that it could not. A path that is not there is no complaint. */
export interface PointerRemoval {
  readonly object: JsonObject
  readonly complaint?: string
}

/** Removes the value that a pointer leads to. Text before the first slash is ignored. */
export function removePointer(object: JsonObject, pointer: string): PointerRemoval {
  const parts = pointer.split('/').slice(1).map(decodePointerPart)
  if (parts.length === 0) return { object }
  try {
    return { object: removeAt(object, parts, 0) as JsonObject }
  } catch (error) {
    if (error instanceof BadIndex) return { object, complaint: `error in remove for path: '${pointer}': ${error.message}` }
    throw error
  }
}

class BadIndex extends Error {}

function removeAt(value: JsonValue, parts: readonly string[], at: number): JsonValue {
  const part = parts[at] as string
  const isLast = at === parts.length - 1
  if (isJsonObject(value)) {
    if (isLast) return withoutKey(value, part)
    const inner = ownValue(value, part)
    const changed = inner === undefined ? undefined : removeAt(inner, parts, at + 1)
    return changed === inner || changed === undefined ? value : withKey(value, part, changed)
  }
  return isJsonArray(value) ? removeFromList(value, parts, at) : value
}

function removeFromList(list: readonly JsonValue[], parts: readonly string[], at: number): JsonValue {
  const part = parts[at] as string
  const isLast = at === parts.length - 1
  const given = parseIndex(part)
  if (given === undefined) {
    if (isLast) throw new BadIndex(`strconv.Atoi: parsing ${JSON.stringify(part)}: ${/^[-+]?[0-9]+$/.test(part) ? 'value out of range' : 'invalid syntax'}`)
    return list
  }
  const index = given < 0 ? given + list.length : given
  const inner = list[index]
  if (inner === undefined) {
    if (isLast) throw new BadIndex(`Unable to access invalid index: ${given}: invalid index referenced`)
    return list
  }
  if (isLast) return list.toSpliced(index, 1)
  const changed = removeAt(inner, parts, at + 1)
  return changed === inner ? list : list.with(index, changed)
}
