// Kyverno: cmd/cli/kubectl-kyverno/commands/test/test.go (runTest: everything up to the evaluation)
import { isAbsolute, join } from 'node:path'
import { readTextFile } from '../../io/files.ts'
import type { KindTable } from '../../kubernetes/kinds.ts'
import { toResourceId } from '../../manifest/index.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { Resource, UserInfo } from '../../model/resource.ts'
import { cliKinds } from '../kyverno/cli-kinds.ts'
import { createCliLookups, type CliLookups } from '../kyverno/cli-lookups.ts'
import { loadClusterObjects, loadContext, loadExceptions, loadUserInfo, loadValues } from '../kyverno/load-cli-documents.ts'
import { loadCliPolicies, type CliPolicies } from '../kyverno/load-cli-policies.ts'
import { createLoadingLookups } from '../kyverno/loading-lookups.ts'
import { createObjectStore, type ObjectStore } from '../kyverno/object-store.ts'
import { InputError, readDocuments } from '../kyverno/read-documents.ts'
import { normalizeResource, readResourceFile, readResources, type ReadText } from '../kyverno/read-resources.ts'
import { readGlobalContext, readResponses } from '../kyverno/recorded-answers.ts'
import type { PolicySet } from '../policy-set.ts'
import type { LookupLoader } from '../loaded-answers.ts'
import { noSuppliedInputs, readInputs, type SuppliedInputs } from '../values-file.ts'
import type { FoundTest } from './find-tests.ts'
import type { ExpectedResult, TestFile } from './test-file.ts'

/** Everything that a test names, read. */
export interface LoadedTest {
  readonly policies: CliPolicies
  readonly exceptions: PolicySet
  readonly inputs: SuppliedInputs
  readonly user: UserInfo | undefined
  readonly kinds: KindTable
  /** Each once. */
  readonly resources: readonly Resource[]
  readonly duplicates: readonly Resource[]
  readonly targets: readonly Resource[]
  readonly parameters: readonly Resource[]
  readonly payloads: readonly { readonly name: string; readonly object: JsonObject }[]
  /** Present where the test has `clusterResources`: then the whole of them answers for the API server. */
  readonly cluster: ObjectStore | undefined
  readonly clusterObjects: readonly JsonObject[]
  /** CustomResourceDefinitions that the test gives. */
  readonly definitions: readonly JsonObject[]
  readonly lookups: CliLookups
  /** Evaluates until no answer of a registry is pending. */
  settle<T>(evaluate: () => T): Promise<T>
  /** Reads a file that a result names. */
  readFile(path: string): readonly Resource[]
  /** The resources that a generate rule clones, by policy and rule. */
  cloneSources(policy: string, rule: string): readonly Resource[]
}

/** What a run has besides the files of its tests. */
export interface RunWorld {
  /** The moment of the run, in milliseconds since 1970. */
  readonly now: number
  /** Asks registries about images, where that is allowed. */
  readonly registry?: LookupLoader
}

/** Reads the files of a test. What Kyverno gives up on throws. */
export function loadTest({ test, folder, path }: FoundTest, { now, registry }: RunWorld): LoadedTest {
  if (test.httpPayloads.length + test.envoyPayloads.length > 0) {
    throw new InputError('httpPayloads and envoyPayloads cannot be evaluated: policies that answer proxies, and not the API server, are read and no more')
  }
  const at = (file: string): string => (isAbsolute(file) ? file : join(folder, file))
  const readText: ReadText = (file) => ({ text: readTextFile(file), name: file })
  const given = test.clusterResources.map((file) => loadClusterObjects(at(file), readText))
  const definitions = given.flatMap(({ crds }) => crds).flatMap((file) => readObjects(at(file), readText))
  const kinds = cliKinds(definitions)
  const read = (files: readonly string[]): readonly Resource[] => readResources(files.map(at), readText, kinds)
  const { uniques, duplicates } = removeDuplicates(read(test.resources))
  const [targets, parameters] = [read(test.targetResources), read(test.paramResources)]
  const clusterObjects = [...[...uniques, ...targets, ...parameters].map(({ object }) => object), ...given.flatMap(({ resources }) => resources), ...definitions]
  const cluster = given.length > 0 ? createObjectStore(clusterObjects, kinds) : undefined
  const loading = createLoadingLookups(registry, ({ kind }) => kind === 'imageData')
  const lookups = makeLookups(test, { at, readText, kinds, cluster, targets, now, seed: path.length })
  const files = readFilesOnce((file) => readResourceFile(at(file), readText, kinds))
  return {
    policies: loadCliPolicies(test.policies.map(at), readText),
    exceptions: loadExceptions(test.exceptions.map(at), readText),
    inputs: test.values !== undefined ? readInputs(test.values) : test.variables === '' ? noSuppliedInputs : loadValues(at(test.variables), readText),
    user: test.userinfo === '' ? undefined : loadUserInfo(at(test.userinfo), readText),
    kinds, resources: uniques, duplicates, targets, parameters, cluster, clusterObjects, definitions,
    payloads: test.jsonPayloads.map((file) => ({ name: file, object: readPayload(at(file), readText) })),
    lookups: { rules: loading.wrap(lookups.rules), cel: loading.wrap(lookups.cel) }, settle: loading.settle,
    readFile: files,
    cloneSources: (policy, rule) => findCloneFiles(test.results, policy, rule).flatMap(files),
  }
}

interface LookupParts {
  at(file: string): string
  readonly readText: ReadText
  readonly kinds: KindTable
  readonly cluster: ObjectStore | undefined
  readonly targets: readonly Resource[]
  readonly now: number
  readonly seed: number
}

function makeLookups(test: TestFile, { at, readText, kinds, cluster, targets, now, seed }: LookupParts): CliLookups {
  const context = test.context === '' ? { resources: [], images: new Map<string, never>() } : loadContext(at(test.context), readText)
  return createCliLookups({
    cluster, now, seed, images: context.images,
    // Policies that look for their targets find those of the test.
    contextObjects: createObjectStore([...context.resources, ...targets.map(({ object }) => object)], kinds),
    findResponse: readResponses(test.apiCallResponses), hasResponses: test.apiCallResponses.length > 0,
    globalContext: readGlobalContext(test.globalContextEntries, (file) => readObjects(at(file), readText)),
  })
}

function readObjects(path: string, readText: ReadText): readonly JsonObject[] {
  const { text, name } = readText(path)
  return readDocuments(text, name).map(({ value }) => value).filter(isJsonObject)
}

/** A payload is one object; a file of several documents is none. */
function readPayload(path: string, readText: ReadText): JsonObject {
  const objects = readObjects(path, readText)
  const [object] = objects
  if (objects.length !== 1 || object === undefined) throw new InputError(`JSON payload ${path} must be one object`)
  return object
}

function removeDuplicates(resources: readonly Resource[]): { readonly uniques: readonly Resource[]; readonly duplicates: readonly Resource[] } {
  const uniques = new Map<string, Resource>()
  const duplicates: Resource[] = []
  for (const resource of resources) {
    const { group, kind, namespace = '', name } = resource.id
    const key = `${group}\n${kind}\n${namespace}\n${name}`
    if (uniques.has(key)) duplicates.push(resource)
    else uniques.set(key, resource)
  }
  return { uniques: [...uniques.values()], duplicates }
}

function readFilesOnce(read: (path: string) => readonly Resource[]): (path: string) => readonly Resource[] {
  const known = new Map<string, readonly Resource[]>()
  return (path) => {
    let resources = known.get(path)
    if (resources === undefined) known.set(path, resources = read(path))
    return resources
  }
}

/** The first result that names the rule says where its clone sources are. */
function findCloneFiles(results: readonly ExpectedResult[], policy: string, rule: string): readonly string[] {
  const result = results.find((one) => one.rule === rule && one.policy === policy)
  return result === undefined || result.cloneSourceResource === '' ? [] : [result.cloneSourceResource]
}

/** A resource of an object that was made while evaluating, as `kyverno test` keys it. */
export function keyOf(object: JsonObject): string {
  const { group, version, kind, namespace = '', name } = toResourceId(object)
  return `${group === '' ? version : `${group}/${version}`},${kind},${namespace},${name}`
}

/** The resource that a payload stands for. */
export function payloadResource(object: JsonObject, kinds: KindTable): Resource {
  const { id } = normalizeResource(object, kinds)
  return { id, object, locate: () => undefined }
}
