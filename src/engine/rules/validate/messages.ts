// Kyverno: pkg/engine/handlers/validation/validate_resource.go (buildErrorMessage, buildAnyPatternErrorMessage, getDenyMessage)
import { goJsonText } from '../../../values/json-text.ts'
import { attempt } from '../../attempt.ts'
import { substituteAll } from '../../variables/substitute.ts'
import type { RuleRun } from '../rule-run.ts'
import type { CheckFrame } from './check.ts'

/** Of a pattern that failed at a path, or (an empty path) could not be compared. */
export function patternMessage(frame: CheckFrame, run: RuleRun, path: string, error: string): string {
  const where = path === '' ? `rule ${frame.ruleName} execution error: ${error}` : `rule ${frame.ruleName} failed at path ${path}`
  return withRuleMessage(frame, run, where, error)
}

/** Of alternatives that all failed. */
export function anyPatternMessage(frame: CheckFrame, run: RuleRun, failures: readonly string[]): string {
  const text = failures.join(' ')
  return withRuleMessage(frame, run, text, text)
}

function withRuleMessage(frame: CheckFrame, run: RuleRun, text: string, error: string): string {
  if (frame.message === '') return `validation error: ${text}`
  const message = attempt(() => frame.messageTemplate.evaluate(run))
  // A message that cannot be written does not change what the rule found.
  if (message.error) return `validation error: variables substitution error in rule ${frame.ruleName} execution error: ${error}`
  const written = typeof message.value === 'string' ? message.value : goJsonText(message.value)
  return `validation error: ${written}${written.endsWith('.') ? '' : '.'} ${text}`
}

/** Of conditions that deny. */
export function denyMessage(frame: CheckFrame, run: RuleRun, conditionMessage: string): string {
  if (frame.message === '' && conditionMessage === '') return `validation error: rule ${frame.ruleName} failed`
  const message = attempt(() => (conditionMessage === '' ? frame.messageTemplate.evaluate(run) : substituteAll(frame.message === '' ? conditionMessage : `${frame.message}; ${conditionMessage}`, run.scope)))
  if (message.error) return conditionMessage
  return typeof message.value === 'string' ? message.value : "the produced message didn't resolve to a string, check your policy definition."
}
