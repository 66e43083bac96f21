// Fields of Kyverno's Condition and AnyAllConditions (api/kyverno/v1/common_types.go, api/kyverno/v2beta1).
import { any, listOf, object, oneOf, text, type ObjectSchema, type Schema } from './schema.ts'

const currentOperators = ['Equals', 'NotEquals', 'AnyIn', 'AllIn', 'AnyNotIn', 'AllNotIn', 'GreaterThanOrEquals', 'GreaterThan', 'LessThanOrEquals',
  'LessThan', 'DurationGreaterThanOrEquals', 'DurationGreaterThan', 'DurationLessThanOrEquals', 'DurationLessThan']

/** Every operator that a condition of v1 may use. */
export const everyOperator: readonly string[] = [...currentOperators, 'Equal', 'NotEqual', 'In', 'NotIn']

function anyAll(operator: Schema): ObjectSchema {
  const condition = object({ key: any, operator, value: any, message: text })
  return object({ any: listOf(condition), all: listOf(condition) })
}

/** Of typed fields of v1: foreach preconditions, attestations. */
export const anyAllConditions = anyAll(oneOf(...currentOperators, 'In', 'NotIn'))
/** Of v2beta1 and PolicyException: without the deprecated operators. */
export const currentConditions = anyAll(oneOf(...currentOperators))
/** Of v1's rule preconditions and deny conditions: also a bare list, operators spelt freely (the engine judges them). */
export const looseConditions: Schema = {
  type: 'either', object: anyAll(text), list: listOf(object({ key: any, operator: text, value: any, message: text })),
}
