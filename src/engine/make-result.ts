import type { RuleResult, RuleType } from '../model/result.ts'
import type { SourceLocation } from '../model/source.ts'
import type { CompiledRule } from './compile-rule.ts'
import type { CompiledRulePolicy } from './compiled-rule-policy.ts'
import { describeChanges, extendResult } from './describe-outcome.ts'
import { noProperties, type RuleEvaluation } from './evaluate-rule.ts'
import type { RuleOutcome } from './rules/outcome.ts'
import type { Step } from './step.ts'
import type { TriggerState } from './trigger-state.ts'

interface ResultParts {
  readonly compiled: CompiledRulePolicy
  readonly rule: CompiledRule
  readonly step: Step
  readonly outcome: RuleOutcome
  readonly evaluation: RuleEvaluation
  readonly state: TriggerState
}

/** Everything there is to say about one outcome. Made for every rule and resource: what is rarely there costs nothing when it is not. */
export function makeResult(parts: ResultParts): RuleResult {
  const { outcome } = parts
  switch (outcome.status) {
    case 'pass': return extendResult(makeCore(parts, outcome.status), describeExtras(parts), describeChanges(outcome))
    case 'fail': return { ...makeCore(parts, outcome.status), ...describeExtras(parts), ...locateRule(parts), violations: outcome.violations }
    case 'error': return { ...makeCore(parts, outcome.status), ...describeExtras(parts), ...locateRule(parts), error: outcome.error }
    case 'skip': return extendResult(makeCore(parts, outcome.status), describeExtras(parts))
  }
}

function makeCore<S extends RuleOutcome['status']>({ compiled, rule, step, outcome, state }: ResultParts, status: S) {
  return {
    policy: compiled.ref,
    rule: rule.rule.name,
    ruleType: toRuleType(step, rule.rule.body.type),
    resource: (state.matched ?? { resource: state.trigger.resource }).resource,
    failureAction: state.subject ? rule.failureAction(state.subject) : compiled.policy.failureAction,
    message: outcome.message,
    status,
  }
}

/** Only results that a person has to look into carry the rule's place: finding it means reading the policy's file again. */
function locateRule({ compiled, rule }: ResultParts): { readonly ruleLocation?: SourceLocation } | undefined {
  const ruleLocation = compiled.policy.locate(rule.rule.path)
  return ruleLocation && { ruleLocation }
}

function describeExtras({ outcome, evaluation: { reportProperties, missing } }: ResultParts) {
  if (reportProperties === noProperties && !outcome.properties && !outcome.exceptions && missing.length === 0) return undefined
  const properties = { ...reportProperties, ...outcome.properties }
  return {
    ...(outcome.exceptions ? { exceptions: outcome.exceptions } : {}),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(missing.length > 0 ? { missing } : {}),
  }
}

/** A verifyImages rule makes results of the validate step too. */
function toRuleType(step: Step, body: RuleType): RuleType {
  return step === 'validate' ? 'validate' : step === 'verifyImages' ? 'verifyImages' : body
}
