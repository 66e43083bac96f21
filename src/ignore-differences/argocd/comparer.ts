// Counterpart: Argo CD util/argo/diff/diff.go (StateDiff), gitops-engine/pkg/diff/diff.go (Diff)
import { EvaluationError } from '../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { deepEquals } from '../../values/equality.ts'
import { Memo } from '../../values/memo.ts'
import { findDifferences } from './difference-paths.ts'
import type { IgnoreDifference, IgnoreNormalizer } from './ignore-normalizer.ts'
import { removeManagedDifferences, type Pair } from './managed-fields.ts'
import { finishNormalized, prepareObject, reformat } from './normalize-object.ts'
import { predictLive, type Prediction } from './predict-live.ts'
import { differsPlainly } from './plain-difference.ts'
import { Remains } from './remains.ts'
import { predictServerSideApply } from './structured-merge.ts'
import { normalizeTracking, readTexts } from './tracking.ts'
import { changeValue, isPrintedAsChanged, valueAt, type ValueChange } from './value-change.ts'
import { Verdicts } from './verdicts.ts'

export interface CompareOptions {
  /** The Application's entries, then those of argocd-cm, `/status` among them where it is ignored. */
  readonly ignoreDifferences?: readonly IgnoreDifference[]
  /** argocd-cm `resource.compareoptions`. */
  readonly ignoreAggregatedRoles?: boolean
  /** argocd-cm `application.resourceTrackingMethod`. */
  readonly trackingMethod?: 'annotation' | 'annotation+label' | 'label'
  /** argocd-cm `application.instanceLabelKey`. */
  readonly instanceLabelKey?: string
  /** The Application's sync option `ServerSideApply=true`: then Argo CD merges by schema and by who manages what. */
  readonly serverSideApply?: boolean
}

/** What Argo CD sees of a resource that Git and the cluster both have, or only one of them. */
export interface Comparison {
  /** OutOfSync. A resource that only the cluster has is not: it is to be pruned. */
  readonly modified: boolean
  /** Where `normalizedLive` and `predictedLive` differ. */
  readonly differences: readonly FieldPath[]
  /** The live object as it is compared; undefined where there is none. */
  readonly normalizedLive: JsonObject | undefined
  /** What the next sync would make of it. */
  readonly predictedLive: JsonObject | undefined
  /** Entries that failed on one of the objects, and so ignored nothing there. */
  readonly failures: readonly string[]
}

/** Both states of a resource, one of which may be missing. */
export interface States {
  readonly target: JsonObject | undefined
  readonly live: JsonObject | undefined
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'
const mostSubjects = 16

/**
 * Compares states as Argo CD does, with other entries each time. Entries are found and proved by comparing the same objects dozens of times,
 * so what does not depend on the entries is kept for the objects that came last.
 */
export class Comparer {
  readonly #options: Omit<CompareOptions, 'ignoreDifferences'>
  /** Of the last objects only: there may be thousands. */
  readonly #subjects = new Memo(mostSubjects, (object: JsonObject) => this.#prepare(object))
  readonly #tracked = new Memo(mostSubjects, (target: JsonObject) => new Memo(mostSubjects, (live: JsonObject) => this.#track({ target, live })))
  readonly #verdicts = new Verdicts()

  constructor(options: Omit<CompareOptions, 'ignoreDifferences'>) {
    this.#options = options
  }

  /** Throws INVALID_PATCH where Argo CD cannot make a patch. */
  compare(states: States, ignore: IgnoreNormalizer): Comparison {
    const failures: string[] = []
    const { wanted, present } = this.#normalize(states, ignore, failures)
    if (wanted === undefined || present === undefined) return { modified: present === undefined, differences: [], normalizedLive: present, predictedLive: wanted, failures }
    const structured = this.#usesServerSideApply(wanted)
    const original = structured ? undefined : this.#readOriginal(present, ignore, failures)
    const prediction = structured ? predictServerSideApply(wanted, present) : predict({ wanted, present }, original)
    const differences = findDifferences(prediction.normalizedLive, prediction.predictedLive)
    const modified = differences.length > 0
    // What was applied last is an object of its own, for which other entries may be.
    if (original === undefined && isBoth(states)) this.#verdicts.add(states, ignore, modified)
    return { modified, differences, ...prediction, failures }
  }

  /** Whether `compare` calls the states modified; that alone is mostly plain to see. */
  differs(states: States, ignore: IgnoreNormalizer): boolean {
    const known = isBoth(states) ? this.#verdicts.find(states, ignore) : undefined
    return known ?? this.#findWhetherDiffers(states, ignore)
  }

  /** Whether the states differ once the live object says something else in one place. */
  differsWith(change: ValueChange, { target, live }: Pair, ignore: IgnoreNormalizer): boolean {
    const changed = changeValue(live, change)
    const prepared = changePrepared(live, this.#subjects.get(live), change)
    if (prepared !== undefined) this.#subjects.set(changed, prepared)
    return this.differs({ target, live: changed }, ignore)
  }

  #findWhetherDiffers(states: States, ignore: IgnoreNormalizer): boolean {
    const { wanted, present } = this.#normalize(states, ignore, [])
    if (wanted === undefined || present === undefined) return present === undefined
    const structured = this.#usesServerSideApply(wanted)
    const original = structured ? undefined : this.#readOriginal(present, ignore, [])
    if (!structured && original === undefined && differsPlainly(wanted, present)) return true
    const { normalizedLive, predictedLive } = structured ? predictServerSideApply(wanted, present) : predict({ wanted, present }, original)
    return !deepEquals(normalizedLive, predictedLive)
  }

  #normalize({ target, live }: States, ignore: IgnoreNormalizer, failures: string[]): { readonly [Side in keyof Normalized]: JsonObject | undefined } {
    const states = target === undefined || live === undefined ? { target, live } : removeTrusted({ target, live: this.#tracked.get(target).get(live) }, ignore)
    return {
      wanted: states.target && normalize(this.#subjects.get(states.target), ignore, failures),
      present: states.live && normalize(this.#subjects.get(states.live), ignore, failures),
    }
  }

  #track({ target, live }: Pair): JsonObject {
    const { trackingMethod = 'annotation', instanceLabelKey = 'app.kubernetes.io/instance' } = this.#options
    return trackingMethod === 'label' ? live : normalizeTracking(target, live, instanceLabelKey)
  }

  #prepare(object: JsonObject): Subject {
    return prepare(reformat(object), this.#options)
  }

  #usesServerSideApply(target: JsonObject): boolean {
    return this.#options.serverSideApply === true || asksForServerSideApply(target)
  }

  #readOriginal(live: JsonObject, ignore: IgnoreNormalizer, failures: string[]): JsonObject | undefined {
    const original = readLastApplied(live)
    return original && normalize(prepare(original, this.#options), ignore, failures)
  }
}

/** An object before anything of it is ignored, and what is left of it after that. */
interface Subject {
  readonly object: JsonObject
  readonly remains: Remains
}

/** Both states as they are compared. */
interface Normalized {
  readonly wanted: JsonObject
  readonly present: JsonObject
}

function prepare(object: JsonObject, { ignoreAggregatedRoles = false }: CompareOptions): Subject {
  const prepared = prepareObject(object, ignoreAggregatedRoles)
  return { object: prepared, remains: Remains.of(prepared) }
}

/** The object with a change as it would be prepared, made of the prepared one without it; undefined where that is not plain. */
function changePrepared(object: JsonObject, known: Subject, change: ValueChange): Subject | undefined {
  // Where printing it is all that prepares the object, another text changes nothing about that.
  if (known.object !== reformat(object) || !isPrintedAsChanged(object, change) || valueAt(known.object, change.path) !== valueAt(object, change.path)) return undefined
  const changed = changeValue(known.object, change)
  return { object: changed, remains: known.remains.ofSameNumbers(changed) }
}

function normalize({ object, remains }: Subject, ignore: IgnoreNormalizer, failures: string[]): JsonObject {
  const normalized = ignore.normalize(object, remains)
  failures.push(...normalized.failures)
  return finishNormalized(normalized)
}

function isBoth(states: States): states is Pair {
  return states.target !== undefined && states.live !== undefined
}

function removeTrusted(pair: Pair, ignore: IgnoreNormalizer): Pair {
  const managers = ignore.findManagers(pair.target)
  return managers.length === 0 ? pair : removeManagedDifferences(pair, managers)
}

/** The resource's own sync options. */
function asksForServerSideApply(target: JsonObject): boolean {
  const text = readTexts(target, 'annotations')?.['argocd.argoproj.io/sync-options']
  return typeof text === 'string' && text.split(',').some((option) => option.trim() === 'ServerSideApply=true')
}

/** Three-way where it is known what was applied last. */
function predict({ wanted, present }: Normalized, original: JsonObject | undefined): Prediction {
  if (original !== undefined) {
    try {
      return predictLive({ original, modified: wanted, current: present })
    } catch (error) {
      // Argo CD falls back to the comparison of two states.
      if (!(error instanceof EvaluationError) || error.code !== 'INVALID_PATCH') throw error
    }
  }
  return predictLive({ original: wanted, modified: wanted, current: present })
}

function readLastApplied(live: JsonObject): JsonObject | undefined {
  const text = readTexts(live, 'annotations')?.[lastApplied]
  if (typeof text !== 'string') return undefined
  try {
    const object = JSON.parse(text) as JsonValue
    return isJsonObject(object) && typeof object['kind'] === 'string' && object['kind'] !== '' ? object : undefined
  } catch {
    return undefined
  }
}
