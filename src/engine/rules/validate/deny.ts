// Kyverno: pkg/engine/handlers/validation/validate_resource.go (validateDeny)
import { attempt } from '../../attempt.ts'
import { prepareConditions } from '../../prepare-conditions.ts'
import { fail, failToEvaluate, pass } from '../outcome.ts'
import type { CheckCompiler } from './check.ts'
import { findMentionedPaths, placeMentionedPaths } from './mentioned-paths.ts'
import { denyMessage } from './messages.ts'

/** The resource must not fulfil the conditions. */
export const deny: CheckCompiler<'deny'> = (check, frame) => {
  const conditions = prepareConditions(check.conditions)
  const passed = pass(`validation rule '${frame.ruleName}' passed.`)
  const mentioned = findMentionedPaths(check.conditions ?? null)
  return (run) => {
    const verdict = attempt(() => conditions.evaluate(run))
    if (verdict.error) return failToEvaluate('failed to check deny conditions', verdict.error)
    if (!verdict.value.holds) return passed
    const message = denyMessage(frame, run, verdict.value.message)
    return fail(message, placeMentionedPaths(mentioned, run).map((path) => ({ path, message })))
  }
}
