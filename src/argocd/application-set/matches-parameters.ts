// Argo CD: applicationset/utils/selector.go: label selectors without restrictions on values
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ApplicationSetError } from './application-set-error.ts'

/** Whether flattened parameters satisfy a generator's `selector`. */
export function matchesParameters(selector: JsonObject, parameters: ReadonlyMap<string, string>): boolean {
  const labels = isJsonObject(selector['matchLabels']) ? Object.entries(selector['matchLabels']) : []
  const expressions = isJsonArray(selector['matchExpressions']) ? selector['matchExpressions'].filter(isJsonObject) : []
  return labels.every(([key, value]) => parameters.get(key) === value) && expressions.every((expression) => holds(expression, parameters))
}

function holds({ key = '', operator = '', values }: JsonObject, parameters: ReadonlyMap<string, string>): boolean {
  const actual = parameters.get(String(key))
  const wanted: readonly JsonValue[] = isJsonArray(values) ? values : []
  switch (operator) {
    case 'In': case 'NotIn':
      if (wanted.length === 0) throw new ApplicationSetError('INVALID_APPLICATION_SET', `selector: ${operator} needs values`)
      return (actual !== undefined && wanted.includes(actual)) === (operator === 'In')
    case 'Exists': return actual !== undefined
    case 'DoesNotExist': return actual === undefined
    default: throw new ApplicationSetError('INVALID_APPLICATION_SET', `selector: ${JSON.stringify(operator)} is not a valid operator`)
  }
}
