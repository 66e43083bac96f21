import type { JsonObject, JsonValue } from '../../model/json.ts'
import { isJsonArray, isJsonObject } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { readObjectKind } from '../../kubernetes/schema/object-kind.ts'
import { findSchemaAt } from '../../kubernetes/merge-keys.ts'
import { schemaFor } from '../../kubernetes/schema/schema-catalog.ts'
import { ownValue } from '../../patch/set-key.ts'
import type { Comparer, Comparison } from '../argocd/comparer.ts'
import { compileIgnoreDifferences, type IgnoreDifference, type IgnoreNormalizer } from '../argocd/ignore-normalizer.ts'
import { normalizeObject, reformat } from '../argocd/normalize-object.ts'
import { overlaps, toIgnoredPath, type FieldSelector, type IgnoredPath, type ItemSelector } from './field-selector.ts'
import { findChanges } from './find-changes.ts'
import { identifyItems } from './item-identity.ts'

/** A path to ignore, and the place that it was made for; without one it is general: several places, known by a rule. */
export interface PlannedPath {
  readonly path: IgnoredPath
  readonly selector?: FieldSelector
}

export interface PathPlan {
  /** OutOfSync without entries. */
  readonly modified: boolean
  /** As Argo CD shows them. */
  readonly differences: readonly FieldPath[]
  /** The fewest paths after which nothing differs. */
  readonly paths: readonly PlannedPath[]
  /** What differs whatever is ignored. */
  readonly unresolved: readonly FieldPath[]
}

export interface Pair {
  readonly target: JsonObject
  readonly live: JsonObject
}

/** How states are compared, whatever is to be ignored in addition. */
export interface PlanSettings {
  readonly comparer: Comparer
  /** What is ignored already. */
  readonly ignoreDifferences: readonly IgnoreDifference[]
  readonly ignoreAggregatedRoles: boolean
}

/** Paths that may never be ignored: Argo CD could no longer tell what the object is. */
const untouchable: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata'])
const maxRounds = 12

/**
 * Finds the narrowest paths after which Argo CD sees no difference between what is wanted and what is live, on its own comparison: what it
 * does not call a difference (most of what is only added) is not ignored. Throws INVALID_PATCH where Argo CD cannot compare at all.
 */
export function planPaths(pair: Pair, settings: PlanSettings, general: readonly IgnoredPath[] = []): PathPlan {
  const planner = new Planner(pair, settings)
  const { modified, differences } = planner.base
  if (!modified) return { modified, differences, paths: [], unresolved: [] }
  const candidates = planner.collect(general)
  const { comparison, paths } = planner.widen(candidates)
  return comparison.modified
    ? { modified, differences, paths: [], unresolved: comparison.differences }
    : { modified, differences, paths: planner.reduce(paths), unresolved: [] }
}

class Planner {
  readonly base: Comparison
  /** The differences of the base. */
  readonly #places: readonly FieldSelector[]
  readonly #pair: Pair
  readonly #settings: PlanSettings

  constructor(pair: Pair, settings: PlanSettings) {
    this.#pair = pair
    this.#settings = settings
    this.base = this.#compare([])
    this.#places = this.base.differences.map((path) => resolvePlace(path, this.base))
  }

  #compare(paths: readonly PlannedPath[]): Comparison {
    return this.#settings.comparer.compare(this.#pair, this.#ignore(paths))
  }

  #ignore(paths: readonly PlannedPath[]): IgnoreNormalizer {
    const entry = toEntry(this.#pair.target, paths)
    return compileIgnoreDifferences([...this.#settings.ignoreDifferences, ...(entry === undefined ? [] : [entry])])
  }

  /** What may have to be ignored; what is least likely needed comes first, so that it is the first to go again. */
  collect(general: readonly IgnoredPath[]): readonly PlannedPath[] {
    const [target, live] = [this.#pair.target, this.#pair.live].map((object) => normalizeObject(reformat(object), { ignore: ignoreNothing, ignoreAggregatedRoles: this.#settings.ignoreAggregatedRoles })) as [JsonObject, JsonObject]
    const places = this.#places.map(upToList)
    const relevant = findChanges(target, live)
      .filter(({ selector }) => isIgnorable(selector) && places.some((place) => overlaps(place, upToList(selector))))
      // A key that only the live map has is nothing that Argo CD sees; where it does after all, widening finds it.
      .filter(({ kind, selector }) => kind !== 'added' || typeof selector.at(-1) !== 'string')
      .toSorted((left, right) => order[left.kind] - order[right.kind])
    return [...relevant.map(({ selector }) => toPlanned(selector)), ...general.map((path) => ({ path }))]
  }

  /** Adds what still differs, then what is around it, until nothing differs. */
  widen(candidates: readonly PlannedPath[]): { readonly comparison: Comparison; readonly paths: readonly PlannedPath[] } {
    const paths = [...candidates]
    const known = new Set(paths.map(({ path }) => textOf(path)))
    let comparison = this.#compare(paths)
    for (let round = 0; round < maxRounds && comparison.modified; round++) {
      const before = paths.length
      for (const difference of comparison.differences) {
        let selector: FieldSelector = resolvePlace(difference, comparison)
        while (isIgnorable(selector) && known.has(textOf(toIgnoredPath(selector)))) selector = selector.slice(0, -1)
        if (!isIgnorable(selector)) continue
        known.add(textOf(toIgnoredPath(selector)))
        paths.push(toPlanned(selector))
      }
      if (paths.length === before) break
      comparison = this.#compare(paths)
    }
    return { comparison, paths }
  }

  /** Drops every path without which nothing differs either. */
  reduce(paths: readonly PlannedPath[]): readonly PlannedPath[] {
    const differing = new Set(this.#places.map((place) => textOf(toIgnoredPath(place))))
    // Exactly what Argo CD shows, one path a difference, and no list in between that it could have counted otherwise: each is needed.
    if (differing.size === paths.length && paths.every(({ path }) => differing.has(textOf(path)))) return paths
    let kept = paths
    for (const path of paths) {
      const rest = kept.filter((other) => other !== path)
      if (!this.#settings.comparer.differs(this.#pair, this.#ignore(rest))) kept = rest
    }
    return kept
  }
}

const ignoreNothing = compileIgnoreDifferences([])
const order = { added: 0, moved: 1, changed: 2, removed: 3 } as const

function toPlanned(selector: FieldSelector): PlannedPath {
  return { path: toIgnoredPath(selector), selector }
}

export function textOf(path: IgnoredPath): string {
  return 'pointer' in path ? path.pointer : path.expression
}

function isIgnorable(selector: FieldSelector): boolean {
  const [first, second] = selector
  if (first === undefined || (selector.length === 1 && untouchable.has(String(first)))) return false
  return !(first === 'metadata' && (second === 'name' || second === 'namespace'))
}

function upToList(selector: FieldSelector): FieldSelector {
  const list = selector.findIndex((step) => typeof step !== 'string')
  return list < 0 ? selector : selector.slice(0, list)
}

/** An entry for one object. */
export function toEntry(object: JsonObject, paths: readonly PlannedPath[]): IgnoreDifference | undefined {
  if (paths.length === 0) return undefined
  const { group, kind } = readObjectKind(object)
  const pointers = paths.flatMap(({ path }) => ('pointer' in path ? [path.pointer] : []))
  const expressions = paths.flatMap(({ path }) => ('expression' in path ? [path.expression] : []))
  return {
    group, kind, ...(pointers.length === 0 ? {} : { jsonPointers: pointers }), ...(expressions.length === 0 ? {} : { jqPathExpressions: expressions }),
  }
}

/** A difference, which Argo CD counts by index, as a place: up to the list where its items cannot be told apart. */
export function resolvePlace(path: FieldPath, { normalizedLive, predictedLive }: Pick<Comparison, 'normalizedLive' | 'predictedLive'>): FieldSelector {
  const selector: (string | ItemSelector)[] = []
  let [live, predicted]: (JsonValue | undefined)[] = [normalizedLive, predictedLive]
  const root = normalizedLive ?? predictedLive ?? {}
  const { group, version, kind } = readObjectKind(root)
  const schema = schemaFor(group, version, kind)
  for (const [depth, step] of path.entries()) {
    if (typeof step === 'string') {
      selector.push(step)
      live = isJsonObject(live) ? ownValue(live, step) : undefined
      predicted = isJsonObject(predicted) ? ownValue(predicted, step) : undefined
      continue
    }
    const lists = [isJsonArray(predicted) ? predicted : [], isJsonArray(live) ? live : []] as const
    const identity = identifyItems([lists[0], lists[1]], findSchemaAt(schema, path.slice(0, depth)))
    const item = lists[1][step] ?? lists[0][step]
    if (identity === undefined || item === undefined) return selector
    selector.push(identity.selectorOf(item))
    const key = identity.keyOf(item)
    const same = (list: readonly JsonValue[]): JsonValue | undefined => list.find((entry) => identity.keyOf(entry) === key)
    ;[live, predicted] = [same(lists[1]), same(lists[0])]
  }
  return selector
}
