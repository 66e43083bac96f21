import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { isDraft, put, type Draft, type DraftValue } from './draft.ts'

/**
 * Puts the parts of `before` in the place of those of a draft that say the same, numbers of the same type included: what two objects share is neither
 * kept nor compared twice. Works in place, and leaves nothing that may be written to: parts belong to `before` now.
 */
export function shareUnchanged(draft: Draft, before: JsonObject): JsonObject {
  return share(draft, before) as JsonObject
}

function share(value: DraftValue, before: JsonValue): JsonValue {
  if (isDraft(value)) return isJsonObject(before) ? shareFields(value, before) : value as JsonObject
  if (Array.isArray(value)) return isJsonArray(before) ? shareItems(value, before) : value as readonly JsonValue[]
  return value
}

function shareFields(draft: Draft, before: JsonObject): JsonValue {
  let surplus = 0
  let isSame = true
  for (const key in draft) {
    if (!Object.hasOwn(before, key)) {
      isSame = false
      continue
    }
    const [value, known] = [draft[key] as DraftValue, before[key] as JsonValue]
    const shared = share(value, known)
    if (shared !== value) put(draft, key, shared as DraftValue)
    isSame &&= shared === known
    surplus++
  }
  if (isSame) for (const _ in before) surplus--
  return isSame && surplus === 0 ? before : draft as JsonObject
}

function shareItems(list: DraftValue[], before: readonly JsonValue[]): JsonValue {
  let isSame = list.length === before.length
  for (let index = 0; index < list.length && index < before.length; index++) {
    const [value, known] = [list[index] as DraftValue, before[index] as JsonValue]
    const shared = share(value, known)
    if (shared !== value) list[index] = shared as DraftValue
    isSame &&= shared === known
  }
  return isSame ? before : list as readonly JsonValue[]
}
