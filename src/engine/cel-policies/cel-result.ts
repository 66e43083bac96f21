import type { CelPolicy } from '../../model/cel-policy.ts'
import type { MissingInput } from '../../model/errors.ts'
import type { FailureAction } from '../../model/failure-action.ts'
import { isJsonObject } from '../../model/json.ts'
import type { PolicyRef, RuleResult, RuleType } from '../../model/result.ts'
import type { FieldPath } from '../../model/source.ts'
import { describeChanges, extendResult } from '../describe-outcome.ts'
import type { RuleOutcome } from '../rules/outcome.ts'
import type { StepInput } from '../step.ts'

/**
 * An outcome with the name of its rule, which Kyverno leaves empty for most, the place that brought it about, and what it means where that is not
 * the same for all outcomes of the policy.
 */
export type CelOutcome = RuleOutcome & { readonly rule: string; readonly place?: FieldPath; readonly failureAction?: FailureAction }

/** What all results of a policy have in common. */
export interface ResultFrame {
  readonly policy: CelPolicy
  readonly ref: PolicyRef
  readonly ruleType: RuleType
  readonly failureAction: FailureAction
}

export function makeResultFrame(policy: CelPolicy, ruleType: RuleType): ResultFrame {
  const ref: PolicyRef = {
    kind: policy.kind, name: policy.name, annotations: policy.annotations, ...(policy.namespace === undefined || !policy.kind.startsWith('Namespaced') ? {} : { namespace: policy.namespace }),
    ...(policy.source ? { source: policy.source } : {}),
  }
  return { policy, ref, ruleType, failureAction: denies(policy) ? 'Enforce' : 'Audit' }
}

/** A policy that admission does not ask blocks nothing. */
function denies(policy: CelPolicy): boolean {
  if (!('validationActions' in policy)) return true
  const evaluation = policy.spec['evaluation']
  const admission = isJsonObject(evaluation) ? evaluation['admission'] : undefined
  return policy.validationActions.includes('Deny') && !(isJsonObject(admission) && admission['enabled'] === false)
}

/** Everything there is to say about one outcome. */
export function makeCelResult(frame: ResultFrame, outcome: CelOutcome, input: StepInput): RuleResult {
  const extras = describeExtras(outcome)
  switch (outcome.status) {
    case 'pass': return extendResult(makeCore(frame, outcome, input, outcome.status), extras, describeChanges(outcome))
    case 'fail': return { ...makeCore(frame, outcome, input, outcome.status), ...extras, ...locate(frame, outcome), violations: outcome.violations }
    case 'error': return { ...makeCore(frame, outcome, input, outcome.status), ...extras, ...locate(frame, outcome), error: outcome.error }
    case 'skip': return extendResult(makeCore(frame, outcome, input, outcome.status), extras)
  }
}

function makeCore<S extends CelOutcome['status']>(frame: ResultFrame, outcome: CelOutcome, { state, trigger }: StepInput, status: S) {
  return {
    policy: frame.ref, rule: outcome.rule, ruleType: frame.ruleType, resource: (state.matched ?? { resource: trigger.resource }).resource,
    failureAction: outcome.failureAction ?? frame.failureAction, message: outcome.message, status,
  }
}

/** Rarely there; most results pass with nothing to add. */
function describeExtras(outcome: CelOutcome) {
  const { exceptions, properties = noProperties } = outcome
  const missing: MissingInput | undefined = outcome.status === 'error' ? outcome.error.missing : undefined
  const hasProperties = Object.keys(properties).length > 0
  if (exceptions === undefined && !hasProperties && missing === undefined) return undefined
  return { ...(exceptions ? { exceptions } : {}), ...(hasProperties ? { properties } : {}), ...(missing ? { missing: [missing] } : {}) }
}

const noProperties: Readonly<Record<string, string>> = {}

function locate({ policy }: ResultFrame, { place = ['spec'] }: CelOutcome) {
  const ruleLocation = policy.locate(place) ?? policy.source
  return ruleLocation && { ruleLocation }
}
