import { compileExceptions, compileExclusion, compilePolicy, evaluatePolicies, loadCelPolicies, needsCel, type CompiledPolicy, type Environment, type Evaluation } from '../engine/index.ts'
import type { Problem } from '../model/errors.ts'
import { LookupPending } from '../model/lookups.ts'
import type { KyvernoConfiguration } from '../model/kyverno-configuration.ts'
import type { PolicyException } from '../model/policy.ts'
import type { Operation, Resource, Trigger, UserInfo } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import type { ClusterView } from './cluster-view.ts'
import type { PolicySet } from './policy-set.ts'
import type { RunLookups } from './run-lookups.ts'
import { createSuppliedValues } from './supplied-values.ts'
import type { SuppliedInputs } from './values-file.ts'

/** Answers that one trigger may ask for, one after the other, before it counts as a loop. */
const maxLookups = 1000

/** Policies ready to evaluate, and what is wrong with those that are not. */
export interface CompiledPolicies {
  readonly compiled: readonly CompiledPolicy[]
  readonly problems: readonly Problem[]
}

/** Compiles each policy once. What evaluates CEL is loaded only where a policy needs it. */
export async function compilePolicies({ policies, celExceptions, bindings }: Pick<PolicySet, 'policies' | 'celExceptions' | 'bindings'>): Promise<CompiledPolicies> {
  const cel = policies.some(needsCel)
    ? (await loadCelPolicies()).createCelCompiler({ semantics: 'cluster', exceptions: celExceptions, bindings })
    : undefined
  const compiled = policies.map((policy) => compilePolicy(policy, cel))
  return { compiled, problems: compiled.flatMap((policy) => policy.problems) }
}

export interface EvaluateOptions {
  readonly policies: readonly CompiledPolicy[]
  readonly exceptions: readonly PolicyException[]
  /** What an installation of Kyverno leaves alone. */
  readonly configurations?: readonly KyvernoConfiguration[]
  readonly view: ClusterView
  readonly runLookups: RunLookups
  readonly inputs: SuppliedInputs
  readonly user?: UserInfo
  /** What happens to the resources, where the values do not say it. */
  readonly operation?: Operation
  /** Where mutateExisting finds its targets. */
  readonly targets?: readonly Resource[]
  /** Called now and then with how many resources are done. */
  readonly onProgress?: (done: number, total: number) => void
}

/** What the policies say of the resources. */
export async function evaluateResources(resources: readonly Resource[], options: EvaluateOptions): Promise<readonly RuleResult[]> {
  const results: RuleResult[] = []
  await evaluateEach(resources, options, (evaluation) => {
    for (const result of evaluation.results) results.push(result)
  })
  return results
}

/** Hands over what the policies make of each resource, in order. */
export async function evaluateEach(
  resources: readonly Resource[], options: EvaluateOptions, take: (evaluation: Evaluation, index: number) => void,
): Promise<void> {
  const values = createSuppliedValues(options.inputs)
  const isExcluded = compileExclusion(options.configurations ?? [])
  const environment: Environment = {
    ...(isExcluded === undefined ? {} : { isExcluded }),
    lookups: options.runLookups.lookups, exceptions: compileExceptions(options.exceptions), semantics: 'cluster',
    ...(values === undefined ? {} : { values }), ...(options.targets === undefined ? {} : { targets: options.targets }),
  }
  for (const [index, resource] of resources.entries()) {
    const trigger = toTrigger(resource, options)
    take(tryEvaluate(options.policies, trigger, environment) ?? await evaluateWithLookups(options, trigger, environment), index)
    if (index % 64 === 0) options.onProgress?.(index, resources.length)
  }
}

/** Most resources ask for nothing, and thousands of promises would cost more than their evaluation. */
function tryEvaluate(policies: readonly CompiledPolicy[], trigger: Trigger, environment: Environment): Evaluation | undefined {
  try {
    return evaluatePolicies(policies, trigger, environment)
  } catch (error) {
    if (error instanceof LookupPending) return undefined
    throw error
  }
}

/** Evaluates, loads what was missing, and evaluates again. */
async function evaluateWithLookups({ policies, runLookups }: EvaluateOptions, trigger: Trigger, environment: Environment): Promise<Evaluation> {
  for (let asked = 0; asked < maxLookups; asked += 1) {
    try {
      return evaluatePolicies(policies, trigger, environment)
    } catch (error) {
      if (!(error instanceof LookupPending)) throw error
      await runLookups.load(error.request)
    }
  }
  throw new Error(`evaluating ${trigger.resource.id.kind} ${trigger.resource.id.name} asked for more than ${maxLookups} look-ups`)
}

function toTrigger(resource: Resource, { view, inputs, user, operation: given }: EvaluateOptions): Trigger {
  const namespace = resource.id.namespace
  const namespaceObject = namespace === undefined ? undefined : view.namespaceObject(namespace)
  const operation = given ?? operationOf(inputs)
  return {
    resource, operation, namespaceLabels: namespace === undefined ? {} : view.namespaceLabels(namespace),
    ...(operation === 'UPDATE' ? { oldResource: resource } : {}),
    ...(namespaceObject === undefined ? {} : { namespaceObject }), ...(user === undefined ? {} : { user }),
  }
}

const operations: ReadonlySet<unknown> = new Set<Operation>(['CREATE', 'UPDATE', 'DELETE', 'CONNECT'])

/** Everything is created, unless the values say otherwise. */
function operationOf({ globalValues, settings }: SuppliedInputs): Operation {
  const given = settings['request.operation'] ?? globalValues['request.operation']
  return operations.has(given) ? given as Operation : 'CREATE'
}
