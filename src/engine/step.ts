import type { JsonObject } from '../model/json.ts'
import type { Problem } from '../model/errors.ts'
import type { Policy } from '../model/policy.ts'
import type { Trigger } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import type { Environment } from './environment.ts'
import type { VerificationRecord } from './rules/verify-images/verification-records.ts'
import type { TriggerState } from './trigger-state.ts'

/** The steps of an evaluation, in their order: each runs over all policies before the next begins. */
export const steps = ['mutate', 'verifyImages', 'validate', 'generate'] as const

export type Step = (typeof steps)[number]

/** Steps of policies in CEL: Kubernetes' own, and Kyverno's. */
export type CelStep = 'mutateAdmission' | 'mutateCel' | 'validateAdmission' | 'validateCel' | 'generateCel' | 'pinImages' | 'verifyImagesCel' | 'requireImages' | 'delete'

/** All steps in the order in which the API server and its webhooks take them, and that of Kyverno's command line. */
export const stepOrders: { readonly [S in Environment['semantics']]: readonly (Step | CelStep)[] } = {
  cluster: [
    'mutateAdmission', 'mutate', 'mutateCel', 'verifyImages', 'pinImages', 'verifyImagesCel', 'requireImages', 'validateAdmission', 'validate',
    'validateCel', 'generateCel', 'generate', 'delete',
  ],
  cli: [
    'mutate', 'verifyImages', 'validate', 'mutateAdmission', 'mutateCel', 'validateAdmission', 'validateCel', 'generateCel', 'generate', 'verifyImagesCel',
    'requireImages', 'delete',
  ],
}

/** What a policy sees when it is asked. */
export interface StepInput {
  readonly trigger: Trigger
  /** The resources as they are now, after the mutations so far. */
  readonly state: TriggerState
  readonly environment: Environment
}

export interface StepOutcome {
  readonly results: readonly RuleResult[]
  /** The trigger's object after the step, where it changed. */
  readonly object?: JsonObject
  /** The step failed in a way after which the Kyverno CLI hands on no object at all. */
  readonly lost?: boolean
  /** What the policy found out about images; goes into the object's annotations. */
  readonly records?: readonly VerificationRecord[]
  /** The policy does not answer at all, which Kyverno's command line tells from an answer without results. */
  readonly isSilent?: boolean
}

export type StepEvaluator = (input: StepInput) => StepOutcome

/** A policy, prepared once and evaluated on many triggers. */
export interface CompiledPolicy {
  readonly policy: Policy
  /** What was found wrong while preparing. */
  readonly problems: readonly Problem[]
  /** What the policy does in each step; nothing in a step that it takes no part in. */
  readonly steps: { readonly [S in Step | CelStep]?: StepEvaluator }
}

export const nothingHappened: StepOutcome = { results: [] }
