// Kyverno: pkg/engine/jsonutils/traverse.go
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, type JsonObject, type JsonValue } from '../../model/json.ts'
import { childPath } from './document-path.ts'

/** Replaces one string of a document, a key or a value; the result may be of any type. */
export type ReplaceText = (text: string, path: string) => JsonValue

/** What was brought in may bring in more: how deep that goes, and how often it happened in the whole document. */
interface Injections {
  readonly depth: number
  readonly count: { nested: number }
}

/** Data that names itself would be brought in without end; Kyverno's stack overflows there. */
const [maximumDepth, maximumNested] = [16, 1000]

/**
 * Walks a document depth first and replaces its strings and keys. Where a string becomes a map or a list, the walk goes on inside it.
 * What does not change is shared with the original, not copied.
 */
export function walkDocument(value: JsonValue, path: string, replace: ReplaceText): JsonValue {
  return walk(value, path, replace, { depth: 0, count: { nested: 0 } })
}

function walk(value: JsonValue, path: string, replace: ReplaceText, injections: Injections): JsonValue {
  const replaced = typeof value === 'string' ? replace(value, path) : value
  if (typeof replaced !== 'object' || replaced === null) return replaced
  const inner = replaced === value ? injections : inject(injections, path)
  return isJsonArray(replaced) ? walkList(replaced, path, replace, inner) : walkObject(replaced as JsonObject, path, replace, inner)
}

function inject({ depth, count }: Injections, path: string): Injections {
  if (depth > 0) count.nested++
  if (depth === maximumDepth || count.nested > maximumNested) {
    throw new EvaluationError('LIMIT_EXCEEDED', `variables at path ${path.slice(0, 200)} bring in more variables without end`)
  }
  return { depth: depth + 1, count }
}

function walkList(list: readonly JsonValue[], path: string, replace: ReplaceText, injections: Injections): JsonValue {
  let copy: JsonValue[] | undefined
  list.forEach((item, index) => {
    const replaced = walk(item, childPath(path, index), replace, injections)
    if (replaced !== item) (copy ??= [...list])[index] = replaced
  })
  return copy ?? list
}

/** A key that gets a new name replaces the one that has it already. */
function walkObject(object: JsonObject, path: string, replace: ReplaceText, injections: Injections): JsonValue {
  const entries: (readonly [string, JsonValue])[] = []
  const renamed: (readonly [string, JsonValue])[] = []
  let changed = false
  for (const key in object) {
    const item = object[key] ?? null
    const name = replaceKey(key, path, replace)
    const replaced = walk(item, childPath(path, key), replace, injections)
    if (name !== key || replaced !== item) changed = true
    if (name === key) entries.push([key, replaced])
    else renamed.push([name, replaced])
  }
  return changed ? Object.fromEntries([...entries, ...renamed]) : object
}

/** A key that becomes null keeps its old name. */
function replaceKey(key: string, path: string, replace: ReplaceText): string {
  const name = replace(key, path)
  if (name === null) return key
  if (typeof name !== 'string') throw new EvaluationError('TYPE_MISMATCH', `expected string after substituting variables in key "${key}"`)
  return name
}
