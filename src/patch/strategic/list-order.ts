// Counterpart: apimachinery pkg/util/strategicpatch/patch.go (the order of merged lists)
import { isDraft, type Draft, type DraftValue } from '../../kubernetes/defaults/draft.ts'
import { goValueText } from '../../values/json-text.ts'
import type { JsonValue } from '../../model/json.ts'
import { unmergeable } from './patch-metadata.ts'

/** The type that all items of some lists have; throws where they differ, or are lists. */
export function findItemType(...lists: readonly (readonly DraftValue[])[]): 'object' | 'scalar' {
  const types = new Set(lists.flat(1).map(typeOf))
  if (types.size === 0) throw unmergeable('there are no items in any of the lists')
  if (types.size > 1) throw unmergeable('the items of a list differ in type')
  const [type] = types
  if (type === 'list' || type === 'null') throw unmergeable('lists of lists and of nulls cannot be merged')
  return type === 'object' ? 'object' : 'scalar'
}

/** Types as Go tells them apart: all numbers are one. */
export function typeOf(value: DraftValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'bigint' ? 'number' : typeof value
}

/** An item of a list that merges by key. */
export function asItem(value: DraftValue): Draft {
  if (!isDraft(value)) throw unmergeable('a list that merges by key has an item that is no object')
  return value
}

/** The merge key's value of an item; throws where it has none. */
export function keyOf(item: DraftValue, mergeKey: string): DraftValue {
  const object = asItem(item)
  if (!Object.hasOwn(object, mergeKey)) throw unmergeable(`an item has no merge key "${mergeKey}"`)
  return object[mergeKey] as DraftValue
}

/** A value as Go prints it, by which items are sorted and told apart. */
export function printed(value: DraftValue): string {
  return goValueText(value as JsonValue)
}

/** What identifies an item: its merge key, or itself. */
function identity(item: DraftValue, mergeKey: string): DraftValue | undefined {
  return mergeKey === '' ? item : isDraft(item) ? item[mergeKey] : undefined
}

function indexIn(order: readonly DraftValue[], item: DraftValue, mergeKey: string): number {
  const wanted = identity(item, mergeKey)
  return order.findIndex((other) => identity(other, mergeKey) === wanted)
}

/** Sorts items as another list has them; what is to be deleted goes last. */
export function sortByOrder(items: readonly DraftValue[], order: readonly DraftValue[], mergeKey: string): DraftValue[] {
  const isDeletion = (item: DraftValue): boolean => mergeKey !== '' && asItem(item)['$patch'] === 'delete'
  if (mergeKey !== '') for (const item of [...items, ...order]) keyOf(item, mergeKey)
  const kept = items.filter((item) => !isDeletion(item)).map((item) => ({ item, at: indexIn(order, item, mergeKey) }))
  return [...kept.toSorted((left, right) => left.at - right.at).map(({ item }) => item), ...items.filter(isDeletion)]
}

/**
 * Puts the items that a patch names and those that only the server has into one list: each kind keeps its own order, and a server's item
 * comes before a patch's where it did so on the server.
 */
export function interleave(patchItems: readonly DraftValue[], serverItems: readonly DraftValue[], serverOrder: readonly DraftValue[], mergeKey: string): DraftValue[] {
  const merged: DraftValue[] = []
  let [left, right] = [0, 0]
  while (left < serverItems.length || right < patchItems.length) {
    const [server, patch] = [serverItems[left], patchItems[right]]
    if (server !== undefined && (patch === undefined || comesBefore(server, patch, serverOrder, mergeKey))) {
      merged.push(server)
      left++
    } else {
      merged.push(patch as DraftValue)
      right++
    }
  }
  return merged
}

function comesBefore(server: DraftValue, patch: DraftValue, serverOrder: readonly DraftValue[], mergeKey: string): boolean {
  const [left, right] = [indexIn(serverOrder, server, mergeKey), indexIn(serverOrder, patch, mergeKey)]
  return left >= 0 && right >= 0 && left < right
}

/** Splits a merged list into what a list names and what it does not. */
export function partition(merged: readonly DraftValue[], named: readonly DraftValue[], mergeKey: string): { readonly inside: DraftValue[]; readonly outside: DraftValue[] } {
  const inside: DraftValue[] = []
  const outside: DraftValue[] = []
  for (const item of merged) {
    if (mergeKey !== '') keyOf(item, mergeKey)
    if (indexIn(named, item, mergeKey) >= 0) inside.push(item)
    else outside.push(item)
  }
  return { inside, outside }
}
