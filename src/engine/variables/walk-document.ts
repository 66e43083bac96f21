// Kyverno: pkg/engine/jsonutils/traverse.go
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { childPath } from './document-path.ts'

/** Replaces one string of a document, a key or a value; the result may be of any type. */
export type ReplaceText = (text: string, path: string) => JsonValue

/**
 * Walks a document depth first and replaces its strings and keys. Where a string becomes a map or a list, the walk goes on inside it.
 * What does not change is shared with the original, not copied.
 */
export function walkDocument(value: JsonValue, path: string, replace: ReplaceText): JsonValue {
  const replaced = typeof value === 'string' ? replace(value, path) : value
  if (isJsonArray(replaced)) return walkList(replaced, path, replace)
  return isJsonObject(replaced) ? walkObject(replaced, path, replace) : replaced
}

function walkList(list: readonly JsonValue[], path: string, replace: ReplaceText): JsonValue {
  let copy: JsonValue[] | undefined
  list.forEach((item, index) => {
    const replaced = walkDocument(item, childPath(path, index), replace)
    if (replaced !== item) (copy ??= [...list])[index] = replaced
  })
  return copy ?? list
}

function walkObject(object: JsonObject, path: string, replace: ReplaceText): JsonValue {
  const entries: (readonly [string, JsonValue])[] = []
  let changed = false
  for (const key of Object.keys(object)) {
    const item = object[key] ?? null
    const name = replaceKey(key, path, replace)
    const replaced = walkDocument(item, childPath(path, key), replace)
    if (name !== key || replaced !== item) changed = true
    entries.push([name, replaced])
  }
  return changed ? Object.fromEntries(entries) : object
}

/** A key that becomes null keeps its old name. */
function replaceKey(key: string, path: string, replace: ReplaceText): string {
  const name = replace(key, path)
  if (name === null) return key
  if (typeof name !== 'string') throw new EvaluationError('TYPE_MISMATCH', `expected string after substituting variables in key "${key}"`)
  return name
}
