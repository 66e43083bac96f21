import { isJsonObject, type JsonValue } from '../../model/json.ts'
import { stringifyJson } from '../../values/json-text.ts'
import type { SchemaNode } from './schema-node.ts'

/** What tells the items of a list apart: the names of its keys, none for a set, `undefined` for a list that is one value (atomic). */
export function listIdentity({ listType, listMapKeys, patchStrategies, patchMergeKey }: SchemaNode): readonly string[] | undefined {
  switch (listType) {
    case 'map':
      return listMapKeys
    case 'set':
      return []
    case 'atomic':
      return undefined
    default:
      // kube-openapi pkg/schemaconv/smd.go: older types say it in the words of strategic merge.
      if (!patchStrategies.includes('merge')) return undefined
      return patchMergeKey === undefined ? [] : [patchMergeKey]
  }
}

/**
 * What tells one item apart, as a text; defaults of the keys count (a container port without protocol is TCP).
 * `undefined` where the item cannot be told apart: it is null, has none of the keys, or no key was asked and it is no scalar.
 */
export function itemKey(list: SchemaNode, names: readonly string[], item: JsonValue): string | undefined {
  if (names.length === 0) return typeof item === 'object' ? undefined : stringifyJson(item)
  if (!isJsonObject(item)) return undefined
  let key = ''
  let found = false
  for (const name of names) {
    const value = Object.hasOwn(item, name) ? item[name] : list.items?.field(name)?.defaultValue
    if (value !== undefined) found = true
    key += value === undefined ? '\n' : `${stringifyJson(value)}\n`
  }
  return found ? key : undefined
}

/** The items of a set or keyed list that repeat an earlier one. */
export function findDuplicateItems(list: SchemaNode, items: readonly JsonValue[]): readonly { readonly index: number; readonly text: string }[] {
  const names = items.length < 2 ? undefined : listIdentity(list)
  if (names === undefined) return []
  const seen = new Set<string>()
  const found: { index: number; text: string }[] = []
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as JsonValue
    const key = itemKey(list, names, item)
    if (key === undefined) continue
    if (seen.has(key)) found.push({ index, text: describeItem(names, item) })
    seen.add(key)
  }
  return found
}

/** `name="app"` of a keyed item, the value itself of one of a set. */
export function describeItem(names: readonly string[], item: JsonValue): string {
  if (!isJsonObject(item)) return stringifyJson(item)
  return names.filter((name) => Object.hasOwn(item, name)).map((name) => `${name}=${stringifyJson(item[name] as JsonValue)}`).join(', ')
}
