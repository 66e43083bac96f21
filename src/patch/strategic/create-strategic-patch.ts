// Counterpart: apimachinery pkg/util/strategicpatch/patch.go (diffMaps, diffLists)
import { isDraft, put, type Draft, type DraftValue } from '../../kubernetes/defaults/draft.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import type { JsonValue } from '../../model/json.ts'
import { deepEquals } from '../../values/equality.ts'
import { compareText } from '../../values/text-order.ts'
import { assertFieldMergeable } from './assert-mergeable.ts'
import { asItem, findItemType, keyOf, printed, sortByOrder } from './list-order.ts'
import { findListField, findObjectField, restates, type FieldMetadata } from './patch-metadata.ts'

export interface DiffOptions {
  readonly ignoreDeletions?: boolean
  readonly ignoreChangesAndAdditions?: boolean
  /** Objects come as people wrote them, and not as Go printed them: lists may lack what they merge by. */
  readonly asWritten?: boolean
}

interface Comparison extends DiffOptions {
  readonly retainKeys: boolean
}

/** The strategic merge patch from one object of a built-in kind to another, with all of Kubernetes' directives. */
export function createStrategicPatch(original: Draft, modified: Draft, schema: SchemaNode, options: DiffOptions = {}): Draft {
  return diffObjects(original, modified, schema, { ...options, retainKeys: false })
}

function same(left: DraftValue | undefined, right: DraftValue | undefined): boolean {
  return deepEquals(left as JsonValue, right as JsonValue)
}

function diffObjects(original: Draft, modified: Draft, schema: SchemaNode, comparison: Comparison): Draft {
  const patch: Draft = {}
  for (const key in modified) {
    const value = modified[key] as DraftValue
    if (!Object.hasOwn(original, key)) {
      if (comparison.ignoreChangesAndAdditions !== true) put(patch, key, value)
    } else diffField(key, [original[key] as DraftValue, value], patch, { schema, comparison })
  }
  if (comparison.ignoreDeletions !== true) for (const key in original) if (!Object.hasOwn(modified, key)) put(patch, key, null)
  const kept = comparison.retainKeys ? Object.keys(modified).filter((key) => modified[key] !== null) : []
  const loses = Object.keys(original).some((key) => !Object.hasOwn(modified, key))
  if (kept.length > 0 && (Object.keys(patch).length > 0 || loses)) patch['$retainKeys'] = kept.toSorted(compareText)
  return patch
}

interface Place {
  readonly schema: SchemaNode
  readonly comparison: Comparison
}

function diffField(key: string, [before, after]: [DraftValue, DraftValue], patch: Draft, { schema, comparison }: Place): void {
  if (isEqualField(key, before, after, schema)) {
    if (comparison.asWritten === true) assertFieldMergeable(after, key, schema)
    return
  }
  if (isDraft(before) && isDraft(after)) return diffObjectField(key, [before, after], patch, { field: findObjectField(schema, key), comparison })
  if (Array.isArray(before) && Array.isArray(after)) {
    const field = findListField(schema, key)
    if (field.strategy === 'merge') return diffListField(key, [before, after], patch, { field, comparison })
  }
  if (comparison.ignoreChangesAndAdditions !== true) put(patch, key, after)
}

/** What is equal needs no patch, and no schema. Two objects with a schema show whether they are equal when they are gone through. */
function isEqualField(key: string, before: DraftValue, after: DraftValue, schema: SchemaNode): boolean {
  const field = isDraft(before) && isDraft(after) ? schema.field(key) : undefined
  return field === undefined ? same(before, after) : before === after && !restates(field)
}

interface FieldPlace {
  readonly field: FieldMetadata
  readonly comparison: Comparison
}

function diffObjectField(key: string, [before, after]: [Draft, Draft], patch: Draft, { field, comparison }: FieldPlace): void {
  if (field.strategy === 'replace') {
    if (comparison.ignoreChangesAndAdditions !== true) put(patch, key, after)
    return
  }
  const inner = diffObjects(before, after, field.schema, { ...comparison, retainKeys: field.retainKeys })
  if (Object.keys(inner).length > 0) put(patch, key, inner)
}

function diffListField(key: string, [before, after]: [DraftValue[], DraftValue[]], patch: Draft, { field, comparison }: FieldPlace): void {
  if (before.length === 0) {
    if (comparison.ignoreChangesAndAdditions !== true) put(patch, key, after)
    return
  }
  const difference = findItemType(before, after) === 'object'
    ? diffKeyedLists(before, after, field, { ...comparison, retainKeys: field.retainKeys })
    : diffSets(before, after, comparison)
  if (difference.changes.length > 0) put(patch, key, difference.changes)
  if (difference.deletions.length > 0) put(patch, `$deleteFromPrimitiveList/${key}`, difference.deletions)
  if (difference.order.length > 0) put(patch, `$setElementOrder/${key}`, difference.order)
}

interface ListDifference {
  readonly changes: DraftValue[]
  readonly deletions: DraftValue[]
  readonly order: DraftValue[]
}

function diffKeyedLists(before: DraftValue[], after: DraftValue[], { schema, mergeKey }: FieldMetadata, comparison: Comparison): ListDifference {
  const changes: DraftValue[] = []
  const deletions: DraftValue[] = []
  const add = (item: Draft): void => {
    if (comparison.ignoreChangesAndAdditions !== true) changes.push(item)
  }
  const remove = (item: Draft): void => {
    if (comparison.ignoreDeletions !== true) deletions.push({ [mergeKey]: item[mergeKey] as DraftValue, $patch: 'delete' })
  }
  for (const [old, item] of pairItems(before, after, mergeKey)) {
    if (old === undefined) add(item as Draft)
    else if (item === undefined) remove(old)
    else {
      const inner = diffObjects(old, item, schema, comparison)
      if (Object.keys(inner).length > 0) changes.push({ ...inner, [mergeKey]: item[mergeKey] as DraftValue })
    }
  }
  const all = [...sortByOrder(changes, after, mergeKey), ...deletions]
  const changed = comparison.ignoreChangesAndAdditions !== true && (all.length > 0 || !haveSameOrder(before, after, mergeKey))
  const ordered = changed || (comparison.ignoreDeletions !== true && all.length > 0)
  return { changes: all, deletions: [], order: ordered ? after.map((item) => ({ [mergeKey]: asItem(item)[mergeKey] as DraftValue })) : [] }
}

function haveSameOrder(before: readonly DraftValue[], after: readonly DraftValue[], mergeKey: string): boolean {
  return before.length === after.length && before.every((item, index) => keyOf(item, mergeKey) === keyOf(after[index] as DraftValue, mergeKey))
}

/** Items of both lists by their merge keys, in the order of the keys' texts; of items with the same key the last with the last. */
function pairItems(before: DraftValue[], after: DraftValue[], mergeKey: string): readonly (readonly [old: Draft | undefined, item: Draft | undefined])[] {
  const [left, right] = [sortByKey(before, mergeKey), sortByKey(after, mergeKey)]
  const pairs: (readonly [Draft | undefined, Draft | undefined])[] = []
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const [old, item] = [left[i], right[j]]
    const order = old === undefined ? 1 : item === undefined ? -1 : compareText(old.text, item.text)
    pairs.push([order <= 0 ? old?.item : undefined, order >= 0 ? item?.item : undefined])
    if (order <= 0) i++
    if (order >= 0) j++
  }
  return pairs
}

/** Kubernetes' sort turns items with the same key around. */
function sortByKey(list: DraftValue[], mergeKey: string): readonly { readonly item: Draft; readonly text: string }[] {
  return list.toReversed().map((item) => ({ item: asItem(item), text: printed(keyOf(item, mergeKey)) })).toSorted((left, right) => compareText(left.text, right.text))
}

/** Lists of scalars are compared as bags of their texts. */
function diffSets(before: DraftValue[], after: DraftValue[], comparison: Comparison): ListDifference {
  const surplus = (list: DraftValue[], other: DraftValue[]): DraftValue[] => {
    const counts = new Map<string, number>()
    for (const item of other) counts.set(printed(item), (counts.get(printed(item)) ?? 0) + 1)
    return list.toSorted((left, right) => compareText(printed(left), printed(right))).filter((item) => {
      const count = counts.get(printed(item)) ?? 0
      counts.set(printed(item), count - 1)
      return count <= 0
    })
  }
  const changes = comparison.ignoreChangesAndAdditions === true ? [] : sortByOrder(surplus(after, before), after, '')
  const deletions = comparison.ignoreDeletions === true ? [] : [...new Set(surplus(before, after))]
  const ordered = deletions.length > 0 || comparison.ignoreChangesAndAdditions !== true
  return { changes, deletions, order: ordered ? after : [] }
}
