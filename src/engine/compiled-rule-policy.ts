import type { RulePolicy } from '../model/policy.ts'
import type { PolicyRef } from '../model/result.ts'
import type { CompiledRule } from './compile-rule.ts'
import type { QueryCompiler } from './context/query-compiler.ts'
import type { RuleHandler } from './rules/rule-compiler.ts'
import type { Step } from './step.ts'

/** A rule that takes part in a step, and what it does there. */
export interface StepRule {
  readonly compiled: CompiledRule
  readonly handler: RuleHandler
}

/** A ClusterPolicy or Policy, prepared. */
export interface CompiledRulePolicy {
  readonly policy: RulePolicy
  readonly ref: PolicyRef
  readonly key: string
  readonly queries: QueryCompiler
  /** The rules of a step that may concern a kind, in order; autogen rules included. */
  rulesFor(step: Step, kind: string): readonly StepRule[]
}
