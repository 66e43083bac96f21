import { createHash, type Hash } from 'node:crypto'
import { readCached, writeCached } from '../io/content-cache.ts'
import { addPart } from '../io/hash-files.ts'
import type { Lookups } from '../model/lookups.ts'
import type { JsonValue } from '../model/json.ts'
import type { Resource } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import { version } from '../model/version.ts'
import { stringifyJson } from '../values/json-text.ts'
import type { ClusterView } from './cluster-view.ts'
import { evaluateEach, type EvaluateOptions } from './evaluate.ts'
import type { PolicySet } from './policy-set.ts'
import { formatResults, readResults } from './stored-results.ts'

/** Results that are kept from run to run. */
export interface ResultsCache {
  readonly folder: string
  /** Stands for everything that judges resources and is the same for all of them. */
  readonly judges: string
}

/** Policies and what is supplied for them; `inputs` and `user` by value. */
export interface JudgesParts extends Pick<EvaluateOptions, 'inputs' | 'user'> {
  readonly set: PolicySet
  /** The text of a policy's file. */
  readonly sourceText: (file: string) => string | undefined
}

/** Names what judges resources by its content; undefined where that cannot be done. Policies count with their whole file: results tell places in it. */
export function nameJudges({ set, inputs, user, sourceText }: JudgesParts): string | undefined {
  // What it verified once, an image policy remembers for other resources.
  if (set.policies.some(({ kind }) => kind === 'ImageValidatingPolicy' || kind === 'NamespacedImageValidatingPolicy')) return undefined
  const hash = createHash('sha256')
  addPart(hash, version)
  for (const file of new Set(set.policies.map(({ source }) => source?.file))) {
    const text = file === undefined ? undefined : sourceText(file)
    if (text === undefined) return undefined
    addPart(hash, file as string)
    addPart(hash, text)
  }
  const { policies, exceptions, celExceptions, bindings, configurations } = set
  for (const { kind, document, source } of policies) addJson(hash, [kind, document, source ?? null])
  for (const part of [exceptions, celExceptions, bindings, configurations, inputs, user ?? null]) addJson(hash, part)
  return hash.digest('hex')
}

function addJson(hash: Hash, value: unknown): void {
  addPart(hash, JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item instanceof Map ? [...item as Map<unknown, unknown>] : item)))
}

/** Takes the results of one resource: its place among those given, and what the policies say of it. */
export type TakeResults = (results: readonly RuleResult[], index: number) => void

/**
 * Evaluates resources group by group, or takes what an earlier run found of the same. Results are kept where nothing but the policies, the resource and
 * its Namespace had a say: an evaluation that looks something up, or asks for the time or for a random number, is always made again.
 */
export async function evaluateCached(groups: readonly (readonly Resource[])[], options: EvaluateOptions, cache: ResultsCache, take: TakeResults): Promise<void> {
  const names = new NamespaceNames(options.view)
  const results: (readonly RuleResult[])[] = []
  const missing: Group[] = []
  let start = 0
  for (const resources of groups) {
    const group: Group = { resources, start, key: keyOf(resources, cache, names) }
    const known = readKnown(group, cache)
    if (known === undefined) missing.push(group)
    for (const [index, own] of (known ?? []).entries()) results[start + index] = own
    start += resources.length
  }
  await evaluateMissing(missing, options, (group, own, isPure) => {
    own.forEach((items, index) => { results[group.start + index] = items })
    const text = isPure ? formatResults(group.resources, own) : undefined
    if (text !== undefined) writeCached({ folder: cache.folder, kind: 'results' }, group.key, text)
  })
  results.forEach(take)
}

interface Group {
  readonly resources: readonly Resource[]
  readonly start: number
  readonly key: string
}

function readKnown({ resources, key }: Group, { folder }: ResultsCache): readonly (readonly RuleResult[])[] | undefined {
  const text = readCached({ folder, kind: 'results' }, key)
  return text === undefined ? undefined : readResults(resources, text)
}

/** Places are no part of it: they are asked of the resource at hand. */
function keyOf(resources: readonly Resource[], { judges }: ResultsCache, names: NamespaceNames): string {
  const hash = createHash('sha256')
  addPart(hash, judges)
  for (const { id, object } of resources) {
    addPart(hash, stringifyJson([id as unknown as JsonValue, object]))
    addPart(hash, id.namespace === undefined ? '' : names.of(id.namespace))
  }
  return hash.digest('hex')
}

/** What evaluations can see of a Namespace, as a text; made once. */
class NamespaceNames {
  readonly #view: ClusterView
  readonly #known = new Map<string, string>()

  constructor(view: ClusterView) {
    this.#view = view
  }

  of(namespace: string): string {
    const known = this.#known.get(namespace) ?? stringifyJson([this.#view.namespaceLabels(namespace), this.#view.namespaceObject(namespace) ?? null])
    this.#known.set(namespace, known)
    return known
  }
}

async function evaluateMissing(groups: readonly Group[], options: EvaluateOptions, done: (group: Group, results: readonly (readonly RuleResult[])[], isPure: boolean) => void): Promise<void> {
  const watched = watchLookups(options.runLookups.lookups)
  const all = groups.flatMap((group) => group.resources.map((_, index) => ({ group, isLast: index === group.resources.length - 1 })))
  let own: (readonly RuleResult[])[] = []
  await evaluateEach(groups.flatMap(({ resources }) => resources), { ...options, runLookups: { ...options.runLookups, lookups: watched.lookups } }, ({ results }, index) => {
    own.push(results)
    const { group, isLast } = all[index] as (typeof all)[number]
    if (!isLast) return
    done(group, own, !watched.takeUsed())
    own = []
  })
}

/** Look-ups that tell whether they were used. */
function watchLookups(lookups: Lookups): { readonly lookups: Lookups; takeUsed(): boolean } {
  let isUsed = false
  const use = <T>(value: T): T => {
    isUsed = true
    return value
  }
  return {
    lookups: { get: (request) => use(lookups).get(request), get now() { return use(lookups).now }, random: () => use(lookups).random(), ...(lookups.refuses === undefined ? {} : { refuses: (kind) => use(lookups).refuses?.(kind) === true }) },
    takeUsed: () => {
      const used = isUsed
      isUsed = false
      return used
    },
  }
}
