import type { JsonValue } from '../model/json.ts'
import { attempt } from './attempt.ts'
import { compileConditions, type ConditionsOutcome } from './conditions/index.ts'
import { compileTemplate, type ScopeOwner, type Template } from './variables/template.ts'

/** Conditions whose variables are resolved against whatever run asks. */
export interface PreparedConditions {
  evaluate(owner: ScopeOwner): ConditionsOutcome
}

/** Prepares preconditions, deny conditions or those of an exception; what is no condition at all fails when it is evaluated. */
export function prepareConditions(conditions: JsonValue | undefined): PreparedConditions {
  const compiled = attempt(() => compileConditions(conditions))
  if (compiled.error) return { evaluate: () => { throw compiled.error } }
  // The sides of conditions are few and always the same, so each is looked through for variables once.
  const templates = new Map<JsonValue, Template>()
  const templateOf = (side: JsonValue): Template => {
    let template = templates.get(side)
    if (template === undefined) templates.set(side, template = compileTemplate(side))
    return template
  }
  return { evaluate: (owner) => compiled.value.evaluate((side) => templateOf(side).evaluate(owner)) }
}
