// Counterpart: Argo CD util/argo/diff/diff.go (StateDiff), gitops-engine/pkg/diff/diff.go (Diff)
import { EvaluationError } from '../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { findDifferences } from './difference-paths.ts'
import { compileIgnoreDifferences, type IgnoreDifference, type IgnoreNormalizer } from './ignore-normalizer.ts'
import { removeManagedDifferences, type Pair } from './managed-fields.ts'
import { normalizeObject, reformat, type NormalizeOptions } from './normalize-object.ts'
import { predictLive, type Prediction } from './predict-live.ts'
import { predictServerSideApply } from './structured-merge.ts'
import { normalizeTracking, readTexts } from './tracking.ts'

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

/** Compares states with the same settings, again and again. */
export interface StateComparer {
  compare(target: JsonObject | undefined, live: JsonObject | undefined): Comparison
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * Prepares a comparison as Argo CD makes it on the client's side: three-way where the live object says what was applied last, else two-way;
 * structured where `ServerSideApply=true` asks for it.
 * Throws INVALID_EXPRESSION where an expression does not compile (Argo CD then compares nothing of the whole Application); `compare` throws
 * INVALID_PATCH where Argo CD cannot make a patch, which has the same effect.
 */
export function compareStates(options: CompareOptions = {}): StateComparer {
  const { trackingMethod = 'annotation', instanceLabelKey = 'app.kubernetes.io/instance', ignoreAggregatedRoles = false } = options
  const ignore = compileIgnoreDifferences(options.ignoreDifferences ?? [])
  // One target is compared with many live objects.
  const prepared = new WeakMap<JsonObject, { readonly object: JsonObject; readonly failures: readonly string[] }>()
  const prepare = (object: JsonObject, failures: string[]): JsonObject => {
    let known = prepared.get(object)
    if (known === undefined) {
      const found: string[] = []
      known = { object: normalizeObject(reformat(object), { ignoreAggregatedRoles, ignore: { ...ignore, normalize: (ready) => note(ignore.normalize(ready), found) } }), failures: found }
      prepared.set(object, known)
    }
    failures.push(...known.failures)
    return known.object
  }
  return {
    compare(target, live) {
      const failures: string[] = []
      const settings: NormalizeOptions = { ignoreAggregatedRoles, ignore: { ...ignore, normalize: (object) => note(ignore.normalize(object), failures) } }
      const states = target === undefined || live === undefined ? { target, live }
        : removeTrusted({ target, live: trackingMethod === 'label' ? live : normalizeTracking(target, live, instanceLabelKey) }, ignore)
      const wanted = states.target && prepare(states.target, failures)
      const present = states.live && normalizeObject(reformat(states.live), settings)
      if (wanted === undefined || present === undefined) return { modified: present === undefined, differences: [], normalizedLive: present, predictedLive: wanted, failures }
      const prediction = options.serverSideApply === true || asksForServerSideApply(wanted) ? predictServerSideApply(wanted, present) : predict(wanted, present, settings)
      const differences = findDifferences(prediction.normalizedLive, prediction.predictedLive)
      return { modified: differences.length > 0, differences, ...prediction, failures }
    },
  }
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

function note<T extends { readonly failures: readonly string[] }>(normalized: T, failures: string[]): T {
  failures.push(...normalized.failures)
  return normalized
}

function predict(target: JsonObject, live: JsonObject, settings: NormalizeOptions): Prediction {
  const original = readLastApplied(live)
  if (original !== undefined) {
    try {
      return predictLive({ original: normalizeObject(original, settings), modified: target, current: live })
    } catch (error) {
      // Argo CD falls back to the comparison of two states.
      if (!(error instanceof EvaluationError) || error.code !== 'INVALID_PATCH') throw error
    }
  }
  return predictLive({ original: target, modified: target, current: live })
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
