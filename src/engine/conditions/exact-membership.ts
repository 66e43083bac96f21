// Faithful to Kyverno's pkg/engine/variables/operator/in.go and notin.go.
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, type JsonValue } from '../../model/json.ts'
import { goValueText } from '../../values/json-text.ts'
import { matchesWildcard } from '../../values/wildcard.ts'
import { parseStringArray } from './string-array.ts'

/** Evaluates In (`negated` false) or NotIn: of a list of keys, all in the value, or not all. */
export function evaluateExactMembership(key: JsonValue, value: JsonValue, negated: boolean): boolean {
  if (isJsonArray(key)) return evaluateList(key.map(requireText), value, negated)
  if (key === null || typeof key === 'object') return false
  const found = findScalar(goValueText(key), value)
  return found !== undefined && found !== negated
}

/** Kyverno crashes here. */
function requireText(item: JsonValue): string {
  if (typeof item === 'string') return item
  throw new EvaluationError('TYPE_MISMATCH', `In and NotIn compare lists of strings, and ${goValueText(item)} is none; use AnyIn, AllIn, AnyNotIn or AllNotIn`)
}

function findScalar(key: string, value: JsonValue): boolean | undefined {
  if (isJsonArray(value)) {
    return value.map(goValueText).some((item) => matchesWildcard(item, key) || matchesWildcard(key, item))
  }
  if (typeof value !== 'string') return undefined
  if (matchesWildcard(value, key)) return true
  const array = parseStringArray(value)
  return typeof array === 'string' ? undefined : array.includes(key)
}

function evaluateList(keys: readonly string[], value: JsonValue, negated: boolean): boolean {
  // True for NotIn as well: Kyverno does not turn the answer round here.
  if (typeof value === 'string' && keys.length === 1 && keys[0] === value) return true
  const members = readMembers(value)
  return members !== undefined && keys.every((key) => members.has(key)) !== negated
}

function readMembers(value: JsonValue): ReadonlySet<string> | undefined {
  if (isJsonArray(value)) return value.every((item) => typeof item === 'string') ? new Set(value) : undefined
  const array = typeof value === 'string' ? parseStringArray(value) : 'not JSON'
  return typeof array === 'string' ? undefined : new Set(array)
}
