import type { JsonValue } from '../../model/json.ts'

/** A short text of a value for messages: `string "true"`, `integer 3`, `list`, `object`, `null`. */
export function describeValue(value: JsonValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return `string ${JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value)}`
    case 'number':
      return `${Number.isInteger(value) ? 'integer' : 'number'} ${value}`
    case 'bigint':
      return `integer ${value}`
    case 'boolean':
      return `boolean ${value}`
    default:
      return 'an object'
  }
}
