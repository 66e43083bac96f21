// Counterpart: kustomize kyaml yaml/walk/associative_sequence.go and the element filters of yaml/fns.go, their oddities included.
import { EvaluationError } from '../model/errors.ts'
import { isJsonObject, type JsonValue } from '../model/json.ts'
import { findElement, readElementKeys, setElement } from './list-element.ts'
import type { MergeNodes, MergeOutcome, MergePair } from './merge-pair.ts'
import { scalarText } from './scalar-text.ts'
import { ownValue, withKey } from './set-key.ts'

/** Lists that are merged step by step, as kustomize does it, take quadratic time. */
const maxIrregularItems = 2000

type Items = readonly JsonValue[]

/** Merges two lists by the keys of their items; no keys: as sets of scalars. The patch's items come first. */
export function mergeKeyedList(pair: MergePair, keys: readonly string[], mergeNodes: MergeNodes): MergeOutcome {
  const patch = pair.patch as Items | undefined
  // A list that the target lacks is walked against itself, and its directives are not looked for.
  if (pair.target === undefined || pair.target === null) return { value: mergeItems({ target: patch as Items, patch, keys, pair, mergeNodes }), inPlace: false }
  const target = pair.target as Items
  const directive = patch === undefined ? undefined : readListDirective(patch)
  if (patch === undefined || directive === undefined) return { value: mergeItems({ target, patch, keys, pair, mergeNodes }), inPlace: true }
  if (directive === 'delete') return { value: undefined, inPlace: false }
  const rest = [...patch]
  setElement(rest, ['$patch'], [directive], undefined)
  const replaces = directive === 'replace' || pair.same
  return { value: mergeItems({ target: replaces ? rest : target, patch: rest, keys, pair, mergeNodes }), inPlace: directive !== 'replace' }
}

function mergeItems(lists: Lists): JsonValue | undefined {
  const known = lists.keys.length === 0 ? { ...lists, keys: [''] } : lists
  return mergeRegular(known) ?? mergeIrregular(known)
}

interface Lists {
  readonly target: Items
  readonly patch: Items | undefined
  readonly keys: readonly string[]
  readonly pair: MergePair
  readonly mergeNodes: MergeNodes
}

/** An item that holds `$patch` alone speaks of the list. */
function readListDirective(patch: Items): string | undefined {
  const item = patch.find((each) => isJsonObject(each) && Object.hasOwn(each, '$patch'))
  if (!isJsonObject(item) || Object.keys(item).length > 1) return undefined
  const text = scalarText(item['$patch'] as JsonValue)
  if (text !== 'merge' && text !== 'replace' && text !== 'delete') throw new EvaluationError('INVALID_PATCH', `unknown patch strategy '${text}'`)
  return text
}

/** The usual case, in linear time: every item has all keys, and no two of a list have the same ones. Undefined where it is not that case. */
function mergeRegular({ target, patch, keys, pair, mergeNodes }: Lists): JsonValue | undefined {
  const targets = indexByKeys(target, keys)
  const patches = patch === undefined || patch === target ? new Map<string, JsonValue>() : indexByKeys(patch, keys)
  if (targets === undefined || patches === undefined) return undefined
  const same = patch === target
  const merged: JsonValue[] = []
  const add = (before: JsonValue | undefined, change: JsonValue | undefined): void => {
    const { value, inPlace } = mergeNodes({ target: before, patch: change, shape: pair.shape, same, depth: pair.depth + 1 })
    if (isNothing(value)) return
    // An item of the patch that replaces (`$patch: replace`) is overwritten by the target's when the lists are joined.
    merged.push(inPlace || before === undefined ? value as JsonValue : before)
  }
  for (const [key, change] of patches) add(targets.get(key), change)
  for (const [key, before] of targets) if (!patches.has(key)) add(before, same ? before : undefined)
  return shareUnchanged(target, merged)
}

function indexByKeys(items: Items, keys: readonly string[]): Map<string, JsonValue> | undefined {
  const index = new Map<string, JsonValue>()
  for (const item of items) {
    const values = keys[0] === '' ? (typeof item === 'string' ? [item] : []) : isJsonObject(item) ? readElementKeys(item, keys) : []
    if (values.length !== keys.length || values.includes('')) return undefined
    const key = keys.length === 1 ? values[0] as string : JSON.stringify(values)
    if (index.has(key)) return undefined
    index.set(key, item)
  }
  return index
}

function shareUnchanged(target: Items, merged: Items): JsonValue {
  return merged.length === target.length && merged.every((item, index) => item === target[index]) ? target : merged
}

/** Items without a key or with the same one: kustomize's steps one by one, since what they make of it follows no rule. */
function mergeIrregular({ target, patch, keys, pair, mergeNodes }: Lists): JsonValue {
  const same = patch === target
  const targetItems = [...target]
  const patchItems = same ? targetItems : [...(patch ?? [])]
  assertLength(targetItems.length + patchItems.length, keys)
  const values = listKeyValues(patchItems, targetItems, keys)
  const usedKeys = keys[0] === '' ? keys : findUsedKeys(values, keys)
  const added: JsonValue[] = []
  for (const value of values) {
    const usedValues = value.filter((_, index) => usedKeys.includes(keys[index] as string))
    const [lookupKeys, lookupValues] = dropEmpty(usedKeys, usedValues)
    const at = findElement(targetItems, lookupKeys, lookupValues)
    const change = patchItems[findElement(patchItems, lookupKeys, lookupValues)]
    const outcome = mergeNodes({ target: targetItems[at], patch: change, shape: pair.shape, same, depth: pair.depth + 1 })
    if (isNothing(outcome.value)) {
      setElement(targetItems, usedKeys, usedValues, undefined)
      continue
    }
    const item = ensureKeys(outcome.value as JsonValue, usedKeys, usedValues)
    if (outcome.inPlace && at >= 0) targetItems[at] = item
    setElement(added, usedKeys, usedValues, item)
  }
  if (values.length > 0) appendItems(added, targetItems, usedKeys)
  return shareUnchanged(target, values.length > 0 ? added : targetItems)
}

function assertLength(length: number, keys: readonly string[]): void {
  if (length <= maxIrregularItems) return
  throw new EvaluationError('LIMIT_EXCEEDED', `lists of more than ${maxIrregularItems} items, some of which lack the merge key ${keys.join(', ')} or repeat it`)
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (isJsonObject(value) && Object.keys(value).length === 0)
}

/** The distinct key values of all items, the patch's first. */
function listKeyValues(patch: Items, target: Items, keys: readonly string[]): readonly string[][] {
  const seen = new Set<string>()
  const all: string[][] = []
  for (const item of [...patch, ...target]) {
    const values = keys[0] === '' ? [scalarText(item)] : readElementKeys(item, keys)
    const id = JSON.stringify(values)
    if (seen.has(id)) continue
    seen.add(id)
    all.push(values)
  }
  return keys.length > 1 ? fillMissingValues(all) : all
}

/** Two items that agree where both have a key are taken for the same one. */
function fillMissingValues(all: string[][]): string[][] {
  if (!all.some((values) => values.includes(''))) return all
  for (let first = 0; first < all.length; first++) {
    const values = all[first] as string[]
    for (let second = 0; second < all.length; second++) {
      const others = all[second] as string[]
      const filled = values.map((value, index) => value === '' ? others[index] as string : value)
      const agree = values.some((value, index) => value === others[index])
        && values.every((value, index) => value === others[index] || value === '' || others[index] === '')
      if (agree) all[first] = all[second] = filled
    }
  }
  return all
}

/** Only keys that some item has; all of them where none has any. */
function findUsedKeys(all: readonly string[][], keys: readonly string[]): readonly string[] {
  const used = keys.filter((_, index) => all.some((values) => values[index] !== ''))
  return used.length === 0 ? keys : used
}

function dropEmpty(keys: readonly string[], values: readonly string[]): [keys: readonly string[], values: readonly string[]] {
  if (values.every((value) => value === '')) return [keys, values]
  return [keys.filter((_, index) => values[index] !== ''), values.filter((value) => value !== '')]
}

function ensureKeys(item: JsonValue, keys: readonly string[], values: readonly string[]): JsonValue {
  let result = item
  for (const [index, key] of keys.entries()) {
    const value = values[index] as string
    if (isJsonObject(result) && value !== '' && ownValue(result, key) === undefined) result = withKey(result, key, value)
  }
  return result
}

/** Appends the target's items to the patch's. An item without the key wipes what was there before it. */
function appendItems(items: JsonValue[], rest: Items, keys: readonly string[]): void {
  for (const item of rest) {
    if (keys[0] === '') {
      setElement(items, [''], [scalarText(item)], item)
      continue
    }
    const values: string[] = []
    for (const key of keys) {
      const value = isJsonObject(item) ? ownValue(item, key) : undefined
      if (item !== null && !isJsonObject(item)) throw new EvaluationError('INVALID_PATCH', 'wrong node kind: a list that merges by key has an item that is not a map')
      if (value === undefined) items.push(item)
      else values.push(scalarText(value))
    }
    if (keys.length > 1) setElement(items, keys, values, undefined)
    setElement(items, keys, values, item)
  }
}
