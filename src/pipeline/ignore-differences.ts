import { resolve } from 'node:path'
import {
  adviseSettings, Comparer, computeEntries, nameResource, proveEntries, readApplications, type Cause, type CompareOptions, type EntryPlan, type PlannedEntry, type PredictedState,
  type Proof, type Refusal, type Remark, type Setting, type WrittenApplication,
} from '../ignore-differences/index.ts'
import { EvaluationError, KnownError, type Problem } from '../model/errors.ts'
import type { JsonObject, JsonValue } from '../model/json.ts'
import type { Resource, ResourceId } from '../model/resource.ts'
import { parsePolicies } from '../policy/index.ts'
import { readApplicationSettings, readDestination } from './application-settings.ts'
import type { CheckOptions } from './check.ts'
import { createClusterView } from './cluster-view.ts'
import { compilePolicies } from './evaluate.ts'
import { loadInputs } from './load-inputs.ts'
import { loadObjects } from './load-objects.ts'
import { loadPolicies } from './load-policies.ts'
import { loadUser } from './load-user.ts'
import { placeResources } from './place-resources.ts'
import { mergePolicySets, type PolicySet } from './policy-set.ts'
import { predictStates, type ResourcePrediction, type StatesPrediction } from './predict-states.ts'
import { renderPaths, type Rendered } from './render-paths.ts'
import { createRunLookups } from './run-lookups.ts'
import { uniqueProblems } from './unique-problems.ts'

/** What compares where nobody says otherwise. */
export const latestArgoCd = '3.5'

export interface IgnoreDifferencesOptions extends CheckOptions {
  /** `1.18`. */
  readonly kyvernoVersion: string
  /** `3.1`. */
  readonly argocdVersion: string
  /** Name each rule that Kyverno writes into policies, instead of all at once. */
  readonly byName: boolean
  readonly verify: boolean
  /** Sync options and compare options of the Application, besides those in its file. */
  readonly applicationOptions: readonly string[]
  /** The file of the Application. */
  readonly applicationFile?: string | undefined
  /** Files and folders with objects of the cluster, compared instead of predictions. */
  readonly live: readonly string[]
}

/** A resource and who changes it. */
export interface ChangedResource {
  readonly resource: string
  readonly causes: readonly Cause[]
}

/** What ends the differences between Git and a cluster, and how well that is known. */
export interface IgnoreDifferencesReport {
  readonly entries: readonly PlannedEntry[]
  readonly remarks: readonly Remark[]
  readonly settings: readonly Setting[]
  readonly refusals: readonly Refusal[]
  /** Absent where it was not asked for. */
  readonly proof?: Proof
  /** Resources that policies change again at every sync. */
  readonly unsettled: readonly ChangedResource[]
  readonly unknowns: readonly string[]
  /** For patches in Git: what each changed resource would have to say. */
  readonly predictions: readonly ResourcePrediction[]
  readonly application?: WrittenApplication
  /** The Applications that were rendered. */
  readonly applicationNames: readonly string[]
  readonly resourceCount: number
  readonly notices: readonly string[]
  readonly problems: readonly Problem[]
}

/** Predicts what Kyverno changes between Git and the cluster, and computes the narrowest entries that make Argo CD overlook exactly that. */
export async function ignoreDifferences(given: IgnoreDifferencesOptions): Promise<IgnoreDifferencesReport> {
  const { application, problems: applicationProblems } = readApplication(given)
  const options = { ...given, namespace: readDestination(application?.value) ?? given.namespace }
  const rendered = await render(application, options)
  options.onProgress?.('loading policies')
  const { set, notices } = await choosePolicies(rendered, options)
  const resources = placeResources(rendered.resources, options.namespace, rendered.definitions)
  const { prediction, problems } = await predict(resources, rendered, set, options)
  const settings = readApplicationSettings(application?.value ?? findOnlyApplication(rendered), options.applicationOptions)
  const argocd = readArgoVersion(options.argocdVersion)
  const live = loadObjects(options.live, options)
  const states = chooseStates(prediction.predictions, { serverSideDiff: settings.serverSideDiff, live: indexObjects(options.live, live.resources) })
  const compareOptions: CompareOptions = { ignoreDifferences: [...application?.foreign ?? [], statusEntry(argocd)], serverSideApply: settings.serverSideApply && !settings.serverSideDiff }
  const planned = plan(states, compareOptions, { verify: options.verify, explainedOnly: options.live.length > 0 })
  const generated = prediction.generated.map(({ resource, cause }) => ({ resource: nameResource(resource.object), cause }))
  return {
    ...planned.plan, ...planned.proved, ...(application === undefined ? {} : { application }), applicationNames: rendered.applications.map((one) => one.application.name),
    ...adviseSettings(planned.plan, prediction.predictions.map(({ state }) => state), { application: settings, kyvernoVersion: options.kyvernoVersion, argocd, generated }),
    unsettled: prediction.predictions.filter(({ unsettled }) => unsettled.length > 0).map(({ state, unsettled }) => ({ resource: nameResource(state.target), causes: unsettled })),
    unknowns: prediction.unknowns, predictions: prediction.predictions, resourceCount: resources.length, notices: [...rendered.notices, ...notices],
    problems: uniqueProblems([...judgeEmptiness(rendered, options), ...set.problems, ...problems, ...applicationProblems, ...live.problems, ...planned.problems]),
  }
}

/** The named policies, or those in the tree; without any there are still the policies' own objects to look at. */
async function choosePolicies(rendered: Rendered, options: IgnoreDifferencesOptions): Promise<{ readonly set: PolicySet; readonly notices: readonly string[] }> {
  const found: PolicySet = parsePolicies(rendered.resources)
  const exceptions = { ...await loadPolicies(options.exceptions, options), policies: [] }
  if (options.policies.length > 0) {
    return { set: mergePolicySets([await loadPolicies(options.policies, options), { ...found, policies: [], problems: [] }, exceptions]), notices: [] }
  }
  return { set: mergePolicySets([found, exceptions]), notices: [found.policies.length === 0 ? 'no policies named (-p) and none in the checked tree' : `no policies named: using those in the checked tree (${found.policies.length})`] }
}

async function predict(resources: readonly Resource[], rendered: Rendered, set: PolicySet, options: IgnoreDifferencesOptions): Promise<{ readonly prediction: StatesPrediction; readonly problems: readonly Problem[] }> {
  const { compiled, problems } = await compilePolicies(set)
  const { inputs, problems: inputProblems } = loadInputs(options.valuesFiles, options.settings, options)
  const { user, problems: userProblems } = options.userInfoFile === undefined ? { problems: [] } : loadUser(options.userInfoFile, options)
  const snapshot = loadObjects(options.clusterSnapshots ?? [], options)
  const view = createClusterView(resources, inputs, { snapshot: snapshot.resources.map(({ object }) => object), createdNamespaces: rendered.createdNamespaces })
  const prediction = await predictStates(resources, {
    policies: compiled, exceptions: set.exceptions, view, inputs, ...(user === undefined ? {} : { user }),
    runLookups: createRunLookups({ view, now: options.now, seed: 1, ...(options.loader === undefined ? {} : { loader: options.loader }) }),
    kyvernoVersion: options.kyvernoVersion, kubeVersion: options.kubeVersion, byName: options.byName, everything: options.live.length > 0,
    onProgress: (done, total) => options.onProgress?.(`predicting ${done} of ${total} resources`),
  })
  return { prediction, problems: [...problems, ...snapshot.problems, ...inputProblems, ...userProblems] }
}

/** What the Application of the file renders, where it is one of those found; everything otherwise. */
async function render(application: WrittenApplication | undefined, options: IgnoreDifferencesOptions): Promise<Rendered> {
  const rendered = await renderPaths(options)
  const isOne = rendered.applications.some((found) => found.application.name === application?.name)
  return application !== undefined && isOne && rendered.applications.length > 1 ? renderPaths({ ...options, applications: [application.name] }) : rendered
}

function readApplication({ applicationFile, applications = [], cwd, texts }: IgnoreDifferencesOptions): { readonly application?: WrittenApplication; readonly problems: readonly Problem[] } {
  if (applicationFile === undefined) return { problems: [] }
  try {
    const found = readApplications(texts.read(resolve(cwd, applicationFile), applicationFile)).filter(({ name }) => applications.length === 0 || applications.includes(name))
    const [application, another] = found
    if (application !== undefined && another === undefined) return { application, problems: [] }
    const message = application === undefined
      ? `${applicationFile} has no Application or ApplicationSet${applications.map((name) => ` ${name}`).join('')} in block style`
      : `${applicationFile} has several Applications (${found.map(({ name }) => name).join(', ')}); --application names one`
    return { problems: [{ code: 'NO_APPLICATION', severity: 'error', message }] }
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return { problems: [{ code: error.code, severity: 'error', message: error.message }] }
  }
}

/** `3.1` as 301. */
export function readArgoVersion(version: string): number {
  const [, major = '3', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
  return Number(major) * 100 + Number(minor)
}

/** Since 3.0 Argo CD ignores the status of everything, before that of custom resources, as they are set by default. */
function statusEntry(argocd: number): NonNullable<CompareOptions['ignoreDifferences']>[number] {
  return argocd >= 300 ? { group: '*', kind: '*', jsonPointers: ['/status'] } : { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', jsonPointers: ['/status'] }
}

/** With server-side diff the dry run passes admission, so what is wanted is what admission makes of it. */
function chooseStates(predictions: readonly ResourcePrediction[], { serverSideDiff, live }: { readonly serverSideDiff: boolean; readonly live: ReadonlyMap<string, JsonObject> | undefined }): readonly PredictedState[] {
  return predictions.flatMap(({ state, admitted, resource }) => {
    const target = serverSideDiff ? admitted : state.target
    if (live === undefined) return [{ ...state, target }]
    const object = live.get(keyOf(resource.id))
    return object === undefined ? [] : [{ ...state, target, live: object }]
  })
}

function findOnlyApplication({ applications }: Rendered): JsonObject | undefined {
  return applications.length === 1 ? applications[0]?.resource.object : undefined
}

function indexObjects(paths: readonly string[], resources: readonly Resource[]): ReadonlyMap<string, JsonObject> | undefined {
  return paths.length === 0 ? undefined : new Map(resources.map(({ id, object }) => [keyOf(id), object]))
}

/** The version may be another one: a cluster prints the one that it prefers. */
function keyOf({ group, kind, namespace = '', name }: ResourceId): string {
  return `${group}\n${kind}\n${namespace}\n${name}`
}

interface Planned {
  readonly plan: EntryPlan
  readonly proved: { readonly proof?: Proof }
  readonly problems: readonly Problem[]
}

function plan(states: readonly PredictedState[], options: CompareOptions, { verify, explainedOnly }: { readonly verify: boolean; readonly explainedOnly: boolean }): Planned {
  try {
    const comparer = new Comparer(options)
    const made = computeEntries(states, { ...options, explainedOnly, comparer })
    if (!verify) return { plan: made, proved: {}, problems: [] }
    const beyond = new Set(made.remarks.filter(({ what }) => what === 'unresolved' || what === 'not-comparable').map(({ resource }) => resource))
    const provable = states.filter(({ target }) => !beyond.has(nameResource(target)))
    return { plan: made, proved: { proof: proveEntries(provable, made.entries.map(({ entry }) => entry), { ...options, comparer, ignoreDifferences: [...options.ignoreDifferences ?? [], ...made.unexplained] }) }, problems: [] }
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    // One expression of the Application that does not compile keeps Argo CD from comparing anything.
    return { plan: { entries: [], remarks: [], unexplained: [] }, proved: {}, problems: [{ code: error.code, severity: 'error', message: `an entry of the Application cannot be used, and Argo CD compares nothing of it: ${error.message}` }] }
  }
}

function judgeEmptiness({ resources, problems }: Rendered, { allowEmpty, paths }: IgnoreDifferencesOptions): readonly Problem[] {
  const others = problems.filter(({ code }) => code !== 'NO_RESOURCES')
  if (resources.length > 0 || allowEmpty || others.some(({ severity }) => severity === 'error')) return others
  return [...others, { code: 'NO_RESOURCES', severity: 'error', message: `nothing to look at in ${paths.join(', ')}; --allow-empty accepts that` }]
}

/** The report as data: what `-o json` prints. */
export function toIgnoreDifferencesJson(report: IgnoreDifferencesReport): JsonValue {
  const { entries, settings, refusals, proof, remarks, unsettled, unknowns } = report
  return JSON.parse(JSON.stringify({
    ignoreDifferences: entries.map(({ entry }) => entry),
    reasons: entries.flatMap(({ entry, reasons }) => reasons.map((reason) => ({ group: entry.group, kind: entry.kind, name: entry.name, namespace: entry.namespace, ...reason }))),
    settings, refusals, remarks, unsettled, unknowns, ...(proof === undefined ? {} : { proof }),
  })) as JsonValue
}
