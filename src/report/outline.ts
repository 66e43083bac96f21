import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { FieldPath } from '../model/source.ts'
import { itemKeyOf } from './fingerprint.ts'

/**
 * What is left of an object where only these paths are asked about: whether they are there, and what names the list items on the way, as fingerprints
 * want to know. All other values are gone, a Secret's too.
 */
export function outlineOf(object: JsonObject, paths: readonly FieldPath[]): JsonObject {
  return outlineObject(object, paths, false)
}

function outline(value: JsonValue, paths: readonly FieldPath[], isItem: boolean): JsonValue {
  if (isJsonObject(value)) return outlineObject(value, paths, isItem)
  // An item without a name is known by its content.
  if (isItem) return value
  return isJsonArray(value) ? outlineList(value, paths) : null
}

function outlineObject(object: JsonObject, paths: readonly FieldPath[], isItem: boolean): JsonObject {
  const entries = groupByStep(paths).flatMap(({ name, rest, isIndex }): (readonly [string, JsonValue])[] =>
    (Object.hasOwn(object, name) ? [[name, outline(object[name] as JsonValue, rest, isIndex)]] : []))
  const key = isItem ? itemKeyOf(object) : undefined
  return Object.fromEntries(key === undefined ? entries : [...entries, [key, object[key] as JsonValue]])
}

/** Items that nobody asks about keep their place. */
function outlineList(list: readonly JsonValue[], paths: readonly FieldPath[]): JsonValue {
  const items: JsonValue[] = []
  for (const { name, rest } of groupByStep(paths)) {
    const [index, item] = [Number(name), list[Number(name)]]
    if (item === undefined) continue
    while (items.length <= index) items.push(null)
    items[index] = outline(item, rest, true)
  }
  return items
}

interface Step { readonly name: string; readonly rest: FieldPath[]; isIndex: boolean }

function groupByStep(paths: readonly FieldPath[]): readonly Step[] {
  const steps = new Map<string, Step>()
  for (const [first, ...rest] of paths) {
    if (first === undefined) continue
    const name = String(first)
    const step = steps.get(name) ?? { name, rest: [], isIndex: false }
    step.rest.push(rest)
    step.isIndex ||= typeof first === 'number'
    steps.set(name, step)
  }
  return [...steps.values()]
}
