// Counterpart: Kyverno pkg/engine/mutate/patch/strategicPreprocessing.go (the walk that decides; what is deleted afterwards is in anchor-removal.ts).
import { EvaluationError } from '../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonValue } from '../model/json.ts'
import { toFloat64 } from '../values/numbers.ts'
import { parseAnchor } from '../values/anchor-key.ts'
import { isConditionKey } from './condition-key.ts'
import { removeAnchors, removeTopLevelAnchors } from './anchor-removal.ts'
import { assertDepth } from './depth.ts'
import { copyNode, findEntry, fromPatchNode, hasAnchor, isMapNode, removeEntry, setEntry, toPatchNode, type PatchList, type PatchMap, type PatchNode } from './patch-node.ts'
import { scalarText } from './scalar-text.ts'
import { ownValue } from './set-key.ts'

/** Kyverno's pattern matching (the engine's), which conditions in a patch ask. */
export type MatchesPattern = (resource: JsonValue, pattern: JsonValue) => boolean

/** A condition of the patch does not hold: the rule changes nothing, or the list item is left out. */
class ConditionFailure extends Error {
  readonly global: boolean

  constructor(global: boolean) {
    super('a condition of the patch does not hold')
    this.global = global
  }
}

// Thrown for most resources, and a stack costs more than all that led there: so each is made once.
const localFailure = new ConditionFailure(false)
const globalFailure = new ConditionFailure(true)

/** Decides the patch's anchors against a resource: the patch that is left to merge, or undefined where a condition keeps the whole patch from applying. */
export function resolveAnchors(patch: JsonValue, resource: JsonValue, matchesPattern: MatchesPattern): JsonValue | undefined {
  const root = toPatchNode(patch)
  try {
    new AnchorWalk(matchesPattern).walk(root, resource, 0)
  } catch (error) {
    if (error instanceof ConditionFailure) return undefined
    throw error
  }
  removeTopLevelAnchors(root)
  return fromPatchNode(root)
}

class AnchorWalk {
  readonly #matchesPattern: MatchesPattern

  constructor(matchesPattern: MatchesPattern) {
    this.#matchesPattern = matchesPattern
  }

  walk(patch: PatchNode, resource: JsonValue | undefined, depth: number): void {
    assertDepth(depth)
    if (isMapNode(patch)) this.#walkMap(patch, resource, depth)
    else if (patch.kind === 'list' && patch.items[0] !== undefined && isMapNode(patch.items[0])) this.#walkListOfMaps(patch, resource, depth)
  }

  #walkMap(patch: PatchMap, resource: JsonValue | undefined, depth: number): void {
    resolveAddIfNotPresent(patch, resource)
    this.#checkConditions(patch, resource, '<')
    this.#checkConditions(patch, resource, '')
    for (const key of patch.entries.map((entry) => entry.key)) {
      const modifier = parseAnchor(key)?.modifier
      if (modifier === '' || modifier === '<' || modifier === '+') continue
      const child = findEntry(patch, key)
      if (child !== undefined) this.walk(child.value, isJsonObject(resource) ? ownValue(resource, key) : undefined, depth + 1)
    }
  }

  #checkConditions(patch: PatchMap, resource: JsonValue | undefined, modifier: '<' | ''): void {
    const failure = modifier === '<' ? globalFailure : localFailure
    const entries = patch.entries.slice()
    for (const { key, value } of entries) {
      const anchor = parseAnchor(key)
      if (anchor?.modifier !== modifier) continue
      const actual = isJsonObject(resource) ? ownValue(resource, anchor.key) : undefined
      if (actual === undefined) throw failure
      // A value that holds add-if-not-present anchors is for adding, not for comparing.
      if (isMapNode(value) && resolveAddIfNotPresent(value, actual)) continue
      if (!this.#matchesPattern(toComparable(actual), toComparable(fromPatchNode(value)))) throw failure
    }
  }

  /** Makes of each item with conditions one item for each item of the resource that meets them, tied to it by its name. */
  #walkListOfMaps(patch: PatchList, resource: JsonValue | undefined, depth: number): void {
    if (resource !== undefined && resource !== null && !isJsonArray(resource)) {
      throw new EvaluationError('INVALID_PATCH', 'the patch has a list where the resource has none')
    }
    // Items are appended on the way; only the ones there now are looked at.
    const items = patch.items.slice()
    for (const item of items) {
      if (hasAnchor(item, isPatchAnchor)) this.#walkItem(patch, item, resource, depth)
    }
  }

  #walkItem(patch: PatchList, item: PatchNode, resource: readonly JsonValue[] | null | undefined, depth: number): void {
    const global = hasAnchor(item, (key) => parseAnchor(key)?.modifier === '<')
    // One copy for all items: what an item of the resource takes out of it stays out for the next ones (Kyverno does so).
    const copy = copyNode(item)
    let passed = false
    let last: ConditionFailure | undefined
    for (const each of resource ?? []) {
      const failure = this.#tryItem(copy, each, depth)
      if (failure?.global === true) last = failure
      if (failure !== undefined) continue
      if (global) passed = true
      else appendNamed(patch, copy, each)
    }
    if (resource === undefined) last = this.#tryItem(copy, undefined, depth)
    if (!passed && last?.global === true) throw last
  }

  #tryItem(item: PatchNode, resource: JsonValue | undefined, depth: number): ConditionFailure | undefined {
    try {
      this.walk(item, resource, depth + 1)
      return undefined
    } catch (error) {
      if (error instanceof ConditionFailure) return error
      throw error
    }
  }
}

function isPatchAnchor(key: string): boolean {
  const modifier = parseAnchor(key)?.modifier
  return modifier === '' || modifier === '<' || modifier === '+'
}

/** `+(key)` goes where the resource has the key, and becomes `key` where it has not. True where there was one. */
function resolveAddIfNotPresent(patch: PatchMap, resource: JsonValue | undefined): boolean {
  let found = false
  const entries = patch.entries.slice()
  for (const entry of entries) {
    const anchor = parseAnchor(entry.key)
    if (anchor?.modifier !== '+') continue
    found = true
    if (isJsonObject(resource) && Object.hasOwn(resource, anchor.key)) removeEntry(patch, entry.key)
    else entry.key = anchor.key
  }
  return found
}

/** Conditions compare scalars as texts, everything else as JSON with float64 numbers. */
function toComparable(value: JsonValue): JsonValue {
  return value === null || typeof value !== 'object' ? scalarText(value) : toFloat64(value)
}

/** Without a name, kustomize could not tell which item is meant. */
function appendNamed(patch: PatchList, item: PatchNode, resource: JsonValue): void {
  const name = isJsonObject(resource) ? ownValue(resource, 'name') : undefined
  if (name === undefined || name === null || (typeof name === 'object' && Object.keys(name).length === 0)) return
  const copy = copyNode(item)
  if (removeAnchors(copy, true)) return
  if (!isMapNode(copy)) throw new EvaluationError('INVALID_PATCH', 'a list of maps in the patch has an item that is a list')
  setEntry(copy, 'name', toPatchNode(name))
  patch.items.push(copy)
}

/** Whether the patch has anything that anchors or their removal would change; most patches have not. */
export function needsAnchorResolution(patch: JsonValue): boolean {
  const pending: JsonValue[] = [patch]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (isJsonArray(value)) {
      for (const item of value) pending.push(item)
    } else if (isJsonObject(value)) {
      let isEmpty = true
      for (const key in value) {
        if (isPatchAnchor(key)) return true
        isEmpty = false
        pending.push(value[key] as JsonValue)
      }
      if (isEmpty) return true
    } else if (typeof value === 'string' && isConditionKey(value)) return true
  }
  return false
}
