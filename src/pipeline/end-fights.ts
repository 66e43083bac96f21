import { computeEntries, type PlannedEntry } from '../ignore-differences/index.ts'
import { EvaluationError } from '../model/errors.ts'
import { withObject, type Resource } from '../model/resource.ts'
import { applyMutations } from './apply-mutations.ts'
import { latestKyverno } from './kyverno-objects.ts'
import { predictStates, type PredictOptions } from './predict-states.ts'

/** What a render may do about the fight between Argo CD and Kyverno. */
export interface EndFightsOptions {
  /** Apply mutate rules, so that Git has the last word. */
  readonly applyMutations: boolean
  /** Compute the entries that make Argo CD overlook what remains. */
  readonly ignoreDifferences: boolean
}

export interface EndedFights {
  readonly resources: readonly Resource[]
  readonly entries: readonly PlannedEntry[]
  readonly notices: readonly string[]
}

/** Applies mutations to what was rendered, and computes entries for what would still differ. `placed` are the same resources with their namespaces. */
export async function endFights(
  rendered: readonly Resource[], placed: readonly Resource[], { applyMutations: applies, ignoreDifferences, ...options }: Omit<PredictOptions, 'kyvernoVersion' | 'byName'> & EndFightsOptions,
): Promise<EndedFights> {
  if (!applies && !ignoreDifferences) return { resources: rendered, entries: [], notices: [] }
  const predictOptions: PredictOptions = { ...options, kyvernoVersion: latestKyverno, byName: false }
  const { predictions } = await predictStates(placed, predictOptions)
  const applied = applies ? applyMutations(rendered, placed, predictions) : { resources: rendered, notices: [] }
  if (!ignoreDifferences) return { ...applied, entries: [] }
  const changed = applied.resources.map((resource, index) => withObjectOf(placed[index] as Resource, resource, rendered[index] as Resource))
  const left = applies ? (await predictStates(changed, predictOptions)).predictions : predictions
  try {
    return { ...applied, entries: computeEntries(left.map(({ state }) => state)).entries }
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    return { ...applied, entries: [], notices: [...applied.notices, `no entries for ignoreDifferences: ${error.message}`] }
  }
}

/** The changed object, placed as the unchanged one was. */
function withObjectOf(placed: Resource, changed: Resource, rendered: Resource): Resource {
  if (changed === rendered) return placed
  const metadata = changed.object['metadata'] as Readonly<Record<string, never>> | undefined
  const { namespace } = placed.id
  const object = { ...changed.object, metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) } }
  return withObject(placed, object)
}
