import type { Rule, RuleBody, ValidateCheck } from '../../../model/rule.ts'
import { compileTemplate, type Template } from '../../variables/template.ts'
import type { RuleOutcome } from '../outcome.ts'
import type { RuleRun } from '../rule-run.ts'

/** Holds a resource against one check. Nothing means that there was nothing to hold. */
export type Check = (run: RuleRun) => RuleOutcome | undefined

/** What checks have to know of their rule. */
export interface CheckFrame {
  readonly ruleName: string
  /** As written; empty where there is none. */
  readonly message: string
  readonly messageTemplate: Template
  readonly policyNamespace: string
}

/** Prepares one kind of check. */
export type CheckCompiler<Kind extends ValidateCheck['kind']> = (check: Extract<ValidateCheck, { kind: Kind }>, frame: CheckFrame) => Check

/** What the checks of a rule have in common. */
export function makeCheckFrame(rule: Rule, body: Extract<RuleBody, { type: 'validate' }>, policyNamespace: string): CheckFrame {
  return { ruleName: rule.name, message: body.message, messageTemplate: compileTemplate(body.message), policyNamespace }
}
