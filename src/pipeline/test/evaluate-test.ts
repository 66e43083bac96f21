// Kyverno: cmd/cli/kubectl-kyverno/commands/test/test.go (runTest: the evaluation)
import { compileExceptions, evaluateResponses, type CompiledPolicy, type Environment, type PolicyResponse } from '../../engine/index.ts'
import { toResourceId } from '../../manifest/index.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { Policy } from '../../model/policy.ts'
import type { Labels, Operation, Resource } from '../../model/resource.ts'
import { compileCliPolicies } from '../kyverno/compile-cli-policies.ts'
import { keepResponses } from '../kyverno/keep-responses.ts'
import { createTriggers } from '../kyverno/make-triggers.ts'
import { InputError } from '../kyverno/read-documents.ts'
import { createSuppliedValues } from '../supplied-values.ts'
import type { SuppliedInputs } from '../values-file.ts'
import { keyOf, payloadResource, type LoadedTest } from './load-test.ts'
import type { ExpectedResult } from './test-file.ts'

/** What policies answered, by the key of the resource that they were asked about. */
export type ResponsesByKey = ReadonlyMap<string, readonly PolicyResponse[]>

export interface TestResponses {
  readonly trigger: ResponsesByKey
  /** Of the runs that results with an operation of their own ask for. */
  readonly byOperation: ReadonlyMap<string, ResponsesByKey>
  /** By the key of what mutateExisting changed. */
  readonly target: ResponsesByKey
  /** Policies that Kyverno's validation refuses, with the reason. */
  readonly skipped: ReadonlyMap<string, string>
}

/** Evaluates the policies of a test on its resources and payloads. */
export async function evaluateTest(loaded: LoadedTest, results: readonly ExpectedResult[]): Promise<TestResponses> {
  checkOperation('request.operation value', loaded.inputs.globalValues['request.operation'] ?? '', ['', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'])
  const operations = findOperations(results)
  const run = await prepareRun(loaded)
  const trigger = new Map<string, readonly PolicyResponse[]>()
  const byOperation = new Map(operations.map((operation) => [operation, new Map<string, readonly PolicyResponse[]>()]))
  for (const resource of loaded.resources) {
    const key = keyOf(resource.object)
    trigger.set(key, await run.evaluate(resource))
    for (const [operation, responses] of byOperation) responses.set(key, await run.evaluate(resource, operation))
  }
  for (const { name, object } of loaded.payloads) trigger.set(name, [...trigger.get(name) ?? [], ...await run.evaluatePayload(payloadResource(object, loaded.kinds))])
  return { trigger, byOperation, target: collectTargets(loaded.targets, [trigger, ...byOperation.values()]), skipped: run.skipped }
}

const operations: readonly string[] = ['', 'CREATE', 'UPDATE', 'DELETE']

function findOperations(results: readonly ExpectedResult[]): readonly Operation[] {
  for (const { policy, operation, isDeletingPolicy } of results) {
    checkOperation(`operation of the result for policy ${policy}`, operation, operations)
    if (operation !== '' && isDeletingPolicy) throw new InputError(`the result for policy ${policy}: an operation is not supported for deleting policies`)
  }
  return [...new Set(results.map(({ operation }) => operation).filter((operation) => operation !== ''))].toSorted() as Operation[]
}

function checkOperation(what: string, given: unknown, known: readonly string[]): void {
  if (typeof given === 'string' && !known.includes(given)) throw new InputError(`invalid ${what} "${given}": it must be one of ${known.filter((name) => name !== '').join(', ')}`)
}

interface Run {
  evaluate(resource: Resource, operation?: Operation): Promise<readonly PolicyResponse[]>
  evaluatePayload(payload: Resource): Promise<readonly PolicyResponse[]>
  readonly skipped: ReadonlyMap<string, string>
}

async function prepareRun(loaded: LoadedTest): Promise<Run> {
  const { policies: { set, invalid }, exceptions, kinds, parameters, inputs, definitions } = loaded
  if (exceptions.exceptions.length > 0 && set.policies.some(({ kind }) => kind === 'ValidatingAdmissionPolicy')) {
    throw new InputError('exceptions do not work with ValidatingAdmissionPolicies')
  }
  const compiled = await compileCliPolicies(
    { ...set, celExceptions: exceptions.celExceptions }, { semantics: 'cli', kinds, parameters: parameters.map(({ object }) => object), definitions },
  )
  const skipped = new Map(invalid)
  const ready = compiled.filter((policy) => isUsable(policy, skipped))
  const environmentOf = makeEnvironments(loaded, inputs)
  const evaluateWith = async (policies: readonly CompiledPolicy[], resource: Resource, operation?: Operation): Promise<readonly PolicyResponse[]> => {
    const makeTrigger = createTriggers({ ...readWorld(loaded, inputs), operation })
    return keepResponses(await loaded.settle(() => evaluateResponses(policies, resource, { makeTrigger, environmentOf, order: 'cli' })), { isBefore119: false })
  }
  return {
    // Deleting policies are about no request.
    evaluate: (resource, operation) => evaluateWith(operation === undefined ? ready : ready.filter(({ policy }) => !policy.kind.endsWith('DeletingPolicy')), resource, operation),
    evaluatePayload: (payload) => evaluateWith(ready.filter(({ policy }) => takesPayloads(policy)), payload),
    skipped,
  }
}

/** A policy that cannot be compiled is skipped where Kyverno's validation finds it; one in CEL ends the run. */
function isUsable({ policy, problems }: CompiledPolicy, skipped: Map<string, string>): boolean {
  const problem = problems.find(({ severity }) => severity === 'error')
  if (problem === undefined) return true
  if (policy.kind !== 'ClusterPolicy' && policy.kind !== 'Policy') throw new InputError(`failed to compile policy ${policy.name}: ${problem.message}`)
  if (problem.code !== 'UNSUPPORTED_RULE') skipped.set(policy.name, problem.message)
  return problem.code === 'UNSUPPORTED_RULE'
}

function takesPayloads(policy: Policy): boolean {
  return policy.kind.endsWith('ImageValidatingPolicy') || policy.kind.endsWith('DeletingPolicy') || ('mode' in policy && policy.mode === 'JSON')
}

/** Policies with rules and policies in CEL see different parts of the world. */
function makeEnvironments({ exceptions, lookups, targets, clusterObjects, cloneSources }: LoadedTest, inputs: SuppliedInputs): (policy: Policy) => Environment {
  const values = createSuppliedValues(inputs)
  const known = new Set(targets.map(({ object }) => object))
  const shared = {
    semantics: 'cli' as const, exceptions: compileExceptions(exceptions.exceptions), ...(values === undefined ? {} : { values }),
    targets: [...targets, ...clusterObjects.filter((object) => !known.has(object)).map(toResource)],
    cloneSources: ({ name, namespace, kind }: Policy, rule: string) => cloneSources(kind === 'Policy' && namespace !== undefined ? `${namespace}/${name}` : name, rule),
  }
  const [rules, cel] = [{ ...shared, lookups: lookups.rules }, { ...shared, lookups: lookups.cel }]
  return ({ kind }) => (kind === 'ClusterPolicy' || kind === 'Policy' ? rules : cel)
}

function toResource(object: JsonObject): Resource {
  return { id: toResourceId(object), object, locate: () => undefined }
}

/** Namespaces come from values; with a cluster, from its objects where values name none. Of one that is nowhere nothing is known (Kyverno gives the test up). */
function readWorld({ cluster, user }: LoadedTest, inputs: SuppliedInputs) {
  const named = new Map(inputs.namespaces.map((object) => [toResourceId(object).name, object]))
  const labelsOf = (object: JsonObject | undefined): Labels => {
    const metadata = object?.['metadata']
    return isJsonObject(metadata) && isJsonObject(metadata['labels']) ? metadata['labels'] as Labels : {}
  }
  return {
    inputs, user,
    namespaceLabels({ id }: Resource): Labels {
      const namespace = id.namespace ?? ''
      const object = named.get(namespace)
      const labels = object === undefined ? inputs.namespaceLabels.get(namespace) ?? {} : labelsOf(object)
      if (cluster === undefined || Object.keys(labels).length > 0) return labels
      return labelsOf(cluster.find({ apiVersion: 'v1', resource: 'namespaces', namespace: '', name: namespace }))
    },
    namespaceObject(name: string): JsonObject | undefined {
      const labels = inputs.namespaceLabels.get(name)
      return named.get(name) ?? (labels && { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })
    },
  }
}

/** For each target the responses that changed it. */
function collectTargets(targets: readonly Resource[], all: readonly ResponsesByKey[]): ResponsesByKey {
  const found = new Map<string, PolicyResponse[]>()
  const responses = all.flatMap((byKey) => [...byKey.values()].flat())
  for (const { object } of targets) {
    const key = keyOf(object)
    const changing = responses.filter((response) => findTarget(response, key) !== undefined)
    if (changing.length > 0) found.set(key, [...found.get(key) ?? [], ...changing])
  }
  return found
}

/** The first result of a response that changed a target, and what became of it. */
export function findTarget({ results }: PolicyResponse, key: string): { readonly result: PolicyResponse['results'][number]; readonly after: Resource } | undefined {
  for (const result of results) {
    const change = result.status === 'pass' ? result.targets?.find(({ after }) => keyOf(after.object) === key) : undefined
    if (change !== undefined) return { result, after: change.after }
  }
  return undefined
}
