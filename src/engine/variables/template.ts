import type { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import { attempt } from '../attempt.ts'
import { substituteReferences } from './references.ts'
import { compileWholeVariable, substituteVariables, type VariableScope } from './substitute.ts'

/** Something that can make a scope when one is needed; most documents hold no variables and need none. */
export interface ScopeOwner {
  readonly scope: VariableScope
}

/** A document of a policy, prepared: references are resolved already, and it is known whether there are variables at all. */
export interface Template {
  /** Has no variables: `evaluate` always gives the same value, the very same object. */
  readonly isConstant: boolean
  evaluate(owner: ScopeOwner): JsonValue
}

/** Prepares a document for repeated substitution. */
export function compileTemplate(document: JsonValue): Template {
  const resolved = attempt(() => substituteReferences(document))
  if (resolved.error) return failing(resolved.error)
  const value = resolved.value
  if (!mentionsVariable(value)) return { isConstant: true, evaluate: () => value }
  const whole = typeof value === 'string' ? compileWholeVariable(value) : undefined
  return { isConstant: false, evaluate: whole ?? ((owner) => substituteVariables(value, owner.scope)) }
}

function failing(error: EvaluationError): Template {
  return { isConstant: false, evaluate: () => { throw error } }
}

/** Escaped braces count too: they lose their backslash. */
function mentionsVariable(value: JsonValue): boolean {
  if (typeof value === 'string') return value.includes('{{')
  if (isJsonArray(value)) return value.some(mentionsVariable)
  return isJsonObject(value) && Object.keys(value).some((key) => key.includes('{{') || mentionsVariable(value[key] ?? null))
}
