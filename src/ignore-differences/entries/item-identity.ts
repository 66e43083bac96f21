import { listIdentity } from '../../kubernetes/schema/list-keys.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue } from '../../patch/set-key.ts'
import { stringifyJson } from '../../values/json-text.ts'
import type { ItemSelector } from './field-selector.ts'
import { says } from './says.ts'

/** Tells the items of a list apart, in both versions of it. */
export interface ItemIdentity {
  /** Equal for items that are the same one. */
  keyOf(item: JsonValue): string
  selectorOf(item: JsonValue): ItemSelector
}

/** Fields by which people and API authors name the items of lists that declare no key, the likeliest first. */
const usualKeys = ['name', 'id', 'key', 'uid', 'mountPath', 'path', 'host', 'port', 'type'] as const

/**
 * How to tell items apart: scalars by their value, others by the key that their schema names, or a field that every item has and no two share,
 * or, last, by all that they say. Undefined where two items of one list could not be told apart.
 */
export function identifyItems(lists: readonly [readonly JsonValue[], readonly JsonValue[]], schema: SchemaNode | undefined): ItemIdentity | undefined {
  const items = lists.flat()
  if (items.every((item) => !isJsonObject(item) && !isJsonArray(item))) return isDistinct(lists, byValue) ? byValue : undefined
  if (!items.every(isJsonObject)) return undefined
  for (const keys of candidateKeys(schema)) {
    const identity = byKeys(keys)
    if (items.every((item) => keys.every((key) => isName(ownValue(item, key)))) && isDistinct(lists, identity)) return identity
  }
  const identity = byContent(lists)
  return isDistinct(lists, identity) ? identity : undefined
}

/** One after the other: the first is mostly the one. */
function* candidateKeys(schema: SchemaNode | undefined): Iterable<readonly string[]> {
  if (schema?.patchMergeKey !== undefined) yield [schema.patchMergeKey]
  const declared = schema === undefined ? [] : listIdentity(schema) ?? []
  if (declared.length > 0) yield declared
  for (const key of usualKeys) yield [key]
}

function isName(value: JsonValue | undefined): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'bigint'
}

function isDistinct(lists: readonly (readonly JsonValue[])[], { keyOf }: ItemIdentity): boolean {
  return lists.every((list) => new Set(list.map(keyOf)).size === list.length)
}

const byValue: ItemIdentity = { keyOf: (item) => stringifyJson(item), selectorOf: (value) => ({ value }) }

function byKeys(keys: readonly string[]): ItemIdentity {
  const pick = (item: JsonValue): Record<string, JsonValue> => Object.fromEntries(keys.map((key) => [key, ownValue(item as JsonObject, key) ?? null]))
  const textOf = (item: JsonValue, key: string): string => stringifyJson(ownValue(item as JsonObject, key) ?? null)
  const [key = '', another] = keys
  return { keyOf: another === undefined ? (item) => textOf(item, key) : (item) => keys.map((name) => textOf(item, name)).join('\n'), selectorOf: (item) => ({ fields: pick(item) }) }
}

/** An item of the first list is one of the second that says all that it says, and perhaps more: what the API server filled in. */
function byContent([before, after]: readonly [readonly JsonValue[], readonly JsonValue[]]): ItemIdentity {
  const keys = new Map<JsonValue, string>()
  after.forEach((item, index) => keys.set(item, `after ${index}`))
  const free = new Set(after)
  before.forEach((item, index) => {
    const same = free.has(item) ? item : [...free].find((other) => says(other, item))
    if (same !== undefined) free.delete(same)
    keys.set(item, same === undefined ? `before ${index}` : keys.get(same) ?? '')
  })
  return { keyOf: (item) => keys.get(item) ?? stringifyJson(item), selectorOf: (item) => ({ fields: describe(item as JsonObject, [...before, ...after], keys) }) }
}

/** The scalars of an item where they tell it from all others, else all its fields. */
function describe(item: JsonObject, others: readonly JsonValue[], keys: ReadonlyMap<JsonValue, string>): Record<string, JsonValue> {
  const scalars = Object.fromEntries(Object.entries(item).filter(([, value]) => !isJsonObject(value) && !isJsonArray(value)))
  const own = keys.get(item)
  const shared = Object.keys(scalars).length === 0 || others.some((other) => keys.get(other) !== own && says(other, scalars))
  return shared ? { ...item } : scalars
}
