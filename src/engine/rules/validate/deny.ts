// Kyverno: pkg/engine/handlers/validation/validate_resource.go (validateDeny)
import { isJsonObject } from '../../../model/json.ts'
import { attempt } from '../../attempt.ts'
import { createPlaceFinder, type Root } from '../../conditions/index.ts'
import { prepareConditions } from '../../prepare-conditions.ts'
import { fail, failToEvaluate, pass } from '../outcome.ts'
import type { RuleRun } from '../rule-run.ts'
import type { CheckCompiler } from './check.ts'
import { denyMessage } from './messages.ts'

/** The resource must not fulfil the conditions. */
export const deny: CheckCompiler<'deny'> = (check, frame) => {
  const conditions = prepareConditions(check.conditions)
  const passed = pass(`validation rule '${frame.ruleName}' passed.`)
  const findPlaces = createPlaceFinder()
  return (run) => {
    const verdict = attempt(() => conditions.evaluate(run))
    if (verdict.error) return failToEvaluate('failed to check deny conditions', verdict.error)
    if (!verdict.value.holds) return passed
    return fail(denyMessage(frame, run, verdict.value.message), findPlaces(verdict.value.decisive, rootsOf(run)))
  }
}

/** What of the resource its conditions can look at; inside a foreach only the element, whose own place the foreach adds. */
function rootsOf(run: RuleRun): readonly Root[] {
  const { nesting, element, state } = run.fields
  if (nesting === 0) return state.matched === undefined ? [] : [{ name: ['request', 'object'], path: [], value: state.matched.contextObject }]
  const current = attempt(() => run.scope.query('element'))
  if (current.error !== undefined || (isJsonObject(current.value) && current.value !== element)) return []
  return [{ name: ['element'], path: [], value: current.value }]
}
