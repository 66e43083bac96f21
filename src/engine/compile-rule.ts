import type { FailureAction } from '../model/failure-action.ts'
import type { RulePolicy } from '../model/policy.ts'
import type { RuleType } from '../model/result.ts'
import type { Rule } from '../model/rule.ts'
import type { CelCompiler } from './cel-compiler.ts'
import { compileEntries } from './context/entries/index.ts'
import type { DeferredEntry } from './context/deferred-entry.ts'
import { compileFailureAction } from './failure-action.ts'
import { compileMatch, type RuleMatcher } from './match/compile-match.ts'
import type { MatchSubject } from './match/match-subject.ts'
import { prepareConditions, type PreparedConditions } from './prepare-conditions.ts'
import { ruleCompilers } from './rules/index.ts'
import type { RuleCompiler, StepHandlers } from './rules/rule-compiler.ts'
import { compileTemplate, type Template } from './variables/template.ts'

/** A rule, prepared. */
export interface CompiledRule {
  readonly rule: Rule
  readonly matcher: RuleMatcher
  readonly entries: readonly DeferredEntry[]
  readonly preconditions: PreparedConditions | undefined
  readonly reportProperties: Template
  /** Absent where the rule's body cannot be evaluated. */
  readonly handlers: StepHandlers | undefined
  failureAction(subject: MatchSubject): FailureAction
}

/** Prepares a rule: nothing of its document is looked at again while evaluating. */
export function compileRule(policy: RulePolicy, rule: Rule, cel?: CelCompiler): CompiledRule {
  const compilers: { readonly [Type in RuleType]?: RuleCompiler } = ruleCompilers
  return {
    rule,
    matcher: compileMatch(rule.match, rule.exclude),
    entries: compileEntries(rule.context, { policyNamespace: policy.namespace ?? '' }),
    preconditions: rule.preconditions === undefined ? undefined : prepareConditions(rule.preconditions),
    reportProperties: compileTemplate(rule.reportProperties),
    handlers: compilers[rule.body.type]?.(rule, policy, cel),
    failureAction: compileFailureAction(policy, rule),
  }
}
