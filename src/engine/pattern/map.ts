// Faithful to Kyverno's pkg/engine/validate/validate.go (validateMap) and utils.go.
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { stringifyJson } from '../../values/json-text.ts'
import { compareText } from '../../values/text-order.ts'
import { parseAnchor } from '../../values/anchor-key.ts'
import { anchors } from './anchors/index.ts'
import { compilePlain } from './anchors/plain.ts'
import { nameGoType } from './go-type.ts'
import { expandMetadata, hasExpandableMetadata, type ExpandedMetadata } from './metadata-wildcards.ts'
import { combineSkips, fail, formatPatternPath, joinFailures } from './failure.ts'
import type { CompileNode, Failure, MapKey, MapPlan, PatternNode, Walk } from './walk.ts'

/** Resources have few distinct labels that a wildcard finds; beyond this number nothing more is remembered. */
const mostRewrites = 64

/** Prepares a map. */
export function compileMap(pattern: JsonObject, compileNode: CompileNode): PatternNode {
  const original = planMap(pattern, (value) => compileNode(value), compileNode)
  const isExpandable = hasExpandableMetadata(pattern)
  const node: PatternNode = {
    pattern,
    hasAnchors: [...original.first, ...original.rest].some(({ isAnchor, isUrgent }) => isAnchor || isUrgent),
    match(value, walk) {
      if (!isJsonObject(value)) return failStructure(walk, value)
      if (original.tracked.length > 0) noteAnchors(original, value, walk)
      return matchMap(isExpandable ? rewrite(value, walk) : original, value, walk)
    },
  }
  const rewrites = new Map<string, MapPlan>()
  const rewrite = (resource: JsonObject, walk: Walk): MapPlan => {
    const current = walk.rewritten.get(node) ?? original
    const expanded = expandMetadata(current.pattern, resource)
    if (expanded === undefined) return current
    const id = stringifyJson(expanded.metadata)
    const known = rewrites.get(id)
    const plan = known ?? replaceMetadata(current, expanded, compileNode)
    if (known === undefined && rewrites.size < mostRewrites) rewrites.set(id, plan)
    walk.rewritten.set(node, plan)
    return plan
  }
  return node
}

function planMap(pattern: JsonObject, nodeFor: (value: JsonValue, text: string) => PatternNode, compileNode: CompileNode): MapPlan {
  const nodes = new Map(Object.keys(pattern).map((text) => [text, nodeFor(pattern[text] as JsonValue, text)]))
  const keys = [...nodes].map(([text, node]) => compileKey(text, node, compileNode)).sort((a, b) => compareText(a.text, b.text))
  const rest = keys.filter(({ comesFirst }) => !comesFirst)
  return {
    pattern,
    nodes,
    first: keys.filter(({ comesFirst }) => comesFirst),
    rest: [...rest.filter(({ isUrgent }) => isUrgent).reverse(), ...rest.filter(({ isUrgent }) => !isUrgent)],
    tracked: keys.filter(({ tracked }) => tracked !== undefined),
  }
}

function compileKey(text: string, node: PatternNode, compileNode: CompileNode): MapKey {
  const parsed = parseAnchor(text)
  if (parsed === undefined) {
    return { text, match: compilePlain(text, node), comesFirst: false, isUrgent: node.hasAnchors, isAnchor: false, tracked: undefined }
  }
  const anchor = anchors[parsed.modifier]
  return {
    text,
    match: anchor.compile({ text, key: parsed.key, node, compileNode }),
    comesFirst: anchor.comesFirst,
    isUrgent: anchor.isUrgent || node.hasAnchors,
    isAnchor: anchor.isUrgent,
    tracked: anchor.isTracked ? parsed.key : undefined,
  }
}

/** The same map with other metadata; what else was compiled is kept. */
function replaceMetadata({ pattern, nodes }: MapPlan, { text, metadata }: ExpandedMetadata, compileNode: CompileNode): MapPlan {
  const node = compileNode(metadata)
  return planMap({ ...pattern, [text]: metadata }, (_value, key) => (key === text ? node : nodes.get(key) as PatternNode), compileNode)
}

function matchMap({ first, rest }: MapPlan, resource: JsonObject, walk: Walk): Failure | undefined {
  const violation = first.length === 0 ? undefined : matchAnchors(first, resource, walk)
  if (violation !== undefined && (violation.isSkip || !walk.collectAll)) return violation
  let found = violation
  for (const { match } of rest) {
    const failure = match(resource, walk)
    if (failure === undefined) continue
    found = joinFailures(found, failure)
    if (!walk.collectAll || found.isSkip) return found
  }
  return found
}

/** A violation counts unless an anchor before it made the map skip; skips count if one is direct, or if no anchor held. */
function matchAnchors(keys: readonly MapKey[], resource: JsonObject, walk: Walk): Failure | undefined {
  let skips: Failure[] | undefined
  let held = 0
  let found: Failure | undefined
  for (const { match } of keys) {
    const failure = match(resource, walk)
    if (failure === undefined) held++
    else if (failure.isSkip) (skips ??= []).push(failure)
    else if (skips === undefined || skips.every(({ isCombined }) => isCombined)) {
      found = joinFailures(found, failure)
      if (!walk.collectAll) return found
    }
  }
  if (found !== undefined) return found
  return skips !== undefined && (held === 0 || skips.some(({ isCombined }) => !isCombined)) ? combineSkips(walk, skips) : undefined
}

/** Remembers which anchors' keys some resource map had (Kyverno's CheckAnchorInResource). */
function noteAnchors({ tracked }: MapPlan, resource: JsonObject, walk: Walk): void {
  for (const { text, tracked: key } of tracked) {
    if (walk.anchors.get(text) !== true) walk.anchors.set(text, Object.hasOwn(resource, key as string))
  }
}

function failStructure(walk: Walk, value: JsonValue | undefined): Failure {
  return fail(walk, `pattern and resource have different structures. Path: ${formatPatternPath(walk.path)}. `
    + `Expected map[string]interface {}, found ${nameGoType(value)}`, value === undefined || value === null ? 'is missing; must be a map' : 'must be a map')
}
