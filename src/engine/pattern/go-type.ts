import { isJsonArray, type JsonValue } from '../../model/json.ts'

/** The Go type of a decoded value, as `%T` prints it. */
export function nameGoType(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '<nil>'
  if (isJsonArray(value)) return '[]interface {}'
  switch (typeof value) {
    case 'string': return 'string'
    case 'boolean': return 'bool'
    case 'bigint': return 'int64'
    case 'number': return 'float64'
    default: return 'map[string]interface {}'
  }
}
