import { join, resolve } from 'node:path'
import { kindOf, resolveInside, walkFiles } from '../io/files.ts'
import { fetchRepository } from '../io/git.ts'
import { withTemporaryFolder } from '../io/temporary-folder.ts'
import { parseManifests, type ParsedManifests } from '../manifest/index.ts'
import { KnownError, type Problem } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import { parsePolicies } from '../policy/index.ts'
import { parseGitAddress } from '../values/git-address.ts'
import { builtinPolicies } from './builtin-policies/index.ts'
import { emptyPolicySet, mergePolicySets, type PolicySet } from './policy-set.ts'
import type { SourceTexts } from './source-texts.ts'

export interface LoadPoliciesOptions {
  /** What relative paths start from. */
  readonly cwd: string
  readonly texts: SourceTexts
  /** No network: git addresses are refused. */
  readonly offline: boolean
}

/** Loads `-p` arguments: files, folders, `builtin:NAME`, git addresses with a ref. What yields no policy is a problem. */
export async function loadPolicies(sources: readonly string[], options: LoadPoliciesOptions): Promise<PolicySet> {
  const sets: PolicySet[] = []
  for (const source of sources) sets.push(requirePolicies(source, await loadSource(source, options)))
  return mergePolicySets(sets)
}

function hasContent({ policies, exceptions, celExceptions, bindings, configurations }: PolicySet): boolean {
  return [policies, exceptions, celExceptions, bindings, configurations].some(({ length }) => length > 0)
}

async function loadSource(source: string, options: LoadPoliciesOptions): Promise<PolicySet> {
  if (source.startsWith('builtin:')) return loadBuiltin(source, options.texts)
  const address = parseGitAddress(source)
  if (address === undefined) return loadPath(resolve(options.cwd, source), source, options.texts)
  if (options.offline) return problemSet('OFFLINE', `${source} is on the network, which --offline rules out`)
  try {
    return await withTemporaryFolder(async (folder) => {
      await fetchRepository(address, folder)
      // A path or link that climbs out of the repository would read the user's own files as policies.
      return loadPath(resolveInside(folder, address.path ?? '.'), source, options.texts)
    })
  } catch (error) {
    if (error instanceof KnownError) return problemSet(error.code, error.message)
    throw error
  }
}

/** A policy source that yields nothing would be a gate that never closes. */
function requirePolicies(source: string, set: PolicySet): PolicySet {
  if (hasContent(set) || set.problems.some(({ severity }) => severity === 'error')) return set
  return { ...set, problems: [...set.problems, { code: 'NO_POLICY', severity: 'error', message: `${source} contains no policy` }] }
}

function loadBuiltin(source: string, texts: SourceTexts): PolicySet {
  const name = source.slice('builtin:'.length)
  if (!Object.hasOwn(builtinPolicies, name)) {
    return problemSet('POLICY_NOT_FOUND', `there is no ${source}; there are ${Object.keys(builtinPolicies).map((known) => `builtin:${known}`).join(', ')}`)
  }
  const text = builtinPolicies[name as keyof typeof builtinPolicies]
  texts.set(source, text)
  return readPolicies(parseManifests(text, source))
}

function loadPath(path: string, name: string, texts: SourceTexts): PolicySet {
  switch (kindOf(path)) {
    case undefined: return problemSet('POLICY_NOT_FOUND', `there is no file or folder ${name}`)
    case 'folder': return loadFolder(path, name, texts)
    default: return readFile(path, name, texts).set
  }
}

function readFile(path: string, name: string, texts: SourceTexts): { readonly set: PolicySet; readonly resources: readonly Resource[] } {
  try {
    const parsed = parseManifests(texts.read(path, name), name)
    return { set: readPolicies(parsed), resources: parsed.resources }
  } catch (error) {
    if (error instanceof KnownError) return { set: problemSet(error.code, error.message), resources: [] }
    throw error
  }
}

/** Folders of policies also hold kustomizations, tests and descriptions: what is no policy counts for nothing there, but resources are mentioned. */
function loadFolder(folder: string, name: string, texts: SourceTexts): PolicySet {
  const sets: PolicySet[] = []
  const others: string[] = []
  for (const file of walkFiles(folder, { skip: isPassedOver })) {
    // A folder of policies has no reason to lead out of itself.
    if (file.isLink || isPassedOver(file.name) || !/\.(?:ya?ml|json)$/.test(file.name)) continue
    const called = `${name.replace(/\/+$/, '')}/${file.path}`
    const { set, resources } = readFile(join(folder, file.path), called, texts)
    const problems = set.problems.filter(({ code }) => code !== 'NOT_A_RESOURCE' && code !== 'RESOURCE_WITHOUT_NAME')
    if (hasContent(set) || problems.length > 0) sets.push({ ...set, problems })
    else if (resources.some(({ id }) => !isToolFile(id.group))) others.push(called)
  }
  return others.length === 0 ? mergePolicySets(sets) : mergePolicySets([...sets, { ...emptyPolicySet, problems: [mention(others)] }])
}

/** As Kyverno does: what starts with a dot belongs to tools and tests. */
function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules'
}

/** Files for the command line tools of Kyverno and kustomize, which never reach a cluster. */
function isToolFile(group: string): boolean {
  return group === 'cli.kyverno.io' || group === 'kustomize.config.k8s.io'
}

function mention(files: readonly string[]): Problem {
  const shown = files.slice(0, 3).join(', ')
  const rest = files.length > 3 ? ` and ${files.length - 3} more` : ''
  return { code: 'NO_POLICY', severity: 'warning', message: `no policy in ${shown}${rest}, though among policies` }
}

function readPolicies(parsed: ParsedManifests): PolicySet {
  const set = parsePolicies(parsed.resources)
  return { ...set, problems: [...parsed.problems, ...set.problems] }
}

function problemSet(code: string, message: string): PolicySet {
  return { ...emptyPolicySet, problems: [{ code, severity: 'error', message }] }
}
