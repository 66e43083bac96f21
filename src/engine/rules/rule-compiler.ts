import type { RulePolicy } from '../../model/policy.ts'
import type { Rule } from '../../model/rule.ts'
import type { Step } from '../step.ts'
import type { RuleOutcome } from './outcome.ts'
import type { RuleRun } from './rule-run.ts'

/** Evaluates a rule whose match, context and preconditions hold. Nothing means that the rule has nothing to say of the resource. */
export interface RuleHandler {
  /** Asked before context and preconditions whether there is anything to do. Outcomes, even none at all, end the rule. */
  begin?(run: RuleRun): readonly RuleOutcome[] | undefined
  evaluate(run: RuleRun): readonly RuleOutcome[] | RuleOutcome | undefined
  /** The handler treats exceptions itself; otherwise a matching one skips the rule before the handler is asked. */
  readonly treatsExceptions?: boolean
  /** The handler evaluates the rule's preconditions itself, after it has looked at exceptions. */
  readonly treatsConditions?: boolean
}

/** What a rule does in each step that it takes part in. */
export type StepHandlers = { readonly [S in Step]?: RuleHandler }

/** Prepares the body of a rule; gives nothing where it cannot be evaluated, which becomes a problem of the policy. */
export type RuleCompiler = (rule: Rule, policy: RulePolicy, cel?: CelRuleCompiler) => StepHandlers | undefined

/** Prepares the `validate.cel` of a rule: the compiler of expressions is loaded only where one is there. */
export interface CelRuleCompiler {
  compileRule(rule: Rule): RuleHandler
}
