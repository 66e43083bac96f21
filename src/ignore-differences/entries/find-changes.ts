import { schemaFor } from '../../kubernetes/schema/schema-catalog.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { readObjectKind } from '../../kubernetes/schema/object-kind.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { deepEquals } from '../../values/equality.ts'
import type { FieldSelector, ItemSelector } from './field-selector.ts'
import { identifyItems, type ItemIdentity } from './item-identity.ts'

/** A place where two versions of an object differ. `moved`: an item of a list that stands elsewhere among those that stayed. */
export interface FieldChange {
  readonly selector: FieldSelector
  readonly kind: 'changed' | 'removed' | 'added' | 'moved'
}

/** Where two versions of an object differ; items of lists are found by what they say, not by where they stand. */
export function findChanges(before: JsonObject, after: JsonObject): readonly FieldChange[] {
  const { group, version, kind } = readObjectKind(before)
  const found: FieldChange[] = []
  compareValues(before, after, { schema: schemaFor(group, version, kind), path: [] }, found)
  return found
}

interface Place {
  readonly schema: SchemaNode | undefined
  readonly path: FieldSelector
}

function compareValues(before: JsonValue, after: JsonValue, place: Place, found: FieldChange[]): void {
  if (before === after) return
  if (isJsonObject(before) && isJsonObject(after)) compareObjects(before, after, place, found)
  else if (deepEquals(before, after)) return
  else if (isJsonArray(before) && isJsonArray(after)) compareLists({ ...place, before, after }, found)
  else found.push({ selector: place.path, kind: 'changed' })
}

function compareObjects(before: JsonObject, after: JsonObject, { schema, path }: Place, found: FieldChange[]): void {
  for (const key in before) {
    if (!Object.hasOwn(after, key)) found.push({ selector: [...path, key], kind: 'removed' })
    else if (before[key] !== after[key]) compareValues(before[key] as JsonValue, after[key] as JsonValue, { schema: schema?.child(key), path: [...path, key] }, found)
  }
  for (const key in after) if (!Object.hasOwn(before, key)) found.push({ selector: [...path, key], kind: 'added' })
}

type Lists = Place & { readonly before: readonly JsonValue[]; readonly after: readonly JsonValue[] }

function compareLists(lists: Lists, found: FieldChange[]): void {
  const { before, after, schema, path } = lists
  const identity = identifyItems([before, after], schema)
  if (identity === undefined) {
    found.push({ selector: path, kind: 'changed' })
    return
  }
  const select = (item: JsonValue): readonly (string | ItemSelector)[] => [...path, identity.selectorOf(item)]
  const later = new Map(after.map((item, index) => [identity.keyOf(item), index]))
  const earlier = new Set(before.map(identity.keyOf))
  for (const item of before) {
    const index = later.get(identity.keyOf(item))
    if (index === undefined) found.push({ selector: select(item), kind: 'removed' })
    else compareValues(item, after[index] as JsonValue, { schema: schema?.items, path: select(item) }, found)
  }
  for (const item of after) if (!earlier.has(identity.keyOf(item))) found.push({ selector: select(item), kind: 'added' })
  for (const item of findMoved(lists, identity, later)) found.push({ selector: select(item), kind: 'moved' })
}

/** The fewest items that have to go for the others to stand in one order. */
function findMoved({ before }: Lists, { keyOf }: ItemIdentity, later: ReadonlyMap<string, number>): readonly JsonValue[] {
  const common = before.filter((item) => later.has(keyOf(item)))
  const positions = common.map((item) => later.get(keyOf(item)) ?? 0)
  if (positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0))) return []
  const kept = longestRise(positions)
  return common.filter((_, index) => !kept.has(index))
}

/** The indexes of a longest increasing subsequence. */
function longestRise(numbers: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []
  const previous: (number | undefined)[] = []
  numbers.forEach((number, index) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1
      else high = middle
    }
    previous[index] = low > 0 ? tails[low - 1] : undefined
    tails[low] = index
  })
  const kept = new Set<number>()
  for (let index = tails.at(-1); index !== undefined; index = previous[index]) kept.add(index)
  return kept
}
