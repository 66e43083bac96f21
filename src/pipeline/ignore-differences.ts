import { resolve } from 'node:path'
import {
  joinEntries, nameResource, readApplications, type Cause, type PlannedEntry, type Proof, type Refusal, type Remark, type Setting, type WrittenApplication,
} from '../ignore-differences/index.ts'
import { KnownError, type Problem } from '../model/errors.ts'
import type { JsonValue } from '../model/json.ts'
import type { Resource } from '../model/resource.ts'
import { parsePolicies } from '../policy/index.ts'
import { indexLive, planLists, type ApplicationList } from './application-lists.ts'
import { readDestination } from './application-settings.ts'
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
  /** Those of all lists. */
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
  /** The same for each Application; one list where not several Applications were rendered. */
  readonly lists: readonly ApplicationList[]
  readonly resourceCount: number
  readonly notices: readonly string[]
  readonly problems: readonly Problem[]
}

/** Predicts what Kyverno changes between Git and the cluster, and computes the narrowest entries that make Argo CD overlook exactly that. */
export async function ignoreDifferences(given: IgnoreDifferencesOptions): Promise<IgnoreDifferencesReport> {
  const file = readFile(given)
  const options = { ...given, namespace: readDestination(file.written.length === 1 ? file.written[0]?.value : undefined) ?? given.namespace }
  const rendered = await render(file.written, options)
  const { written, problems: fileProblems } = assertRendered(file, rendered, options)
  options.onProgress?.('loading policies')
  const { set, notices } = await choosePolicies(rendered, options)
  const resources = placeResources(rendered.resources, options.namespace, rendered.definitions)
  const { prediction, problems } = await predict(resources, rendered, set, options)
  const live = loadObjects(options.live, options)
  const planned = planLists({ rendered, resources, prediction }, {
    argocd: readArgoVersion(options.argocdVersion), kyvernoVersion: options.kyvernoVersion, verify: options.verify, applicationOptions: options.applicationOptions, written,
    live: options.live.length === 0 ? undefined : indexLive(live.resources),
  })
  return {
    ...joinLists(planned.lists), lists: planned.lists,
    unsettled: prediction.predictions.filter(({ unsettled }) => unsettled.length > 0).map(({ state, unsettled }) => ({ resource: nameResource(state.target), causes: unsettled })),
    unknowns: prediction.unknowns, predictions: prediction.predictions, resourceCount: resources.length, notices: [...rendered.notices, ...notices],
    problems: uniqueProblems([...judgeEmptiness(rendered, options), ...set.problems, ...problems, ...fileProblems, ...live.problems, ...planned.problems]),
  }
}

/** The named policies, or those in the tree; without any there are still the policies' own objects to look at. */
async function choosePolicies(rendered: Rendered, options: IgnoreDifferencesOptions): Promise<{ readonly set: PolicySet; readonly notices: readonly string[] }> {
  const found: PolicySet = { ...parsePolicies(rendered.resources), configurations: [] }
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
    policies: compiled, exceptions: set.exceptions, configurations: set.configurations, view, inputs, ...(user === undefined ? {} : { user }),
    runLookups: createRunLookups({ view, now: options.now, seed: 1, ...(options.loader === undefined ? {} : { loader: options.loader }) }),
    kyvernoVersion: options.kyvernoVersion, kubeVersion: options.kubeVersion, byName: options.byName, everything: options.live.length > 0,
    onProgress: (done, total) => options.onProgress?.(`predicting ${done} of ${total} resources`),
  })
  return { prediction, problems: [...problems, ...snapshot.problems, ...inputProblems, ...userProblems] }
}

/** What the Application of the file renders, where it is one of those found; everything otherwise. */
async function render([application, another]: readonly WrittenApplication[], options: IgnoreDifferencesOptions): Promise<Rendered> {
  const rendered = await renderPaths(options)
  const isOne = another === undefined && rendered.applications.some((found) => found.application.name === application?.name)
  return application !== undefined && isOne && rendered.applications.length > 1 ? renderPaths({ ...options, applications: [application.name] }) : rendered
}

/** The file that entries are written to. */
interface ApplicationFile {
  readonly written: readonly WrittenApplication[]
  readonly problems: readonly Problem[]
}

function readFile({ applicationFile, applications = [], cwd, texts }: IgnoreDifferencesOptions): ApplicationFile {
  if (applicationFile === undefined) return { written: [], problems: [] }
  try {
    const written = readApplications(texts.read(resolve(cwd, applicationFile), applicationFile)).filter(({ name }) => applications.length === 0 || applications.includes(name))
    if (written.length > 0) return { written, problems: [] }
    return refuseFile(`${applicationFile} has no Application or ApplicationSet${applications.map((name) => ` ${name}`).join('')} in block style`)
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return { written: [], problems: [{ code: error.code, severity: 'error', message: error.message }] }
  }
}

/** Which of several Applications in a file applies what is known only where they are rendered themselves. */
function assertRendered(file: ApplicationFile, { applications }: Rendered, { applicationFile = '' }: IgnoreDifferencesOptions): ApplicationFile {
  const { written } = file
  const strangers = written.filter(({ kind, name }) => kind === 'ApplicationSet' || !applications.some(({ application }) => application.name === name))
  if (written.length < 2 || strangers.length === 0) return file
  const names = (list: readonly WrittenApplication[]): string => list.map(({ name }) => name).join(', ')
  return refuseFile(`${applicationFile} has several Applications (${names(written)}), and what ${names(strangers)} applies was not found among what was rendered; --application names one`)
}

function refuseFile(message: string): ApplicationFile {
  return { written: [], problems: [{ code: 'NO_APPLICATION', severity: 'error', message }] }
}

/** `3.1` as 301. */
export function readArgoVersion(version: string): number {
  const [, major = '3', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
  return Number(major) * 100 + Number(minor)
}

/** All lists as one: what there is to say besides the entries is said once. */
function joinLists(lists: readonly ApplicationList[]): Pick<IgnoreDifferencesReport, 'entries' | 'remarks' | 'settings' | 'refusals' | 'proof'> {
  const unique = <Item extends object>(items: readonly Item[]): readonly Item[] => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
  const proofs = lists.flatMap(({ proof }) => proof ?? [])
  return {
    entries: joinEntries(lists), remarks: unique(lists.flatMap(({ remarks }) => remarks)), settings: unique(lists.flatMap(({ settings }) => settings)),
    refusals: unique(lists.flatMap(({ refusals }) => refusals)), ...(proofs.length === 0 ? {} : { proof: joinProofs(proofs) }),
  }
}

function joinProofs(proofs: readonly Proof[]): Proof {
  return {
    quiet: proofs.every(({ quiet }) => quiet), watchful: proofs.every(({ watchful }) => watchful), needed: proofs.every(({ needed }) => needed),
    complaints: proofs.flatMap(({ complaints }) => complaints), untried: proofs.flatMap(({ untried }) => untried),
  }
}

function judgeEmptiness({ resources, problems }: Rendered, { allowEmpty, paths }: IgnoreDifferencesOptions): readonly Problem[] {
  const others = problems.filter(({ code }) => code !== 'NO_RESOURCES')
  if (resources.length > 0 || allowEmpty || others.some(({ severity }) => severity === 'error')) return others
  return [...others, { code: 'NO_RESOURCES', severity: 'error', message: `nothing to look at in ${paths.join(', ')}; --allow-empty accepts that` }]
}

/** The report as data: what `-o json` prints. */
export function toIgnoreDifferencesJson(report: IgnoreDifferencesReport): JsonValue {
  const { lists, remarks, unsettled, unknowns } = report
  return JSON.parse(JSON.stringify({
    ...describeList(report), remarks, unsettled, unknowns,
    ...(lists.length < 2 ? {} : { applications: lists.map((list) => ({ names: list.applications, ...describeList(list) })) }),
  })) as JsonValue
}

function describeList({ entries, settings, refusals, proof }: Pick<ApplicationList, 'entries' | 'settings' | 'refusals' | 'proof'>): object {
  return {
    ignoreDifferences: entries.map(({ entry }) => entry),
    reasons: entries.flatMap(({ entry, reasons }) => reasons.map((reason) => ({ group: entry.group, kind: entry.kind, name: entry.name, namespace: entry.namespace, ...reason }))),
    settings, refusals, ...(proof === undefined ? {} : { proof }),
  }
}
