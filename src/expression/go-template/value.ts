// Go: reflect kinds of what templates see, text/template's isTrue, fmt's %v
import { isJsonArray, type JsonValue } from '../../model/json.ts'
import { formatFloat } from '../../values/number-text.ts'
import { compareText } from '../../values/text-order.ts'
import { TemplateError } from './template-error.ts'

/**
 * A value of a template: `bigint` is Go's int, `number` its float64, `undefined` what is not there ("no value"), `null` is nil. Maps and lists
 * can be changed by functions such as `set`, as in Go.
 */
export type TemplateValue = undefined | null | boolean | bigint | number | string | readonly TemplateValue[] | TemplateMap

export type TemplateMap = Map<string, TemplateValue>

const maxDepth = 200

/** Makes a template's value of JSON; numbers become float64, as encoding/json makes them. */
export function fromJson(value: JsonValue): TemplateValue {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  if (isJsonArray(value)) return value.map(fromJson)
  return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]))
}

/** The JSON of a value; refuses one that contains itself. */
export function toJson(value: TemplateValue, depth = 0): JsonValue {
  if (depth > maxDepth) throw tooDeep()
  if (value === undefined) return null
  if (value instanceof Map) return Object.fromEntries(sortedEntries(value).map(([key, item]) => [key, toJson(item, depth + 1)]))
  return isList(value) ? value.map((item) => toJson(item, depth + 1)) : value
}

/** Tells a list from maps and scalars. */
export function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value)
}

/** Whether `if` takes it for true. */
export function isTrue(value: TemplateValue): boolean {
  if (value === undefined || value === null) return false
  if (value instanceof Map) return value.size > 0
  if (isList(value)) return value.length > 0
  return typeof value === 'bigint' ? value !== 0n : Boolean(value) || Number.isNaN(value)
}

/** The entries of a map in the order in which Go's templates and fmt show them. */
export function sortedEntries(map: TemplateMap): readonly (readonly [string, TemplateValue])[] {
  return [...map].sort(([left], [right]) => compareText(left, right))
}

/** Go's name of a value's type. */
export function typeName(value: TemplateValue): string {
  switch (typeof value) {
    case 'string': return 'string'
    case 'boolean': return 'bool'
    case 'bigint': return 'int'
    case 'number': return 'float64'
    default: return value instanceof Map ? 'map[string]interface {}' : isList(value) ? '[]interface {}' : '<nil>'
  }
}

/** Go's name of a value's kind. */
export function kindName(value: TemplateValue): string {
  return value instanceof Map ? 'map' : isList(value) ? 'slice' : value === undefined || value === null ? 'invalid' : typeName(value)
}

/** A value as `%v` shows it. */
export function showValue(value: TemplateValue, depth = 0): string {
  if (depth > maxDepth) throw tooDeep()
  if (value === undefined || value === null) return '<nil>'
  if (value instanceof Map) return `map[${sortedEntries(value).map(([key, item]) => `${key}:${showValue(item, depth + 1)}`).join(' ')}]`
  if (isList(value)) return `[${value.map((item) => showValue(item, depth + 1)).join(' ')}]`
  return typeof value === 'number' ? formatFloat(value, 'g') : String(value)
}

/** Go's reflect.DeepEqual. */
export function isDeepEqual(left: TemplateValue, right: TemplateValue, depth = 0): boolean {
  if (depth > maxDepth) throw tooDeep()
  if (left instanceof Map) {
    return right instanceof Map && left.size === right.size && [...left].every(([key, value]) => right.has(key) && isDeepEqual(value, right.get(key), depth + 1))
  }
  if (isList(left)) return isList(right) && left.length === right.length && left.every((value, index) => isDeepEqual(value, right[index], depth + 1))
  return (left ?? null) === (right ?? null)
}

function tooDeep(): TemplateError {
  return new TemplateError('LIMIT_EXCEEDED', `a value of a template is nested more than ${maxDepth} levels deep`)
}
