import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { resolveInside, kindOf } from '../io/files.ts'
import { IoError } from '../io/io-error.ts'
import type { Problem } from '../model/errors.ts'
import type { Report } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import { renderHelmKustomize, renderSource, type RenderedSource, type RenderOptions, type RenderTools, type SourceType } from '../render/index.ts'
import { createClusterView } from './cluster-view.ts'
import { endFights, type EndedFights, type EndFightsOptions } from './end-fights.ts'
import type { PlannedEntry } from '../ignore-differences/index.ts'
import { compilePolicies, evaluateResources, type EvaluateOptions } from './evaluate.ts'
import { loadInputs } from './load-inputs.ts'
import { loadPolicies } from './load-policies.ts'
import { placeResources } from './place-resources.ts'
import { toPolicyRef } from './policy-ref.ts'
import { describeConfigurations, mergePolicySets, type PolicySet } from './policy-set.ts'
import { createRunLookups } from './run-lookups.ts'
import type { SourceTexts } from './source-texts.ts'

/** One Application's source as Argo CD hands it to the plugin, and whose policies judge it. */
export interface GenerateManifestsOptions {
  /** The unpacked repository; nothing outside of it is read for the application. */
  readonly root: string
  /** The source's folder below the root. */
  readonly path: string
  /** Absent: as Argo CD decides. */
  readonly type?: SourceType | 'HelmKustomize'
  readonly render: RenderOptions
  readonly tools?: RenderTools
  /** Where resources go that name no namespace. Output is left as it is; only evaluation needs to know. */
  readonly namespace: string
  /** Of the platform: any path of the sidecar, `builtin:NAME`. */
  readonly policies: readonly string[]
  readonly exceptions: readonly string[]
  readonly valuesFiles: readonly string[]
  /** Of the application: paths inside its folder or repository. */
  readonly repositoryPolicies: readonly string[]
  readonly repositoryExceptions: readonly string[]
  readonly repositoryValues: readonly string[]
  /** Whether the application's own ConfigMaps and Namespaces answer look-ups. */
  readonly repositoryLookups: boolean
  /** What to do about changes that Kyverno makes in the cluster; nothing where absent. */
  readonly fights?: EndFightsOptions
  readonly texts: SourceTexts
  readonly now: number
  /** Says between resources whether time is up. */
  readonly isExpired?: () => boolean
}

/** What came of it. */
export interface GeneratedManifests {
  /** As rendered, in order, namespaces untouched; with mutations where they were asked for. */
  readonly resources: readonly Resource[]
  /** Its problems are those of the source and of the policies. */
  readonly report: Report
  readonly sourceProblems: readonly Problem[]
  /** What is wrong with policies, exceptions and values. */
  readonly policyProblems: readonly Problem[]
  /** Names the set of policies and exceptions: the same for the same texts. */
  readonly policyDigest: string
  /** Time ran out before everything was evaluated; the results are empty then. */
  readonly expired: boolean
  /** For ignoreDifferences, where they were asked for. */
  readonly entries: readonly PlannedEntry[]
}

class Expired extends Error {}

/** Renders a source and evaluates policies on it. What is wrong is in the report; nothing is thrown for it. */
export async function generateManifests(options: GenerateManifestsOptions): Promise<GeneratedManifests> {
  const rendered = await render(options)
  const set = await loadPolicySet(options)
  const { compiled, problems: compileProblems } = await compilePolicies(set)
  const { inputs, problems: inputProblems } = loadAllInputs(options)
  const placed = placeResources(rendered.resources, options.namespace)
  const view = createClusterView(options.repositoryLookups ? placed : [], inputs)
  const { results, expired, ...ended } = await evaluateUntil(options, { rendered: rendered.resources, placed }, {
    policies: compiled, exceptions: set.exceptions, configurations: set.configurations, view, inputs, runLookups: createRunLookups({ view, now: options.now, seed: 1 }),
  })
  const policyProblems = [...set.problems, ...compileProblems, ...inputProblems]
  return {
    resources: ended.resources, sourceProblems: rendered.problems, policyProblems, policyDigest: digest(set), expired, entries: ended.entries,
    report: {
      results, notices: [...describeConfigurations(set), ...ended.notices], resourceCount: placed.length, policies: set.policies.map(toPolicyRef),
      sources: [{ path: options.path, type: rendered.type, resourceCount: placed.length }],
      problems: [...rendered.problems, ...policyProblems],
    },
  }
}

interface Sets { readonly rendered: readonly Resource[]; readonly placed: readonly Resource[] }

async function evaluateUntil(
  { isExpired = () => false, fights = { applyMutations: false, ignoreDifferences: false } }: GenerateManifestsOptions, { rendered, placed }: Sets, options: EvaluateOptions,
): Promise<EndedFights & { readonly results: Report['results']; readonly expired: boolean }> {
  const check = (): void => {
    if (isExpired()) throw new Expired()
  }
  try {
    check()
    const results = await evaluateResources(placed, { ...options, onProgress: check })
    return { results, ...await endFights(rendered, placed, { ...options, ...fights, onProgress: check }), expired: false }
  } catch (error) {
    if (error instanceof Expired) return { results: [], resources: rendered, entries: [], notices: [], expired: true }
    throw error
  }
}

function render({ root, path, type, render: renderOptions, tools }: GenerateManifestsOptions): Promise<RenderedSource> {
  if (type === 'HelmKustomize') return renderHelmKustomize({ root, path }, renderOptions, tools)
  return renderSource({ root, path, ...(type === undefined ? {} : { type }) }, renderOptions, tools)
}

/** The platform's sources are read as named; the application's must lie inside its repository. */
async function loadPolicySet(options: GenerateManifestsOptions): Promise<PolicySet> {
  const own = { cwd: '/', texts: options.texts, offline: true }
  const platform = await loadPolicies(options.policies, own)
  const exceptions = await loadPolicies(options.exceptions, own)
  const { paths: policyPaths, problems } = confine(options.repositoryPolicies, options)
  const repository = await loadPolicies(policyPaths, { ...own, cwd: options.root })
  const { paths: exceptionPaths, problems: exceptionProblems } = confine(options.repositoryExceptions, options)
  const granted = await loadPolicies(exceptionPaths, { ...own, cwd: options.root })
  return {
    ...mergePolicySets([
      // An exception that lies among an application's policies is not granted by naming it as a policy; what Kyverno leaves alone is for the platform to say.
      platform, { ...exceptions, policies: [] }, { ...repository, exceptions: [], configurations: [] }, { ...granted, policies: [], configurations: [] },
    ]),
    problems: [...platform.problems, ...exceptions.problems, ...repository.problems, ...granted.problems, ...problems, ...exceptionProblems],
  }
}

interface Confined { readonly paths: readonly string[]; readonly problems: readonly Problem[] }

/** Paths of an application, relative to its folder, or to the repository where they start with `/`; as paths below the root. */
function confine(paths: readonly string[], { root, path: folder }: GenerateManifestsOptions): Confined {
  const kept: string[] = []
  const problems: Problem[] = []
  for (const path of paths) {
    if (path.startsWith('builtin:')) { kept.push(path); continue }
    try {
      const wanted = path.startsWith('/') ? path.slice(1) : join(folder, path)
      const real = resolveInside(root, wanted)
      if (kindOf(real) === undefined) problems.push({ code: 'NOT_FOUND', severity: 'error', message: `there is no ${path} in the repository` })
      else kept.push(wanted)
    } catch (error) {
      if (!(error instanceof IoError)) throw error
      problems.push({ code: 'OUTSIDE_REPOSITORY', severity: 'error', message: `${path} leads out of the repository` })
    }
  }
  return { paths: kept, problems }
}

function loadAllInputs(options: GenerateManifestsOptions): ReturnType<typeof loadInputs> {
  const { paths, problems } = confine(options.repositoryValues, options)
  const files = [...options.valuesFiles, ...paths.map((path) => join(options.root, path))]
  const loaded = loadInputs(files, [], { cwd: '/', texts: options.texts })
  return { inputs: loaded.inputs, problems: [...loaded.problems, ...problems] }
}

function digest({ policies, exceptions, configurations }: PolicySet): string {
  const hash = createHash('sha256')
  for (const { document } of policies) hash.update(stableText(document))
  for (const one of [...exceptions, ...configurations]) hash.update(stableText({ ...one, source: undefined }))
  return hash.digest('hex').slice(0, 12)
}

function stableText(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'bigint' ? entry.toString() : entry))
}
