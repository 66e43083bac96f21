import type { Problem } from '../model/errors.ts'
import type { Report } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import { parsePolicies } from '../policy/index.ts'
import { ignoreTextOf } from '../report/index.ts'
import type { JudgesParts, ResultsCache } from './cached-results.ts'
import { createSchemaCheck } from './check-schemas.ts'
import { createWorlds, type Worlds } from './create-worlds.ts'
import { compilePolicies, evaluateEach, type EvaluateOptions } from './evaluate.ts'
import { concludeFindings, type Findings, type Placed } from './findings.ts'
import { loadInputs } from './load-inputs.ts'
import { loadPolicies } from './load-policies.ts'
import { loadSuppressions, type LoadSuppressionsOptions } from './load-suppressions.ts'
import { loadUser } from './load-user.ts'
import { placeResources } from './place-resources.ts'
import { toPolicyRef } from './policy-ref.ts'
import { describeConfigurations, mergePolicySets, type PolicySet } from './policy-set.ts'
import { renderPaths, type Rendered, type RenderPathsOptions } from './render-paths.ts'
import type { LookupLoader } from './loaded-answers.ts'
import { createRunLookups } from './run-lookups.ts'
import { ownerIn } from './shard/share.ts'

/** What to check, by what, and what is known of the cluster. */
export interface CheckOptions extends RenderPathsOptions, Pick<LoadSuppressionsOptions, 'baselineFile' | 'partial'> {
  /** Sources of policies; empty: those found in the checked tree, or else the built-in default. */
  readonly policies: readonly string[]
  readonly exceptions: readonly string[]
  readonly valuesFiles: readonly string[]
  /** `name=value`. */
  readonly settings: readonly string[]
  readonly userInfoFile?: string | undefined
  /** Files and folders with objects of the cluster. */
  readonly clusterSnapshots?: readonly string[] | undefined
  readonly allowEmpty: boolean
  /** No network. */
  readonly offline: boolean
  /** The moment of the run, in milliseconds since 1970. */
  readonly now: number
  /** Answers look-ups from outside; without one they stay unanswered, and the results say what was missing. */
  readonly loader?: LookupLoader
  /** A folder that keeps results from run to run. */
  readonly resultsFolder?: string | undefined
}

/** What is checked against when nobody names or keeps policies. */
const defaultPolicies = 'builtin:pod-security-baseline'

/** The main job: discovers, renders, loads policies, evaluates. Bad input does not throw: the report says what is wrong. */
export async function check(options: CheckOptions): Promise<Report> {
  return concludeFindings((await examineTree(options)).findings)
}

/** What was found in a tree, and what it was found in. */
export interface Examined {
  readonly findings: Findings
  readonly resources: readonly Resource[]
  readonly policies: PolicySet
}

/** The main job up to where a part of it can be put together with others. */
export async function examineTree(options: CheckOptions): Promise<Examined> {
  const rendered = await renderPaths(options)
  return examineRendered(rendered, await loadJudges(rendered, options), options)
}

/** Everything that rendered resources are judged by. */
export interface Judges extends Pick<EvaluateOptions, 'policies' | 'exceptions' | 'inputs' | 'user'> {
  /** Where results are kept, if they are. */
  readonly cache?: ResultsCache
  readonly set: PolicySet
  readonly problems: readonly Problem[]
  readonly notices: readonly string[]
}

/** Loads policies and what was supplied for them. */
export async function loadJudges(rendered: Pick<Rendered, 'resources' | 'known'>, options: CheckOptions): Promise<Judges> {
  options.onProgress?.('loading policies')
  const { set, notices } = await choosePolicies([...rendered.resources, ...rendered.known], options)
  const { compiled: policies, problems } = await compilePolicies(set)
  const { inputs, problems: inputProblems } = loadInputs(options.valuesFiles, options.settings, options)
  const { user, problems: userProblems } = options.userInfoFile === undefined ? { problems: [] } : loadUser(options.userInfoFile, options)
  const cache = await openResultsCache({ set, inputs, ...(user === undefined ? {} : { user }), sourceText: options.texts.get }, options.resultsFolder)
  return {
    set, policies, exceptions: set.exceptions, inputs, ...(user === undefined ? {} : { user }), ...(cache === undefined ? {} : { cache }), notices: [...notices, ...describeConfigurations(set)],
    problems: [...set.problems, ...problems, ...inputProblems, ...userProblems],
  }
}

async function openResultsCache(parts: JudgesParts, folder: string | undefined): Promise<ResultsCache | undefined> {
  if (folder === undefined) return undefined
  const judges = (await import('./cached-results.ts')).nameJudges(parts)
  return judges === undefined ? undefined : { folder, judges }
}

/** Judges what was rendered. */
export async function examineRendered(rendered: Rendered, judges: Judges, options: CheckOptions): Promise<Examined> {
  const { set } = judges
  const definitions = [...rendered.definitions, ...rendered.known]
  const resources = placeResources(rendered.resources, options.namespace, definitions)
  const worlds = createWorlds(rendered, resources, judges.inputs, options)
  const results = await evaluateWorlds(worlds, judges, { ...options, sourceOf: judges.cache && sourcesOf(resources, rendered.sizes) })
  const checkSchema = createSchemaCheck(resources, { kubeVersion: options.kubeVersion, definitions })
  const findings: Findings = {
    results, notices: [...rendered.notices, ...judges.notices], partialKinds: worlds.partialKinds(), sources: rendered.sources, policies: set.policies.map(toPolicyRef), resourceCount: resources.length,
    problems: {
      rendering: [...judgeEmptiness(rendered, options), ...worlds.problems],
      schemas: ownOf(resources, options).map(({ resource, at }) => ({ at, items: checkSchema(resource) })).filter(({ items }) => items.length > 0),
      policies: judges.problems,
    },
    annotated: resources.filter((resource) => ignoreTextOf(resource) !== undefined), suppressions: await loadSuppressions(options),
  }
  return { findings, resources, policies: set }
}

/** Tells from which source a resource comes. */
function sourcesOf(resources: readonly Resource[], sizes: readonly number[]): (resource: Resource) => number | undefined {
  const sources = new Map<Resource, number>()
  let start = 0
  for (const [source, size] of sizes.entries()) {
    for (const resource of resources.slice(start, start + size)) sources.set(resource, source)
    start += size
  }
  return (resource) => sources.get(resource)
}

interface OwnResource { readonly resource: Resource; readonly at: number }

/** The resources that are evaluated here, with their places among all. */
function ownOf(resources: readonly Resource[], { share }: CheckOptions): readonly OwnResource[] {
  const isOwn = ownerIn(share)
  return resources.map((resource, at) => ({ resource, at })).filter(({ resource }) => isOwn(resource))
}

interface EvaluateWorldsOptions extends CheckOptions {
  /** Where results are kept, source by source. */
  readonly sourceOf: ((resource: Resource) => number | undefined) | undefined
}

/** Resources in their order, those of one source together. */
function groupBySource(resources: readonly Resource[], sourceOf: (resource: Resource) => number | undefined): readonly (readonly Resource[])[] {
  const groups: Resource[][] = []
  let last: number | undefined
  for (const resource of resources) {
    const source = sourceOf(resource)
    if (groups.length === 0 || source !== last) groups.push([])
    groups.at(-1)?.push(resource)
    last = source
  }
  return groups
}

/** Each resource in the world of its cluster. */
async function evaluateWorlds({ worlds }: Worlds, { set: { configurations }, policies, exceptions, inputs, user, cache }: Judges, options: EvaluateWorldsOptions): Promise<readonly Placed<RuleResult>[]> {
  const { now, loader, onProgress } = options
  const common = { policies, exceptions, configurations, inputs, ...(user === undefined ? {} : { user }) }
  const found: Placed<RuleResult>[] = []
  const parts = worlds.map(({ resources, ...world }) => ({ ...world, count: resources.length, own: ownOf(resources, options) }))
  const total = parts.reduce((sum, { own }) => sum + own.length, 0)
  let [before, done] = [0, 0]
  for (const { view, objects, count, own } of parts) {
    const runLookups = createRunLookups({ view, objects, now, seed: now, ...(loader === undefined ? {} : { loader }) })
    const report = (evaluated: number): void => onProgress?.(`evaluating ${done + evaluated} of ${total} resources`)
    const take = (results: readonly RuleResult[], index: number): void => { found.push({ at: before + (own[index] as OwnResource).at, items: results }) }
    const resources = own.map(({ resource }) => resource)
    const here = { ...common, view, runLookups, onProgress: report }
    if (cache === undefined || options.sourceOf === undefined) await evaluateEach(resources, here, ({ results }, index) => take(results, index))
    else await (await import('./cached-results.ts')).evaluateCached(groupBySource(resources, options.sourceOf), here, cache, take)
    before += count
    done += own.length
  }
  return found
}

/** The named policies, or those in the tree, or the default. Exceptions in the tree count in every case: they do in the cluster. */
async function choosePolicies(documents: readonly Resource[], options: CheckOptions): Promise<{ readonly set: PolicySet; readonly notices: readonly string[] }> {
  const found: PolicySet = { ...parsePolicies(documents), configurations: [] }
  const exceptions = await loadPolicies(options.exceptions, options)
  if (options.policies.length > 0) {
    const named = await loadPolicies(options.policies, options)
    return { set: mergePolicySets([named, { ...found, policies: [], problems: [] }, { ...exceptions, policies: [] }]), notices: [] }
  }
  if (found.policies.length > 0 || found.problems.some(({ severity }) => severity === 'error')) {
    return { set: mergePolicySets([found, { ...exceptions, policies: [] }]), notices: [`no policies named: using those in the checked tree (${found.policies.length})`] }
  }
  const fallback = await loadPolicies([defaultPolicies], options)
  return {
    set: mergePolicySets([fallback, found, { ...exceptions, policies: [] }]),
    notices: [`no policies named (-p) and none in the checked tree: using ${defaultPolicies}, which audits and blocks nothing`],
  }
}

/**
 * Nothing to check is a mistake more often than an answer: a gate that sees nothing lets everything through. A source without resources
 * beside others that have some is worth a warning.
 */
function judgeEmptiness({ resources, problems }: Rendered, { allowEmpty, paths }: CheckOptions): readonly Problem[] {
  const others = problems.filter(({ code }) => code !== 'NO_RESOURCES')
  const empty = problems.filter(({ code }) => code === 'NO_RESOURCES')
  if (resources.length > 0) return [...others, ...empty.map(({ code, message }): Problem => ({ code, message, severity: 'warning' }))]
  if (allowEmpty || others.some(({ severity }) => severity === 'error')) return others
  return [...others, { code: 'NO_RESOURCES', severity: 'error', message: `nothing to check in ${paths.join(', ')}; --allow-empty accepts that` }]
}
