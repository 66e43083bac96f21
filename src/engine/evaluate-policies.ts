// Kyverno: cmd/cli/kubectl-kyverno/processor/policy_processor.go
import type { Resource, Trigger } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import type { Environment } from './environment.ts'
import { writeRecords, type VerificationRecord } from './rules/verify-images/verification-records.ts'
import { stepOrders, type CelStep, type CompiledPolicy, type Step, type StepEvaluator, type StepOutcome } from './step.ts'
import { TriggerState } from './trigger-state.ts'

/** What a set of policies makes of a trigger. */
export interface Evaluation {
  readonly results: readonly RuleResult[]
  /** The trigger's resource after all mutations; the very same object where there were none. */
  readonly resource: Resource
}

/**
 * Evaluates policies on one trigger step by step: every policy mutates, then every policy verifies images, then every policy
 * validates, then every policy generates; those in CEL have steps of their own between. A pending look-up passes through; evaluating again is free of consequences.
 */
export function evaluatePolicies(policies: readonly CompiledPolicy[], trigger: Trigger, environment: Environment): Evaluation {
  if (environment.isExcluded?.(trigger) === true) return { results: [], resource: trigger.resource }
  const results: RuleResult[] = []
  let state = TriggerState.start(trigger, environment.semantics)
  for (const [step, evaluators] of planSteps(policies, environment.semantics)) {
    const records: VerificationRecord[] = []
    // The same for all policies, as long as none of them changes something.
    let input = { trigger, state, environment }
    for (const evaluator of evaluators) {
      const outcome = evaluator(input)
      if (outcome.results.length > 0) results.push(...outcome.results)
      if (isLost(step, outcome, trigger, environment)) return { results, resource: resourceOf(state) }
      if (outcome.object) {
        state = state.withObject(outcome.object, environment.semantics)
        input = { trigger, state, environment }
      }
      if (outcome.records) records.push(...outcome.records)
    }
    state = record(state, records, environment)
  }
  return { results, resource: resourceOf(state) }
}

function record(state: TriggerState, records: readonly VerificationRecord[], { semantics }: Environment): TriggerState {
  return records.length === 0 || state.current === undefined ? state : state.withObject(writeRecords(state.current.resource.object, records), semantics)
}

type Plan = readonly (readonly [Step | CelStep, readonly StepEvaluator[]])[]
type Semantics = Environment['semantics']

/** Made once for a list of policies, which stays the same for every trigger of a run. */
const plans: { readonly [S in Semantics]: WeakMap<readonly CompiledPolicy[], Plan> } = { cluster: new WeakMap(), cli: new WeakMap() }

function planSteps(policies: readonly CompiledPolicy[], semantics: Semantics): Plan {
  let plan = plans[semantics].get(policies)
  if (plan === undefined) {
    plan = stepOrders[semantics].map((step) => [step, policies.map((policy) => policy.steps[step]).filter((evaluator) => evaluator !== undefined)] as const)
      .filter(([, evaluators]) => evaluators.length > 0)
    plans[semantics].set(policies, plan)
  }
  return plan
}

/** One policy in one step, on the resource as it is. */
export function evaluatePolicy(policy: CompiledPolicy, step: Step | CelStep, trigger: Trigger, environment: Environment): Evaluation {
  const state = TriggerState.start(trigger, environment.semantics)
  const outcome = policy.steps[step]?.({ trigger, state, environment })
  const after = outcome?.object ? state.withObject(outcome.object, environment.semantics) : state
  return { results: outcome?.results ?? [], resource: resourceOf(after) }
}

/**
 * The CLI takes the mutate step's object for the next one, also where that step has none to give: after an error, and on DELETE
 * whenever a policy has a mutate or verifyImages rule, even one that does not match.
 */
function isLost(step: Step | CelStep, outcome: StepOutcome, trigger: Trigger, { semantics }: Environment): boolean {
  if (semantics !== 'cli') return false
  return outcome.lost === true || (trigger.operation === 'DELETE' && (step === 'mutate' || step === 'verifyImages'))
}

function resourceOf(state: TriggerState): Resource {
  return (state.matched ?? { resource: state.trigger.resource }).resource
}
