import type { Problem } from '../model/errors.ts'
import type { Report } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import { parsePolicies } from '../policy/index.ts'
import { checkSchemas } from './check-schemas.ts'
import { createWorlds, type Worlds } from './create-worlds.ts'
import { compilePolicies, evaluateResources, type EvaluateOptions } from './evaluate.ts'
import { loadInputs } from './load-inputs.ts'
import { loadPolicies } from './load-policies.ts'
import { loadUser } from './load-user.ts'
import { placeResources } from './place-resources.ts'
import { toPolicyRef } from './policy-ref.ts'
import { mergePolicySets, type PolicySet } from './policy-set.ts'
import { renderPaths, type Rendered, type RenderPathsOptions } from './render-paths.ts'
import { createRunLookups, type LookupLoader } from './run-lookups.ts'
import { suppressKnown, type SuppressKnownOptions } from './suppress-known.ts'
import { uniqueProblems } from './unique-problems.ts'

/** What to check, by what, and what is known of the cluster. */
export interface CheckOptions extends RenderPathsOptions, Pick<SuppressKnownOptions, 'baselineFile' | 'partial'> {
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
}

/** What is checked against when nobody names or keeps policies. */
const defaultPolicies = 'builtin:pod-security-baseline'

/** The main job: discovers, renders, loads policies, evaluates. Bad input does not throw: the report says what is wrong. */
export async function check(options: CheckOptions): Promise<Report> {
  return (await checkTree(options)).report
}

/** The same with the resources that were checked. */
export async function checkTree(options: CheckOptions): Promise<{ readonly report: Report; readonly resources: readonly Resource[] }> {
  const rendered = await renderPaths(options)
  options.onProgress?.('loading policies')
  const { set, notices } = await choosePolicies(rendered, options)
  const { compiled, problems } = await compilePolicies(set)
  const { inputs, problems: inputProblems } = loadInputs(options.valuesFiles, options.settings, options)
  const { user, problems: userProblems } = options.userInfoFile === undefined ? { problems: [] } : loadUser(options.userInfoFile, options)
  const resources = placeResources(rendered.resources, options.namespace, rendered.definitions)
  const worlds = createWorlds(rendered, resources, inputs, options)
  const results = await evaluateWorlds(worlds, { policies: compiled, exceptions: set.exceptions, inputs, ...(user === undefined ? {} : { user }) }, options)
  const known = await suppressKnown(results, resources, options)
  const schemaProblems = checkSchemas(resources, { kubeVersion: options.kubeVersion, definitions: rendered.definitions })
  const report: Report = {
    results: known.results, notices: [...rendered.notices, ...notices, ...worlds.notices()], sources: rendered.sources, policies: set.policies.map(toPolicyRef), resourceCount: resources.length,
    problems: uniqueProblems([...judgeEmptiness(rendered, options), ...worlds.problems, ...schemaProblems, ...set.problems, ...problems, ...inputProblems, ...userProblems, ...known.problems]),
  }
  return { report, resources }
}

/** Each resource in the world of its cluster. */
async function evaluateWorlds({ worlds }: Worlds, common: Omit<EvaluateOptions, 'view' | 'runLookups' | 'onProgress'>, { now, loader, onProgress }: CheckOptions): Promise<readonly RuleResult[]> {
  const total = worlds.reduce((sum, { resources }) => sum + resources.length, 0)
  const results: (readonly RuleResult[])[] = []
  let before = 0
  for (const { view, objects, resources } of worlds) {
    const runLookups = createRunLookups({ view, objects, now, seed: now, ...(loader === undefined ? {} : { loader }) })
    results.push(await evaluateResources(resources, { ...common, view, runLookups, onProgress: (done) => onProgress?.(`evaluating ${before + done} of ${total} resources`) }))
    before += resources.length
  }
  const [only = []] = results
  return results.length > 1 ? results.flat() : only
}

/** The named policies, or those in the tree, or the default. Exceptions in the tree count in every case: they do in the cluster. */
async function choosePolicies(rendered: Rendered, options: CheckOptions): Promise<{ readonly set: PolicySet; readonly notices: readonly string[] }> {
  const found: PolicySet = parsePolicies(rendered.resources)
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
