// Kyverno: cmd/cli/kubectl-kyverno/commands/apply/command.go (applyCommandHelper: everything up to the evaluation)
import { resolve } from 'node:path'
import { readTextFile } from '../../io/files.ts'
import { withKinds, type KindTable } from '../../kubernetes/kinds.ts'
import { parseManifests, toResourceId } from '../../manifest/index.ts'
import type { Problem } from '../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { Resource, UserInfo } from '../../model/resource.ts'
import { parsePolicies } from '../../policy/index.ts'
import { cliKinds } from '../kyverno/cli-kinds.ts'
import { loadContext, loadExceptions, loadUserInfo, loadValues, type CliContext } from '../kyverno/load-cli-documents.ts'
import { InputError, readDocuments } from '../kyverno/read-documents.ts'
import { normalizeResource, readResources, type ReadText } from '../kyverno/read-resources.ts'
import { mergePolicySets, type PolicySet } from '../policy-set.ts'
import { mergeInputs, noSuppliedInputs, type SuppliedInputs } from '../values-file.ts'
import type { ApplyOptions } from './apply-options.ts'
import { listClusterKinds } from './cluster-kinds.ts'
import { listDefinitionFiles, loadApplyPolicies, type ApplyPolicies } from './load-apply-policies.ts'
import { readAllResources } from './read-all-resources.ts'

/** Everything that a run names, read. */
export interface LoadedApply {
  readonly policies: ApplyPolicies
  readonly exceptions: PolicySet
  readonly resources: readonly Resource[]
  readonly payloads: readonly Resource[]
  readonly targets: readonly Resource[]
  readonly parameters: readonly Resource[]
  readonly definitions: readonly JsonObject[]
  readonly kinds: KindTable
  readonly inputs: SuppliedInputs
  readonly user: UserInfo | undefined
  readonly context: CliContext
  readonly problems: readonly Problem[]
}

/** Reads the inputs of a run. */
export async function loadApply(options: ApplyOptions): Promise<LoadedApply> {
  const at = (path: string): string => (path === '-' ? path : resolve(options.cwd, path))
  const readText: ReadText = (path) => ({ text: path === '-' ? options.stdin : readTextFile(path), name: path === '-' ? 'stdin' : nameOf(path, options) })
  const definitions = listDefinitionFiles(options.crdPaths.map(at)).flatMap((path) => readObjects(path, readText)).filter(({ kind }) => kind === 'CustomResourceDefinition')
  const policies = await loadApplyPolicies(options)
  const problems: Problem[] = []
  const kinds = cliKinds(definitions)
  const read = (paths: readonly string[]): readonly Resource[] => {
    // Kyverno 1.18 gives whatever has no namespace one, also what belongs to the cluster.
    if (options.compat) return readResources(paths.map(at), readText, withKinds(undefined, []))
    const all = readAllResources(paths.map(at), readText, kinds)
    problems.push(...all.problems)
    return all.resources
  }
  const resources = options.cluster === undefined ? read(options.resources) : await readFromCluster(policies.set, options, kinds)
  return {
    policies, resources, kinds, definitions, problems,
    payloads: options.payloads.map((path) => readPayload(at(path), readText)),
    targets: read(options.targetResources), parameters: read(options.parameterResources),
    exceptions: loadAllExceptions(resources, policies.set, options, readText),
    inputs: loadAllValues(options, readText),
    user: options.userInfoFile === undefined ? undefined : loadUserInfo(at(options.userInfoFile), readText),
    context: options.contextFile === undefined ? { resources: [], images: new Map() } : loadContext(at(options.contextFile), readText),
  }
}

/** Messages call a file as the user did. */
function nameOf(path: string, { cwd }: ApplyOptions): string {
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path
}

function loadAllValues({ valuesFile, settings, cwd, compat }: ApplyOptions, readText: ReadText): SuppliedInputs {
  const values = valuesFile === undefined ? noSuppliedInputs : loadValues(resolve(cwd, valuesFile), readText)
  return mergeInputs(values, { ...noSuppliedInputs, settings: readSettings(settings, compat) })
}

/** Kyverno passes over a setting that is not of its form; otherwise that is an error. */
function readSettings(settings: readonly string[], compat: boolean): Readonly<Record<string, JsonValue>> {
  const pairs: [string, string][] = []
  for (const setting of settings) {
    const [name = '', value = '', ...more] = setting.split('=').map((part) => part.trim())
    if (name !== '' && value !== '' && (more.length === 0 || !compat)) pairs.push([name, [value, ...more].join('=')])
    else if (!compat) throw new InputError(`--set ${setting} is not of the form name=value`)
  }
  // Kyverno lets nobody set the resource itself this way.
  return Object.fromEntries(pairs.filter(([name]) => !name.includes('request.object.')))
}

function loadAllExceptions(resources: readonly Resource[], policies: PolicySet, options: ApplyOptions, readText: ReadText): PolicySet {
  const given = options.exceptionsWithinResources && options.compat ? [] : [loadExceptions(options.exceptions.map((path) => resolve(options.cwd, path)), readText)]
  const within = options.exceptionsWithinResources ? [parsePolicies(resources.filter(({ id }) => id.kind === 'PolicyException'))] : []
  const beside = options.exceptionsWithinPolicies ? [{ ...policies, policies: [], bindings: [], problems: [] }] : []
  return mergePolicySets([...given, ...within, ...beside])
}

async function readFromCluster(set: PolicySet, { cluster, resources }: ApplyOptions, kinds: KindTable): Promise<readonly Resource[]> {
  const objects = await cluster?.list(listClusterKinds(set, kinds), resources) ?? []
  return objects.map((object) => ({ id: toResourceId(object), object, locate: () => undefined }))
}

function readObjects(path: string, readText: ReadText): readonly JsonObject[] {
  const { text, name } = readText(path)
  return readDocuments(text, name).map(({ value }) => value).filter(isJsonObject)
}

function readPayload(path: string, readText: ReadText): Resource {
  const { text, name } = readText(path)
  const { documents } = parseManifests(text, name)
  const value = documents[0]?.value
  if (documents.length !== 1 || !isJsonObject(value)) throw new InputError(`JSON payload ${name} must be one object`)
  return { id: normalizeResource(value, cliKinds()).id, object: value, locate: (field) => documents[0]?.locate(field) }
}
