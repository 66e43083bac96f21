// Counterpart: Kyverno pkg/engine/mutate/patch/strategicPreprocessing.go (deleteConditionElements and what it calls)
import { EvaluationError } from '../model/errors.ts'
import { parseAnchor } from '../values/anchor-key.ts'
import { isConditionKey } from './condition-key.ts'
import { findEntry, hasAnchor, isMapNode, removeEntry, type PatchList, type PatchMap, type PatchNode } from './patch-node.ts'

/** Removes the conditions that have done their work from a whole patch. A condition at the top that still holds something keeps its brackets. */
export function removeTopLevelAnchors(patch: PatchNode): void {
  if (patch.kind === 'scalar' && patch.value === null) return
  if (!isMapNode(patch)) throw new EvaluationError('INVALID_PATCH', 'a strategic merge patch must be a map')
  for (const key of patch.entries.map((entry) => entry.key)) {
    const entry = findEntry(patch, key)
    if (entry !== undefined && removeAnchors(entry.value, isConditionKey(key))) removeEntry(patch, key)
  }
}

/** Removes conditions from a node; true where nothing is left of it, so that the node goes too. An empty map in a patch goes as well. */
export function removeAnchors(node: PatchNode, removeScalar: boolean): boolean {
  if (node.kind === 'scalar') return removeScalar
  return isMapNode(node) ? removeFromMap(node) : removeFromList(node)
}

function removeFromMap(node: PatchMap): boolean {
  for (const key of node.entries.map((entry) => entry.key).filter(isConditionKey)) {
    const entry = findEntry(node, key)
    if (entry !== undefined && removeAnchors(entry.value, true)) removeEntry(node, key)
  }
  for (const entry of node.entries) if (isConditionKey(entry.key)) entry.key = parseAnchor(entry.key)?.key ?? entry.key
  let empty = true
  for (const key of node.entries.map((entry) => entry.key)) {
    const entry = findEntry(node, key)
    if (entry !== undefined && removeAnchors(entry.value, false)) removeEntry(node, key)
    else empty = false
  }
  return empty
}

/** Kyverno deletes by the index that an item had at first from the list that has shrunk meanwhile; so do we, and fail where it crashes. */
function removeFromList(node: PatchList): boolean {
  const items = [...node.items]
  for (const [index, item] of items.entries()) {
    if (!hasAnchor(item, isConditionOrAdd) && !removeAnchors(item, false)) continue
    if (index + 1 > node.items.length) throw new EvaluationError('INVALID_PATCH', 'Kyverno cannot apply a list with several items that have anchors to this resource')
    node.items.splice(index, 1)
  }
  return node.items.length === 0 && items.length > 0
}

function isConditionOrAdd(key: string): boolean {
  return isConditionKey(key) || parseAnchor(key)?.modifier === '+'
}
