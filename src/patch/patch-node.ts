import { isJsonArray, isJsonObject, type JsonValue } from '../model/json.ts'
import { isConditionKey } from './condition-key.ts'
import { assertDepth } from './depth.ts'
import { setKey } from './set-key.ts'

/** A patch under preparation: changeable, and a map may hold a key twice for a while (`+(name)` beside `name`). */
export type PatchNode = PatchMap | PatchList | PatchScalar

export interface PatchMap {
  readonly kind: 'map'
  entries: PatchEntry[]
}

export interface PatchEntry {
  key: string
  value: PatchNode
}

export interface PatchList {
  readonly kind: 'list'
  items: PatchNode[]
}

export interface PatchScalar {
  readonly kind: 'scalar'
  readonly value: null | boolean | number | bigint | string
}

/** Tells a map. */
export function isMapNode(node: PatchNode): node is PatchMap {
  return node.kind === 'map'
}

/** The changeable form of a patch. */
export function toPatchNode(value: JsonValue, depth = 0): PatchNode {
  assertDepth(depth)
  if (isJsonArray(value)) return { kind: 'list', items: value.map((item) => toPatchNode(item, depth + 1)) }
  if (isJsonObject(value)) return { kind: 'map', entries: Object.entries(value).map(([key, item]) => ({ key, value: toPatchNode(item, depth + 1) })) }
  return { kind: 'scalar', value }
}

/** Back to JSON. The first of two equal keys counts, as for kustomize. */
export function fromPatchNode(node: PatchNode): JsonValue {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(fromPatchNode)
  const object: Record<string, JsonValue> = {}
  for (const { key, value } of node.entries) if (!Object.hasOwn(object, key)) setKey(object, key, fromPatchNode(value))
  return object
}

/** A deep copy. */
export function copyNode(node: PatchNode): PatchNode {
  if (node.kind === 'scalar') return node
  if (node.kind === 'list') return { kind: 'list', items: node.items.map(copyNode) }
  return { kind: 'map', entries: node.entries.map(({ key, value }) => ({ key, value: copyNode(value) })) }
}

/** The first entry of a key. */
export function findEntry(node: PatchMap, key: string): PatchEntry | undefined {
  return node.entries.find((entry) => entry.key === key)
}

/** Removes the first entry of a key. */
export function removeEntry(node: PatchMap, key: string): void {
  const index = node.entries.findIndex((entry) => entry.key === key)
  if (index >= 0) node.entries.splice(index, 1)
}

/** Sets the first entry of a key, or appends one. */
export function setEntry(node: PatchMap, key: string, value: PatchNode): void {
  const entry = findEntry(node, key)
  if (entry === undefined) node.entries.push({ key, value })
  else entry.value = value
}

/** Whether a key at any depth, or a text that looks like a condition, is such an anchor. */
export function hasAnchor(node: PatchNode, isAnchor: (key: string) => boolean): boolean {
  if (node.kind === 'scalar') return typeof node.value === 'string' && isConditionKey(node.value)
  if (node.kind === 'list') return node.items.some((item) => hasAnchor(item, isAnchor))
  return node.entries.some(({ key, value }) => isAnchor(key) || hasAnchor(value, isAnchor))
}
