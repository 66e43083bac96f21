import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { groupBy } from '../../values/group-by.ts'
import { Memo } from '../../values/memo.ts'
import { Comparer, type CompareOptions } from '../argocd/comparer.ts'
import { compileIgnoreDifferences, type IgnoreDifference } from '../argocd/ignore-normalizer.ts'
import { findDifferences } from '../argocd/difference-paths.ts'
import { Remains } from '../argocd/remains.ts'
import { valueAt } from '../argocd/value-change.ts'
import { nameResource } from './compute-entries.ts'
import type { PredictedState } from './predicted-state.ts'

/** What the simulation of Argo CD's comparison says of entries. */
export interface Proof {
  /** (a) With the entries nothing differs in any resource. */
  readonly quiet: boolean
  /** (b) A change beside each ignored field is still seen. */
  readonly watchful: boolean
  /** (c) Without any one path something differs. */
  readonly needed: boolean
  /** What the proof lacks, each in words. */
  readonly complaints: readonly string[]
  /** What could not be tried, each in words. */
  readonly untried: readonly string[]
}

export interface ProofOptions extends CompareOptions {
  /** Made with the same options; what it compared already is not compared again. */
  readonly comparer?: Comparer
}

/** Proves entries on the states that they were made for. */
export function proveEntries(states: readonly PredictedState[], entries: readonly IgnoreDifference[], options: ProofOptions = {}): Proof {
  const index = new StateIndex(states, entries, options)
  const noisy = states.filter((state) => index.differs(state))
  const verdicts = [...listPaths(entries)].map((path) => tryPath(path, index))
  const all = (kind: Verdict['kind']): readonly string[] => verdicts.flatMap((verdict) => verdict.filter((one) => one.kind === kind).map(({ text }) => text))
  const [blind, superfluous] = [all('blind'), all('superfluous')]
  return {
    quiet: noisy.length === 0, watchful: blind.length === 0, needed: superfluous.length === 0, untried: all('untried'),
    complaints: [...noisy.map(({ target }) => `${nameResource(target)} still differs`), ...blind, ...superfluous],
  }
}

interface Verdict {
  readonly kind: 'blind' | 'superfluous' | 'untried'
  readonly text: string
}

function tryPath(path: ListedPath, index: StateIndex): readonly Verdict[] {
  const ignore = compileIgnoreDifferences([path.single])
  const findIgnored = (object: JsonObject): readonly FieldPath[] => findDifferences(object, ignore.normalize(object, index.remainsOf(object)).object)
  const concerned = index.statesOf(path.single).filter(({ target, live }) => findIgnored(target).length > 0 || findIgnored(live).length > 0)
  const [first] = concerned
  const verdicts: Verdict[] = []
  if (!concerned.some((state) => index.differsWithout(state, path))) verdicts.push({ kind: 'superfluous', text: `nothing differs without ${path.text}` })
  if (first === undefined) return verdicts
  const [place = []] = [...findIgnored(first.live), ...findIgnored(first.target)]
  const seen = tryCanary(first, place, index)
  if (seen === undefined) verdicts.push({ kind: 'untried', text: `${path.text} has nothing beside it in ${nameResource(first.target)} that a canary could change` })
  else if (!seen) verdicts.push({ kind: 'blind', text: `a change beside ${path.text} in ${nameResource(first.target)} goes unseen` })
  return verdicts
}

/** Finds for an entry its resources and for a resource its entries: most entries name one, and trying all on all would take hours. */
class StateIndex {
  readonly #states: readonly PredictedState[]
  readonly #byName: ReadonlyMap<string, readonly PredictedState[]>
  /** By the name of their resource; without one those that are general. */
  readonly #entries: ReadonlyMap<string | undefined, readonly IgnoreDifference[]>
  readonly #ignored: readonly IgnoreDifference[]
  readonly #comparer: Comparer
  // Of the last resources only: there may be thousands, and the paths of one come one after the other.
  readonly #ignores = new Memo(64, (name: string) => compileIgnoreDifferences([...this.#ignored, ...this.#entriesFor(name)]))
  readonly #remains = new Memo(16, Remains.of)
  readonly #leaves = new Memo(16, ({ target, live }: PredictedState) => findLeaves(target, live))
  /** By the paths that `leavesOf` lists. */
  readonly #canaries = new Memo<PredictedState, Map<FieldPath, boolean | undefined>>(16, () => new Map())

  constructor(states: readonly PredictedState[], entries: readonly IgnoreDifference[], options: ProofOptions) {
    this.#states = states
    this.#ignored = options.ignoreDifferences ?? []
    this.#comparer = options.comparer ?? new Comparer(options)
    this.#byName = groupBy(states, ({ target }) => nameOf(target))
    this.#entries = groupBy(entries, ({ name }) => name)
  }

  statesOf({ name }: IgnoreDifference): readonly PredictedState[] {
    return name === undefined ? this.#states : this.#byName.get(name) ?? []
  }

  /** What single paths leave of a state's object, as it is before Argo CD looks at it. */
  remainsOf(object: JsonObject): Remains {
    return this.#remains.get(object)
  }

  /** Whether something differs with all entries. */
  differs(state: PredictedState): boolean {
    return this.#comparer.differs(state, this.#ignores.get(nameOf(state.target)))
  }

  /** Whether something differs with all entries but for one path. */
  differsWithout(state: PredictedState, { entry, rest }: ListedPath): boolean {
    const others = this.#entriesFor(nameOf(state.target)).map((other) => (other === entry ? rest : other))
    return this.#comparer.differs(state, compileIgnoreDifferences([...this.#ignored, ...others]))
  }

  /** Where Git and the live object say the same. */
  leavesOf(state: PredictedState): readonly FieldPath[] {
    return this.#leaves.get(state)
  }

  /** Whether a change of the live object is seen with all entries; paths beside each other share their canaries. Undefined where nothing can be changed. */
  seesCanary(state: PredictedState, path: FieldPath): boolean | undefined {
    const seen = this.#canaries.get(state)
    if (!seen.has(path)) {
      const value = canaryOf(valueAt(state.live, path))
      seen.set(path, value === undefined ? undefined : this.#comparer.differsWith({ path, value }, state, this.#ignores.get(nameOf(state.target))))
    }
    return seen.get(path)
  }

  #entriesFor(name: string): readonly IgnoreDifference[] {
    return [...this.#entries.get(undefined) ?? [], ...this.#entries.get(name) ?? []]
  }
}

function nameOf({ metadata }: JsonObject): string {
  return isJsonObject(metadata) && typeof metadata['name'] === 'string' ? metadata['name'] : ''
}

interface ListedPath {
  readonly text: string
  readonly single: IgnoreDifference
  readonly entry: IgnoreDifference
  /** The entry without this one path. */
  readonly rest: IgnoreDifference
}

function* listPaths(entries: readonly IgnoreDifference[]): Iterable<ListedPath> {
  for (const entry of entries) {
    const { jsonPointers = [], jqPathExpressions = [], ...identity } = entry
    for (const pointer of jsonPointers) {
      const rest = { ...identity, jsonPointers: jsonPointers.filter((other) => other !== pointer), jqPathExpressions }
      yield { text: pointer, single: { ...identity, jsonPointers: [pointer] }, entry, rest }
    }
    for (const expression of jqPathExpressions) {
      const rest = { ...identity, jsonPointers, jqPathExpressions: jqPathExpressions.filter((other) => other !== expression) }
      yield { text: expression, single: { ...identity, jqPathExpressions: [expression] }, entry, rest }
    }
  }
}

/** Changes what stands nearest to the ignored place, in the live object, and looks whether Argo CD sees it; undefined where nothing stands there. */
function tryCanary(state: PredictedState, place: FieldPath, index: StateIndex): boolean | undefined {
  let tried = false
  for (const path of nearest(index.leavesOf(state), place)) {
    const seen = index.seesCanary(state, path)
    if (seen === undefined) continue
    tried = true
    if (seen) return true
  }
  return tried ? false : undefined
}

/** Some neighbours are ignored themselves, by another path. */
const maxCanaries = 12

/** Scalars that Git sets and the live object has, in the same place. */
function findLeaves(target: JsonValue, live: JsonValue): readonly FieldPath[] {
  const found: FieldPath[] = []
  collectLeaves(target, live, [], found)
  return found
}

function collectLeaves(target: JsonValue, live: JsonValue, path: FieldPath, found: FieldPath[]): void {
  if (isJsonObject(target) && isJsonObject(live)) {
    for (const key in target) {
      if (Object.hasOwn(live, key) && !isIdentity(path, key)) collectLeaves(target[key] as JsonValue, live[key] as JsonValue, [...path, key], found)
    }
  } else if (isJsonArray(target) && isJsonArray(live)) {
    for (const [index, item] of live.slice(0, target.length).entries()) collectLeaves(target[index] as JsonValue, item, [...path, index], found)
  } else if (target === live && target !== null && typeof target !== 'object') found.push(path)
}

function isIdentity(path: FieldPath, key: string): boolean {
  if (path.length === 0) return key === 'apiVersion' || key === 'kind' || key === 'status'
  return path.length === 1 && path[0] === 'metadata' && (key === 'name' || key === 'namespace')
}

/** The paths that share most of their beginning with a place, those that share the same in their order. */
function nearest(paths: readonly FieldPath[], place: FieldPath): readonly FieldPath[] {
  const byLength: FieldPath[][] = []
  for (const path of paths) (byLength[sharedLength(path, place)] ??= []).push(path)
  return Object.values(byLength).toReversed().flat().slice(0, maxCanaries)
}

function sharedLength(left: FieldPath, right: FieldPath): number {
  let length = 0
  while (length < left.length && left[length] === right[length]) length++
  return length
}

/** Another value of the same type. */
function canaryOf(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'string') return `${value}-canary`
  if (typeof value === 'number') return value + 1
  if (typeof value === 'bigint') return value + 1n
  return typeof value === 'boolean' ? !value : undefined
}
