// Counterpart: kustomize kyaml yaml/walk/{walk,map}.go and yaml/merge2/{merge2,smpdirective}.go, as Kyverno calls them (the patch's list items come first).
import { EvaluationError } from '../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { findMergeShape, opaqueShape, type MergeShape } from '../kubernetes/kustomize-merge-keys.ts'
import { assertDepth } from './depth.ts'
import { mergeKeyedList } from './keyed-list-merge.ts'
import type { MergeOutcome, MergePair } from './merge-pair.ts'
import { scalarText } from './scalar-text.ts'
import { ownValue, setKey, withoutKey } from './set-key.ts'

const cleared: MergeOutcome = { value: undefined, inPlace: false }

/** Merges a strategic merge patch into a resource as kustomize does; undefined where the patch deletes the resource. */
export function mergeAsKustomize(target: JsonValue, patch: JsonValue): JsonValue | undefined {
  return mergeNodes({ target, patch, shape: undefined, same: false, depth: 0 }).value
}

/** Merges one node with its counterpart in the patch. */
export function mergeNodes(pair: MergePair): MergeOutcome {
  assertDepth(pair.depth)
  const shape = pair.shape ?? findEmbeddedShape(pair.target) ?? findEmbeddedShape(pair.patch)
  // Nothing merges below, so that the target's part stays as it is.
  if (pair.patch === undefined && shape === opaqueShape && pair.keys === undefined) return { value: pair.target, inPlace: true }
  const kind = findCommonKind(pair.target ?? null, pair.patch ?? null)
  if (kind === 'MappingNode') return mergeObjects({ ...pair, shape })
  if (kind === 'SequenceNode') return mergeLists({ ...pair, shape })
  return pair.patch === undefined ? { value: pair.target, inPlace: true } : { value: pair.patch ?? undefined, inPlace: false }
}

/** The kind that both nodes have; null goes with any, and two of them count as maps. */
function findCommonKind(target: JsonValue, patch: JsonValue): string {
  if (target === null) return patch === null ? 'MappingNode' : nodeKind(patch)
  const kind = nodeKind(target)
  if (patch !== null && nodeKind(patch) !== kind) throw new EvaluationError('INVALID_PATCH', `wrong node kind: expected ${kind} but got ${nodeKind(patch)}`)
  return kind
}

function nodeKind(value: JsonValue): string {
  if (Array.isArray(value)) return 'SequenceNode'
  return isJsonObject(value) ? 'MappingNode' : 'ScalarNode'
}

/** Where no schema is known from above, an object that names its own kind brings one. */
function findEmbeddedShape(node: JsonValue | undefined): MergeShape | undefined {
  if (!isJsonObject(node)) return undefined
  const [apiVersion, kind] = [ownValue(node, 'apiVersion'), ownValue(node, 'kind')]
  return apiVersion === undefined || kind === undefined ? undefined : findMergeShape(scalarText(apiVersion), scalarText(kind))
}

function mergeObjects(pair: MergePair): MergeOutcome {
  const { target, patch } = pair
  if (target === undefined || target === null) return addObject(pair)
  if (patch === null) return cleared
  if (patch === undefined) return { value: mergeFields(target as JsonObject, undefined, pair), inPlace: true }
  const directive = readDirective(patch as JsonObject)
  if (directive === 'unknown') throw new EvaluationError('INVALID_PATCH', `unknown patch strategy '${scalarText((patch as JsonObject)['$patch'] as JsonValue)}'`)
  if (directive === 'delete') return cleared
  const stripped = withoutKey(patch as JsonObject, '$patch')
  if (directive === 'replace') return { value: mergeFields(stripped, stripped, { ...pair, same: true }), inPlace: false }
  const base = pair.same ? stripped : target as JsonObject
  return { value: mergeFields(base, stripped, pair), inPlace: true }
}

/** What the target lacks, or has as null. An unknown directive is an error only where something is there to be patched. */
function addObject(pair: MergePair): MergeOutcome {
  if (pair.patch === undefined) return { value: pair.target, inPlace: true }
  if (pair.patch === null) return cleared
  const patch = pair.patch as JsonObject
  const directive = readDirective(patch)
  if (directive === 'delete') return cleared
  const added = directive === 'unknown' ? patch : withoutKey(patch, '$patch')
  return { value: mergeFields(added, added, { ...pair, same: true }), inPlace: false }
}

function readDirective(patch: JsonObject): 'merge' | 'replace' | 'delete' | 'unknown' {
  const directive = ownValue(patch, '$patch')
  if (directive === undefined) return 'merge'
  const text = scalarText(directive)
  return text === 'merge' || text === 'replace' || text === 'delete' ? text : 'unknown'
}

function mergeFields(target: JsonObject, patch: JsonObject | undefined, pair: MergePair): JsonObject {
  const merged = mergeKnownFields(target, patch, pair)
  return patch === undefined || patch === target ? merged : addFields(merged, target, { ...pair, patch })
}

function mergeKnownFields(target: JsonObject, patch: JsonObject | undefined, pair: MergePair): JsonObject {
  let copy: Record<string, JsonValue> | undefined
  for (const key in target) {
    const before = target[key] as JsonValue
    const change = patch === undefined ? undefined : ownValue(patch, key)
    // A scalar that nobody patches stays.
    if (change === undefined && isScalar(before)) continue
    const value = mergeField(key, before, change, pair)
    if (value === before) continue
    copy ??= { ...target }
    if (value === undefined) delete copy[key]
    else setKey(copy, key, keepQuotes(before, value))
  }
  return copy ?? target
}

/** What a patch brings that the target lacks. */
function addFields(merged: JsonObject, target: JsonObject, pair: MergePair & { readonly patch: JsonObject }): JsonObject {
  let copy: Record<string, JsonValue> | undefined
  for (const key in pair.patch) {
    const value = Object.hasOwn(target, key) ? undefined : mergeField(key, undefined, pair.patch[key], pair)
    if (value !== undefined) setKey(copy ??= { ...merged }, key, value)
  }
  return copy ?? merged
}

function mergeField(key: string, target: JsonValue | undefined, patch: JsonValue | undefined, pair: MergePair): JsonValue | undefined {
  const field = pair.shape?.fields.get(key)
  const shape = field?.shape ?? (pair.shape === undefined ? undefined : opaqueShape)
  if (patch === undefined && isKnownToStay(target, shape, field?.keys)) return target
  const below: MergePair = { target, patch, shape, keys: field?.keys, same: pair.same, depth: pair.depth + 1 }
  const { value } = mergeNodes(below)
  if (patch === undefined && value === target) unchanged.set(target as object, below)
  return value
}

function isScalar(value: JsonValue | undefined): value is Exclude<JsonValue, readonly JsonValue[] | JsonObject> | undefined {
  return typeof value !== 'object' || value === null
}

const unchanged = new WeakMap<object, Pick<MergePair, 'shape' | 'keys'>>()

function isKnownToStay(value: JsonValue | undefined, shape: MergePair['shape'], keys: MergePair['keys']): boolean {
  if (isScalar(value)) return true
  const known = unchanged.get(value)
  return known !== undefined && known.shape === shape && known.keys === keys
}

/** kustomize keeps the quotes of the YAML scalar that it replaces: a number or boolean in place of a text becomes a text. */
function keepQuotes(before: JsonValue | undefined, value: JsonValue): JsonValue {
  return typeof before === 'string' && (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') ? scalarText(value) : value
}

function mergeLists(pair: MergePair): MergeOutcome {
  const { target, patch, keys } = pair
  if (keys === undefined) return patch === undefined ? { value: target, inPlace: true } : { value: patch ?? undefined, inPlace: false }
  return patch === null ? cleared : mergeKeyedList(pair, keys, mergeNodes)
}
