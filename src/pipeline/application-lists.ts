import {
  adviseSettings, Comparer, compileIgnoreDifferences, computeEntries, nameResource, proveEntries, type Advice, type ApplicationSettings, type Cause, type CompareOptions, type EntryList, type EntryPlan,
  type PredictedState, type Proof, type WrittenApplication,
} from '../ignore-differences/index.ts'
import { EvaluationError, type Problem } from '../model/errors.ts'
import type { JsonObject, JsonValue } from '../model/json.ts'
import type { Resource, ResourceId } from '../model/resource.ts'
import { groupBy } from '../values/group-by.ts'
import { stringifyJson } from '../values/json-text.ts'
import { readApplicationSettings } from './application-settings.ts'
import type { ResourcePrediction, StatesPrediction } from './predict-states.ts'
import type { Rendered } from './render-paths.ts'

/** What ends the differences of one Application. */
export interface ApplicationList extends EntryList, EntryPlan, Advice {
  /** Absent where it was not asked for. */
  readonly proof?: Proof
  /** The Application in the file that entries are written to. */
  readonly written?: WrittenApplication
}

export interface ListOptions {
  /** `3.1` as 301. */
  readonly argocd: number
  readonly kyvernoVersion: string
  readonly verify: boolean
  /** Sync options and compare options of the Applications, besides their own. */
  readonly applicationOptions: readonly string[]
  /** Objects of the cluster as `indexLive` sorts them, compared instead of predictions. */
  readonly live: ReadonlyMap<string, JsonObject> | undefined
  /** The Applications that entries are written to; none where they are printed. */
  readonly written: readonly WrittenApplication[]
}

/** What was rendered and what a cluster makes of it. */
export interface Foreseen {
  readonly rendered: Rendered
  /** Those rendered, in the same order, where they would be applied. */
  readonly resources: readonly Resource[]
  readonly prediction: StatesPrediction
}

/** Plans and proves the entries of each Application: in several lists where several Applications were rendered, else in one. */
export function planLists(foreseen: Foreseen, options: ListOptions): { readonly lists: readonly ApplicationList[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const lists = formGroups(foreseen, options).map((group): ApplicationList => {
    const { plan, proof, problem } = planGroup(group, options)
    if (problem !== undefined) problems.push(problem)
    const { names: applications, settings: application, written, generated } = group
    const advice = adviseSettings(plan, group.predictions.map(({ state }) => state), { application, kyvernoVersion: options.kyvernoVersion, argocd: options.argocd, generated })
    return { applications, ...(written === undefined ? {} : { written }), ...plan, ...(proof === undefined ? {} : { proof }), ...advice }
  })
  return { lists, problems }
}

/** Resources that the same Applications apply, with the same settings. */
interface Group {
  readonly names: readonly string[]
  readonly settings: ApplicationSettings
  readonly written?: WrittenApplication
  readonly predictions: readonly ResourcePrediction[]
  readonly generated: readonly { readonly resource: string; readonly cause: Cause }[]
}

function formGroups(foreseen: Foreseen, options: ListOptions): readonly Group[] {
  const { rendered: { applications }, prediction } = foreseen
  const [written, another] = options.written
  const [only] = applications
  if (another !== undefined || (written === undefined && applications.length > 1)) return new Grouping(foreseen, options).form()
  return [{
    names: [written?.name ?? only?.application.name].filter((name) => name !== undefined), ...(written === undefined ? {} : { written }), predictions: prediction.predictions,
    settings: readApplicationSettings(written?.value ?? only?.resource.object, options.applicationOptions), generated: prediction.generated.map(nameGenerated),
  }]
}

/** Finds out what each of several Applications applies. */
class Grouping {
  readonly #foreseen: Foreseen
  readonly #options: ListOptions
  /** By the resource as rendered. */
  readonly #predictions: ReadonlyMap<Resource, ResourcePrediction>
  readonly #generated: ReadonlyMap<Resource, readonly Generated[]>

  constructor(foreseen: Foreseen, options: ListOptions) {
    const { rendered, resources, prediction } = foreseen
    const renderedOf = new Map(resources.map((resource, index) => [resource, rendered.resources[index] as Resource]))
    const original = (resource: Resource): Resource => renderedOf.get(resource) ?? resource
    this.#foreseen = foreseen
    this.#options = options
    this.#predictions = new Map(prediction.predictions.map((one) => [original(one.resource), one]))
    this.#generated = groupBy(prediction.generated, ({ resource }) => original(resource))
  }

  form(): readonly Group[] {
    const { rendered } = this.#foreseen
    const { written } = this.#options
    const applied = rendered.applications.map((application) => ({ application, resources: rendered.appliedBy(application) }))
    if (written.length > 0) {
      return written.map((one) => this.#group(one.name, { manifest: one.value, written: one, resources: applied.find(({ application }) => application.application.name === one.name)?.resources ?? [] }))
    }
    const known = new Set(applied.flatMap(({ resources }) => resources))
    const rest = rendered.resources.filter((resource) => !known.has(resource))
    return [
      ...this.#joinTwins(applied.map(({ application, resources }) => this.#group(application.application.name, { manifest: application.resource.object, resources }))),
      ...(rest.some((resource) => this.#predictions.has(resource)) ? [this.#group(undefined, { manifest: null, resources: rest })] : []),
    ]
  }

  #group(name: string | undefined, { manifest, resources, written }: { readonly manifest: JsonValue; readonly resources: readonly Resource[]; readonly written?: WrittenApplication }): Group {
    return {
      names: name === undefined ? [] : [name], ...(written === undefined ? {} : { written }), settings: readApplicationSettings(manifest, this.#options.applicationOptions),
      predictions: resources.flatMap((resource) => this.#predictions.get(resource) ?? []), generated: resources.flatMap((resource) => this.#generated.get(resource) ?? []).map(nameGenerated),
    }
  }

  /** The same Application on several clusters needs the same list. */
  #joinTwins(groups: readonly Group[]): readonly Group[] {
    const numbers = new Map([...this.#predictions.values()].map((prediction, index) => [prediction, index]))
    const twins = groupBy(groups, ({ settings, predictions }) => stringifyJson([{ ...settings }, predictions.map((prediction) => numbers.get(prediction) ?? -1)]))
    return [...twins.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [{ ...first, names: [first, ...others].flatMap(({ names }) => names) }]))
  }
}

type Generated = StatesPrediction['generated'][number]

function nameGenerated({ resource, cause }: Generated): Group['generated'][number] {
  return { resource: nameResource(resource.object), cause }
}

interface PlannedGroup {
  readonly plan: EntryPlan
  readonly proof?: Proof
  readonly problem?: Problem
}

function planGroup({ predictions, settings, written }: Group, { argocd, verify, live }: ListOptions): PlannedGroup {
  const options = { ignoreDifferences: [...written?.foreign ?? [], statusEntry(argocd)], serverSideApply: settings.serverSideApply && !settings.serverSideDiff }
  const states = chooseStates(predictions, { serverSideDiff: settings.serverSideDiff, live })
  try {
    // One that does not compile is the Application's mistake, and no resource's.
    compileIgnoreDifferences(options.ignoreDifferences)
    const comparer = new Comparer(options)
    const plan = computeEntries(states, { ...options, explainedOnly: live !== undefined, serverSideDiff: settings.serverSideDiff, comparer })
    if (!verify) return { plan }
    const beyond = new Set(plan.remarks.filter(({ what }) => what === 'unresolved' || what === 'not-comparable').map(({ resource }) => resource))
    const provable = states.filter(({ target }) => !beyond.has(nameResource(target)))
    return { plan, proof: proveEntries(provable, plan.entries.map(({ entry }) => entry), { ...options, comparer, ignoreDifferences: [...options.ignoreDifferences, ...plan.unexplained] }) }
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    // One expression of the Application that does not compile keeps Argo CD from comparing anything.
    const message = `an entry of the Application cannot be used, and Argo CD compares nothing of it: ${error.message}`
    return { plan: { entries: [], remarks: [], unexplained: [] }, problem: { code: error.code, severity: 'error', message } }
  }
}

/** Since 3.0 Argo CD ignores the status of everything, before that of custom resources, as they are set by default. */
function statusEntry(argocd: number): NonNullable<CompareOptions['ignoreDifferences']>[number] {
  return argocd >= 300 ? { group: '*', kind: '*', jsonPointers: ['/status'] } : { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', jsonPointers: ['/status'] }
}

/** With server-side diff the dry run passes admission, so what is wanted is what admission makes of it. */
function chooseStates(predictions: readonly ResourcePrediction[], { serverSideDiff, live }: { readonly serverSideDiff: boolean; readonly live: ListOptions['live'] }): readonly PredictedState[] {
  return predictions.flatMap(({ state, admitted, resource }) => {
    const target = serverSideDiff ? admitted : state.target
    if (live === undefined) return [{ ...state, target }]
    const object = live.get(keyOf(resource.id))
    return object === undefined ? [] : [{ ...state, target, live: object }]
  })
}

/** Objects of the cluster, for `ListOptions.live`. */
export function indexLive(resources: readonly Resource[]): ReadonlyMap<string, JsonObject> {
  return new Map(resources.map(({ id, object }) => [keyOf(id), object]))
}

/** The version may be another one: a cluster prints the one that it prefers. */
function keyOf({ group, kind, namespace = '', name }: ResourceId): string {
  return `${group}\n${kind}\n${namespace}\n${name}`
}
