import type { RuleResult, RuleType } from '../model/result.ts'
import type { CompiledRule } from './compile-rule.ts'
import type { CompiledRulePolicy } from './compiled-rule-policy.ts'
import type { RuleEvaluation } from './evaluate-rule.ts'
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

/** Kyverno's special keys of reportProperties: they replace the message of a status. */
const messageProperties = { pass: 'passMessage', fail: 'failMessage', error: 'errorMessage', skip: 'skipMessage' } as const

/** Everything there is to say about one outcome. */
export function makeResult({ compiled, rule, step, outcome, evaluation, state }: ResultParts): RuleResult {
  const { reportProperties, missing } = evaluation
  const replaced = reportProperties[messageProperties[outcome.status]]
  const properties = outcome.properties ? { ...reportProperties, ...outcome.properties } : reportProperties
  const core = {
    policy: compiled.ref,
    rule: rule.rule.name,
    ruleType: toRuleType(step, rule.rule.body.type),
    resource: (state.matched ?? { resource: state.trigger.resource }).resource,
    failureAction: state.subject ? rule.failureAction(state.subject) : compiled.policy.failureAction,
    get ruleLocation() { return compiled.policy.locate(rule.rule.path) },
    message: replaced ?? outcome.message,
    ...(outcome.exceptions ? { exceptions: outcome.exceptions } : {}),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(missing.length > 0 ? { missing } : {}),
  }
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(core), ...Object.getOwnPropertyDescriptors(detailsOf(outcome)) }) as RuleResult
}

/** A verifyImages rule makes results of the validate step too. */
function toRuleType(step: Step, body: RuleType): RuleType {
  return step === 'validate' ? 'validate' : step === 'verifyImages' ? 'verifyImages' : body
}

function detailsOf(outcome: RuleOutcome) {
  switch (outcome.status) {
    case 'pass': return {
      status: outcome.status, ...(outcome.changes ? { changes: outcome.changes } : {}), ...(outcome.targets ? { targets: outcome.targets } : {}),
      ...(outcome.generated ? { generated: outcome.generated } : {}),
    }
    case 'fail': return { status: outcome.status, violations: outcome.violations }
    case 'error': return { status: outcome.status, error: outcome.error }
    case 'skip': return { status: outcome.status }
  }
}
