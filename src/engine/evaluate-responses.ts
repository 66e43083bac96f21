// Kyverno: cmd/cli/kubectl-kyverno/processor/policy_processor.go (ApplyPoliciesOnResource)
import type { JsonObject } from '../model/json.ts'
import type { Policy } from '../model/policy.ts'
import { withObject, type Resource, type Trigger } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import type { Environment } from './environment.ts'
import { writeRecords, type VerificationRecord } from './rules/verify-images/verification-records.ts'
import { stepOrders, type CelStep, type CompiledPolicy, type Step, type StepEvaluator } from './step.ts'
import { TriggerState } from './trigger-state.ts'

/** What one policy answered in one step; without results where none of its rules had anything to say. */
export interface PolicyResponse {
  readonly policy: Policy
  readonly step: ResponseStep
  readonly results: readonly RuleResult[]
  /** The trigger's resource after the policy; nothing where an earlier one lost it. */
  readonly resource: Resource | undefined
}

export type ResponseStep = Step | CelStep

/** Steps that see the resource as it was given, in the command line's order. */
const freshSteps: ReadonlySet<ResponseStep> = new Set<ResponseStep>(['verifyImagesCel', 'requireImages', 'delete'])

/** Steps of policies with rules: they answer also when there is no resource any more. */
const ruleSteps: ReadonlySet<ResponseStep> = new Set<ResponseStep>(['mutate', 'verifyImages', 'validate', 'generate'])

/** The request that a policy is asked about, made of the resource as the policies before it left it. Equal requests may be one object. */
export type MakeTrigger = (policy: Policy, resource: Resource) => Trigger

/** Policies may see different parts of the world. */
export type EnvironmentOf = (policy: Policy) => Environment

export interface ResponseOptions {
  readonly makeTrigger: MakeTrigger
  readonly environmentOf: EnvironmentOf
  /** Whose order of steps: the command line's, or that of a cluster. */
  readonly order: Environment['semantics']
}

/**
 * Evaluates policies on a resource as Kyverno's command line does, keeping apart what each policy answered in each step. Every policy may be asked about a
 * request of its own, because values files choose the operation policy by policy.
 */
export function evaluateResponses(policies: readonly CompiledPolicy[], resource: Resource, options: ResponseOptions): readonly PolicyResponse[] {
  const chain = new Chain(resource, options)
  const fresh = new Chain(resource, options)
  const responses: PolicyResponse[] = []
  for (const step of stepOrders[options.order]) {
    const first = responses.length
    const current = options.order === 'cli' && freshSteps.has(step) ? fresh : chain
    for (const { policy, steps: { [step]: evaluator } } of policies) {
      const response = evaluator && current.evaluate(policy, step, evaluator)
      if (response) responses.push(response)
    }
    current.finishStep()
    // The engine of mutating policies answers for all of them at once, with the resource as the last one left it.
    if (step === 'mutateCel') responses.splice(first, responses.length, ...responses.slice(first).map((response) => ({ ...response, resource: chain.resource })))
  }
  return responses
}

/** A resource on its way through the policies. */
class Chain {
  readonly #makeTrigger: MakeTrigger
  readonly #environmentOf: EnvironmentOf
  readonly #states = new Map<Trigger, TriggerState>()
  readonly #records: VerificationRecord[] = []
  #isMutated = false
  resource: Resource | undefined

  constructor(resource: Resource, { makeTrigger, environmentOf }: ResponseOptions) {
    this.resource = resource
    this.#makeTrigger = makeTrigger
    this.#environmentOf = environmentOf
  }

  evaluate(policy: Policy, step: ResponseStep, evaluator: StepEvaluator): PolicyResponse | undefined {
    if (this.resource === undefined) return ruleSteps.has(step) ? { policy, step, results: [], resource: undefined } : undefined
    const trigger = this.#makeTrigger(policy, this.resource)
    const environment = this.#environmentOf(policy)
    const outcome = evaluator({ trigger, state: this.#findState(trigger, environment), environment })
    if (outcome.isSilent === true) return undefined
    if (environment.semantics === 'cli' && isLost(trigger, step, outcome.lost)) this.resource = undefined
    else if (outcome.object) this.#replace(outcome.object)
    this.#records.push(...outcome.records ?? [])
    // The CLI writes down what was verified policy by policy, each over the one before.
    if (environment.semantics === 'cli') this.finishStep()
    return { policy, step, results: outcome.results, resource: this.resource }
  }

  /** Writes down which images were verified in the step. */
  finishStep(): void {
    const records = this.#records.splice(0)
    if (records.length > 0 && this.resource !== undefined) this.#replace(writeRecords(this.resource.object, records))
  }

  #findState(trigger: Trigger, { semantics }: Environment): TriggerState {
    let state = this.#states.get(trigger)
    if (state === undefined) {
      const start = TriggerState.start(trigger, semantics)
      this.#states.set(trigger, state = this.#isMutated ? start.withObject(trigger.resource.object, semantics) : start)
    }
    return state
  }

  #replace(object: JsonObject): void {
    const { resource } = this
    if (resource === undefined) return
    this.resource = withObject(resource, object)
    this.#isMutated = true
    this.#states.clear()
  }
}

/** The CLI hands on what a mutate or verifyImages step returns, and on DELETE, or after an error, that is nothing. */
function isLost({ operation }: Trigger, step: ResponseStep, lost: boolean | undefined): boolean {
  return lost === true || (operation === 'DELETE' && (step === 'mutate' || step === 'verifyImages'))
}
