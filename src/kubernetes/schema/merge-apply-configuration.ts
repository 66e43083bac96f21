// apiserver pkg/admission/plugin/policy/mutating/patch/smd.go, structured-merge-diff v6 typed/merge.go

import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { checkTyped, findAtomics } from './check-typed.ts'
import { itemKey, listIdentity } from './list-keys.ts'
import type { SchemaNode } from './schema-node.ts'

export interface ApplyConfigurationOptions {
  /** Whether lists and maps that are one value may be written (and are then replaced): Kyverno's `useServerSideApply`. Default false. */
  readonly allowAtomic?: boolean
  /** Whether the live object may repeat the key of a list item, as it may on the server. Default true. */
  readonly allowDuplicates?: boolean
}

/**
 * What an apply configuration makes of an object: keyed lists merge by key, sets unite, maps merge, scalars and atomic values are replaced,
 * and nothing is ever removed. Throws INVALID_PATCH where the API server refuses: undeclared fields, wrong types, items without
 * their key, and atomic values unless allowed.
 */
export function mergeApplyConfiguration(schema: SchemaNode, live: JsonObject, patch: JsonObject, options: ApplyConfigurationOptions = {}): JsonObject {
  refuse('failed to convert patch object to typed object', checkTyped(schema, patch, { duplicates: false }))
  const atomics = options.allowAtomic === true ? [] : findAtomics(schema, patch)
  if (atomics.length > 0) throw new EvaluationError('INVALID_PATCH', `invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${atomics.join(', ')}`)
  refuse('failed to convert original object to typed object', checkTyped(schema, live, { duplicates: options.allowDuplicates ?? true }))
  return merge(schema, live, patch) as JsonObject
}

function refuse(what: string, reason: string | undefined): void {
  if (reason !== undefined) throw new EvaluationError('INVALID_PATCH', `${what}: ${reason}`)
}

function merge(schema: SchemaNode | undefined, live: JsonValue, patch: JsonValue): JsonValue {
  if (patch === null) return isOneValue(schema, live) ? null : live
  if (isJsonObject(patch) && isJsonObject(live)) return schema?.mapType === 'atomic' ? patch : mergeMaps(schema, live, patch)
  if (isJsonArray(patch) && isJsonArray(live) && schema !== undefined) return mergeLists(schema, live, patch)
  return patch
}

/** What null replaces: all but maps and lists that merge, unless they hold nothing. */
function isOneValue(schema: SchemaNode | undefined, live: JsonValue): boolean {
  if (isEmpty(live)) return true
  if (isJsonObject(live)) return schema?.mapType === 'atomic'
  return !isJsonArray(live) || schema === undefined || listIdentity(schema) === undefined
}

/** Nothing to keep of a null, an empty map or an empty list: then the patch decides which of them it is. */
function isEmpty(value: JsonValue): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}

function mergeMaps(schema: SchemaNode | undefined, live: JsonObject, patch: JsonObject): JsonObject {
  const result = { ...live }
  for (const key in patch) {
    const [before, after] = [Object.hasOwn(live, key) ? live[key] : undefined, patch[key] as JsonValue]
    const value = before === undefined ? after : merge(schema?.child(key), before, after)
    // A key `__proto__` must stay an ordinary key.
    Object.defineProperty(result, key, { value, writable: true, enumerable: true, configurable: true })
  }
  return result
}

/**
 * Both orders are respected as far as they agree: items of the patch keep their order, and items that only the live list has stay where
 * they are between them. The interleaving is that of visitListItems, because others can observe it.
 */
function mergeLists(schema: SchemaNode, live: readonly JsonValue[], patch: readonly JsonValue[]): readonly JsonValue[] {
  const names = listIdentity(schema)
  if (names === undefined) return patch
  const liveKeys = live.map((item) => itemKey(schema, names, item))
  const patchKeys = patch.map((item) => itemKey(schema, names, item))
  const liveItems = indexItems(liveKeys, live)
  const inPatch = new Set(patchKeys)
  const awaited = patchKeys.filter((key) => liveItems.has(key))
  const result: JsonValue[] = []
  let taken = 0
  const takeNext = (): string | undefined => {
    const [key, item] = [patchKeys[taken], patch[taken] as JsonValue]
    const before = liveItems.get(key)
    result.push(before === undefined || before === null ? item : merge(schema.items, before, item))
    taken++
    return key
  }
  for (const [position, item] of live.entries()) {
    const key = liveKeys[position]
    if (!inPatch.has(key)) result.push(item)
    // Any other item that both have comes when the patch comes to it.
    else if (key === awaited[0]) {
      awaited.shift()
      while (takeNext() !== key) continue
    }
  }
  while (taken < patch.length) takeNext()
  return result
}

/** Items that repeat a key are not merged with the patch's: it replaces them. */
function indexItems(keys: readonly (string | undefined)[], items: readonly JsonValue[]): ReadonlyMap<string | undefined, JsonValue> {
  const index = new Map<string | undefined, JsonValue>()
  keys.forEach((key, position) => index.set(key, index.has(key) ? null : (items[position] as JsonValue)))
  return index
}
