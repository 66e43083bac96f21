import { isJsonArray, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { writtenRules } from '../validation/rule-walk.ts'
import type { Trap, Warn } from './trap.ts'
import { visitObjects } from './visit.ts'

const memberships = ['AnyIn', 'AllIn', 'AnyNotIn', 'AllNotIn']
const orders = ['GreaterThan', 'GreaterThanOrEquals', 'LessThan', 'LessThanOrEquals']

/** Operators compare texts, quantities and durations in an order of their own. */
export const conditions: Trap = (policy, warn) => {
  for (const { document, path } of writtenRules(policy)) {
    visitObjects(document, path, (object, place) => {
      if (typeof object['operator'] === 'string' && Object.hasOwn(object, 'key')) checkCondition(object, object['operator'], place, warn)
    })
  }
}

function checkCondition({ value = null }: JsonObject, operator: string, path: FieldPath, warn: Warn): void {
  const place = [...path, 'value']
  if (memberships.includes(operator)) {
    const large = (isJsonArray(value) ? value : []).find((item) => typeof item === 'bigint' || (typeof item === 'number' && Math.abs(item) >= 1e6))
    if (large !== undefined) warn(place, 'LARGE_NUMBER', `${operator} compares texts, and a number of a resource is written 1e+06 from a million on: ${large} is never found. Use Equals or an order`)
    if (typeof value === 'string' && isJsonButNoList(value)) warn(place, 'SCALAR_MEMBERSHIP', `${operator} reads "${value}" as JSON and wants a list there, so the condition never holds. Write a list: ["${value}"]`)
  }
  if (orders.includes(operator) && typeof value === 'string' && /^\d+m$/.test(value)) {
    warn(place, 'AMBIGUOUS_UNIT', `"${value}" is first read as a duration in minutes; against a number that is a number of seconds. Write it as a decimal number if you mean thousandths`)
  }
}

function isJsonButNoList(text: string): boolean {
  try {
    const value = JSON.parse(text) as JsonValue
    return value !== null && !isJsonArray(value)
  } catch {
    return false
  }
}
