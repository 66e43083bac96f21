import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareStates, computeEntries, proveEntries, type EntryPlan, type PredictedState } from '../../../src/ignore-differences/index.ts'
import { parseManifests, toResourceId } from '../../../src/manifest/index.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { formatPointer } from '../../../src/patch/json-pointer.ts'
import { createClusterView } from '../../../src/pipeline/cluster-view.ts'
import { compilePolicies } from '../../../src/pipeline/evaluate.ts'
import { predictStates, type StatesPrediction } from '../../../src/pipeline/predict-states.ts'
import { createRunLookups } from '../../../src/pipeline/run-lookups.ts'
import { noSuppliedInputs } from '../../../src/pipeline/values-file.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import { show } from '../compare.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface Recorded {
  readonly policyFile: string
  readonly desired: JsonObject
  readonly liveWith?: JsonObject
  readonly argocd?: { readonly liveWith?: { readonly outOfSync: boolean; readonly paths: readonly string[] } }
}

/**
 * Real admission and the real Argo CD diff: the differences are predicted from the desired object and the policy alone; the entries made for the
 * prediction, applied to the recorded live object, leave nothing; and for what Argo CD calls Synced there are none.
 */
export const liveMutationsArgocd: Suite = {
  name: 'live-mutations-argocd',
  async * run(corpus) {
    for (const [index, line] of readFileSync(join(corpus, 'live', 'mutations.jsonl'), 'utf8').trim().split('\n').entries()) {
      const recorded = JSON.parse(line) as Recorded
      if (recorded.argocd?.liveWith === undefined) continue
      const id = `${index + 1} ${recorded.policyFile} ${String(recorded.desired['kind'])}`
      try {
        const complaint = await judgePair(corpus, recorded)
        yield complaint === undefined ? { id, ok: true } : { id, ok: false, detail: complaint }
      } catch (error) {
        yield { id, ok: false, detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) } satisfies CaseResult
      }
    }
  },
}

async function judgePair(corpus: string, { policyFile, desired, liveWith, argocd }: Recorded): Promise<string | undefined> {
  const resource: Resource = { id: toResourceId(desired), object: desired, locate: () => undefined }
  const { predictions } = await predictWith(join(corpus, 'kyverno-policies', policyFile), [resource])
  const [prediction] = predictions
  const expected = argocd?.liveWith ?? { outOfSync: false, paths: [] }
  const live = liveWith ?? {}
  // Without a mutation nothing is predicted, and the API server's own additions are none of Kyverno's.
  if (prediction === undefined) return expected.outOfSync ? `nothing predicted, where ${show(expected.paths)} differ` : undefined
  const { state } = prediction
  const plan = computeEntries([state])
  const entries = plan.entries.map(({ entry }) => entry)
  if (!expected.outOfSync) return entries.length === 0 ? undefined : `Synced, but ${show(entries as never)}`
  const paths = compareStates().compare(state.target, state.live).differences.map(formatPointer).toSorted()
  if (show(paths) !== show(expected.paths.toSorted())) return `expected ${show(expected.paths.toSorted())}, got ${show(paths)}`
  const left = compareStates({ ignoreDifferences: entries }).compare(desired, live)
  if (left.modified) return `with ${show(entries as never)} there is left ${show(left.differences.map(formatPointer))}`
  return complain([state], plan)
}

/** What the proofs lack, and which path nobody caused. */
export function complain(states: readonly PredictedState[], plan: EntryPlan): string | undefined {
  const { complaints } = proveEntries(states, plan.entries.map(({ entry }) => entry))
  const strays = plan.entries.flatMap(({ reasons }) => reasons).filter(({ causes }) => causes.some(({ kind }) => kind === 'unknown')).map(({ path }) => `nobody changes ${path}`)
  const lost = plan.remarks.filter(({ what }) => what !== 'added-only').map(({ what, resource, paths }) => `${resource}: ${what} ${paths.join(' ')}`)
  const all = [...complaints, ...strays, ...lost]
  return all.length === 0 ? undefined : all.join('; ')
}

/** What the policies of a file make of resources. */
export async function predictWith(file: string, resources: readonly Resource[]): Promise<StatesPrediction> {
  const set = parsePolicies(parseManifests(readFileSync(file, 'utf8'), file).resources)
  const { compiled } = await compilePolicies(set)
  const view = createClusterView(resources, noSuppliedInputs)
  return predictStates(resources, {
    policies: compiled, exceptions: set.exceptions, view, inputs: noSuppliedInputs, runLookups: createRunLookups({ view, now: 1_790_000_000_000, seed: 1 }),
    kyvernoVersion: '1.18', byName: false,
  })
}
