// Counterpart: apimachinery pkg/util/strategicpatch/patch.go (mergeMap, mergeSlice)
import { isDraft, put, type Draft, type DraftValue } from '../../kubernetes/defaults/draft.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import type { JsonValue } from '../../model/json.ts'
import { deepEquals } from '../../values/equality.ts'
import { assertDepth } from '../depth.ts'
import { asItem, findItemType, interleave, keyOf, partition, sortByOrder, typeOf } from './list-order.ts'
import { findListField, findObjectField, unmergeable, type FieldMetadata } from './patch-metadata.ts'

/** Applies a strategic merge patch to an object of a built-in kind. Works in place, and takes parts of the patch over. */
export function applyStrategicPatch(original: Draft, patch: Draft, schema: SchemaNode): Draft {
  return mergeObjects(original, patch, { schema, applies: true, depth: 0 })
}

/** Joins two patches into one that does what both do, the second after the first; directives stay. Works in place. */
export function joinStrategicPatches(first: Draft, second: Draft, schema: SchemaNode): Draft {
  return mergeObjects(first, second, { schema, applies: false, depth: 0 })
}

interface Merge {
  readonly schema: SchemaNode
  /** Whether the patch meets an object, and not another patch. */
  readonly applies: boolean
  readonly depth: number
}

const orderPrefix = '$setElementOrder/'
const deletionPrefix = '$deleteFromPrimitiveList/'

function mergeObjects(original: Draft, patch: Draft, merge: Merge): Draft {
  assertDepth(merge.depth)
  if (Object.hasOwn(patch, '$patch')) return followDirective(patch)
  retainKeys(original, patch, merge)
  for (const key of Object.keys(patch)) if (key.startsWith(orderPrefix)) mergeOrdered(key, original, patch, merge)
  for (const key of Object.keys(patch)) mergeKey(key, original, patch[key] as DraftValue, merge)
  return original
}

function followDirective({ $patch: directive, ...rest }: Draft): Draft {
  if (directive === 'replace') return rest
  if (directive === 'delete') return {}
  throw unmergeable(`unknown patch directive ${JSON.stringify(directive)}`)
}

/** `$retainKeys`: of an object only what it names stays. */
function retainKeys(original: Draft, patch: Draft, { applies }: Merge): void {
  const named = patch['$retainKeys']
  if (named === undefined) return
  delete patch['$retainKeys']
  if (!applies) {
    const known = original['$retainKeys']
    if (known !== undefined && !deepEquals(known as JsonValue, named as JsonValue)) throw unmergeable('the two patches retain different keys')
    original['$retainKeys'] = named
    return
  }
  if (!Array.isArray(named)) throw unmergeable('$retainKeys must be a list')
  const sets = Object.keys(patch).filter((key) => patch[key] !== null && !key.startsWith(deletionPrefix) && !key.startsWith(orderPrefix))
  if (!sets.every((key) => named.includes(key))) throw unmergeable('$retainKeys does not name all that the patch sets')
  for (const key of Object.keys(original)) if (!named.includes(key)) delete original[key]
}

/** `$setElementOrder/list`: merges the list, and puts what the patch names in the order that it asks for. */
function mergeOrdered(directive: string, original: Draft, patch: Draft, merge: Merge): void {
  const order = takeOrder(directive, original, patch, merge)
  const key = directive.slice(orderPrefix.length)
  const [before, change] = [listAt(original, key), listAt(patch, key)]
  const field = findListField(merge.schema, key)
  if (change !== undefined) assertOrderNames(change, order, field.mergeKey)
  if (before === undefined && change === undefined) return
  const merged = before === undefined ? withoutDirectives(change as DraftValue) as DraftValue[]
    : change === undefined ? before : mergeLists(before.slice(), change, field, { merge, deletes: false })
  const { inside, outside } = partition(merged, order, field.mergeKey)
  findItemType(before ?? [], change ?? [])
  put(original, key, arrange(inside, outside, { order, serverOrder: before ?? [], mergeKey: field.mergeKey }))
  delete patch[key]
}

function takeOrder(directive: string, original: Draft, patch: Draft, { applies }: Merge): DraftValue[] {
  const order = patch[directive] as DraftValue
  delete patch[directive]
  if (!Array.isArray(order)) throw unmergeable(`${directive} must be a list`)
  if (!applies) {
    if (Object.hasOwn(original, directive) && !deepEquals(original[directive] as JsonValue, order as JsonValue)) throw unmergeable('the two patches ask for different orders')
    original[directive] = order
  }
  return order
}

function listAt(holder: Draft, key: string): DraftValue[] | undefined {
  const value = Object.hasOwn(holder, key) ? holder[key] : undefined
  if (value !== undefined && !Array.isArray(value)) throw unmergeable(`${key} is no list`)
  return value
}

/** The items of the patch must be among those of the order, in the same order. */
function assertOrderNames(change: readonly DraftValue[], order: readonly DraftValue[], mergeKey: string): void {
  if (order.length === 0) return
  const items = mergeKey === '' ? change : change.filter((item) => !Object.hasOwn(asItem(item), '$patch'))
  let at = 0
  for (const named of order) {
    const item = items[at]
    if (item !== undefined && (mergeKey === '' ? item === named : keyOf(item, mergeKey) === keyOf(named, mergeKey))) at++
  }
  if (at < items.length) throw unmergeable('the order of the patch list does not match $setElementOrder')
}

function arrange(inside: DraftValue[], outside: DraftValue[], { order, serverOrder, mergeKey }: { order: readonly DraftValue[]; serverOrder: readonly DraftValue[]; mergeKey: string }): DraftValue[] {
  return interleave(sortByOrder(inside, order, mergeKey), sortByOrder(outside, serverOrder, mergeKey), serverOrder, mergeKey)
}

function mergeKey(patchKey: string, original: Draft, change: DraftValue, merge: Merge): void {
  const deletes = patchKey.startsWith(deletionPrefix)
  if (deletes && !merge.applies) {
    original[patchKey] = change
    return
  }
  const key = deletes ? patchKey.slice(deletionPrefix.length) : patchKey
  if (change === null) {
    delete original[key]
    if (merge.applies) return
  }
  const before = Object.hasOwn(original, key) ? original[key] as DraftValue : undefined
  if (before !== undefined && typeOf(before) === typeOf(change)) mergeField(key, original, change, { merge, deletes })
  else if (!deletes) take(original, key, merge.applies ? withoutNulls(change) : change)
}

function mergeField(key: string, original: Draft, change: DraftValue, { merge, deletes }: ListMerge): void {
  const before = original[key] as DraftValue
  if (isDraft(before)) {
    const field = findObjectField(merge.schema, key)
    put(original, key, field.strategy === 'replace' ? change : mergeObjects(before, change as Draft, { ...merge, schema: field.schema, depth: merge.depth + 1 }))
  } else if (Array.isArray(before)) put(original, key, mergeLists(before, change as DraftValue[], findListField(merge.schema, key), { merge, deletes }))
  else take(original, key, change)
}

/** Takes a value of the patch over, unless it is itself a directive. */
function take(original: Draft, key: string, change: DraftValue): void {
  const value = withoutDirectives(change)
  if (value === undefined) delete original[key]
  else put(original, key, value)
}

interface ListMerge {
  readonly merge: Merge
  readonly deletes: boolean
}

function mergeLists(before: DraftValue[], change: DraftValue[], field: FieldMetadata, { merge, deletes }: ListMerge): DraftValue[] {
  if (field.strategy !== 'merge' && !deletes) return change
  if (before.length === 0 && change.length === 0) return before
  const type = findItemType(before, change)
  if (type === 'scalar') {
    if (merge.applies && deletes) return before.filter((item) => !change.includes(item))
    const merged = [...new Set([...before, ...change])]
    const { inside, outside } = partition(merged, change, '')
    return arrange(inside, outside, { order: change, serverOrder: before, mergeKey: '' })
  }
  const { mergeKey } = field
  if (mergeKey === '') throw unmergeable('lists of objects cannot be merged without a merge key')
  const { base, items } = followItemDirectives(before, change, mergeKey)
  const merged = mergeItems(base.slice(), items, field, merge)
  const { inside, outside } = partition(merged, items, mergeKey)
  return arrange(inside, outside, { order: items, serverOrder: base, mergeKey })
}

/** Items of the patch that delete others, or say that its list replaces the other. */
function followItemDirectives(before: DraftValue[], change: DraftValue[], mergeKey: string): { readonly base: DraftValue[]; readonly items: DraftValue[] } {
  let base = before
  let replaces = false
  const items: DraftValue[] = []
  for (const item of change) {
    const directive = asItem(item)['$patch']
    if (directive === undefined) items.push(item)
    else if (directive === 'replace') replaces = true
    else if (directive === 'delete') {
      const key = keyOf(item, mergeKey)
      base = base.filter((other) => asItem(other)[mergeKey] !== key)
    } else throw unmergeable(`unknown patch directive ${JSON.stringify(directive)} in a list`)
  }
  return replaces ? { base: items, items: [] } : { base, items }
}

function mergeItems(base: DraftValue[], items: readonly DraftValue[], { schema, mergeKey }: FieldMetadata, merge: Merge): DraftValue[] {
  const places = new Map<DraftValue | undefined, number>()
  for (const [index, item] of base.entries()) if (!places.has(asItem(item)[mergeKey])) places.set(asItem(item)[mergeKey], index)
  for (const item of items) {
    const key = keyOf(item, mergeKey)
    const place = places.get(key)
    if (place === undefined) {
      places.set(key, base.length)
      base.push(item)
    } else base[place] = mergeObjects(asItem(base[place] as DraftValue), item as Draft, { ...merge, schema, depth: merge.depth + 1 })
  }
  return base
}

/** Undefined for an object that is a directive; those inside are left out. */
function withoutDirectives(value: DraftValue): DraftValue | undefined {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined)
  if (!isDraft(value)) return value
  if (Object.hasOwn(value, '$patch')) return undefined
  const kept: Draft = {}
  for (const [key, item] of Object.entries(value)) {
    const inner = withoutDirectives(item)
    if (inner !== undefined) put(kept, key, inner)
  }
  return kept
}

/** What is new comes without nulls; those of lists stay. */
function withoutNulls(value: DraftValue): DraftValue {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isDraft(value)) return value
  const kept: Draft = {}
  for (const [key, item] of Object.entries(value)) if (item !== null) put(kept, key, withoutNulls(item))
  return kept
}
