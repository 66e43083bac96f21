import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { SchemaNode } from '../schema/schema-node.ts'
import { toCanonical } from './canonical-value.ts'
import { put, toDraft, type Draft, type DraftValue } from './draft.ts'

/** Reads an object of a built-in kind as Go's decoder does: undeclared fields are dropped, null is absent, values become canonical. */
export function decodeObject(schema: SchemaNode, object: JsonObject): Draft {
  const draft: Draft = {}
  for (const key in object) {
    const value = object[key] as JsonValue
    const field = schema.field(key)
    const child = field ?? schema.additional
    if (child !== undefined) {
      if (value !== null) put(draft, key, decode(child, value))
      else if (field === undefined) put(draft, key, zeroValue(child))
    } else if (schema.keepsUnknown) {
      put(draft, key, toDraft(value))
    }
  }
  return draft
}

function decode(schema: SchemaNode, value: JsonValue): DraftValue {
  if (isJsonObject(value)) return decodeObject(schema, value)
  if (!isJsonArray(value)) return toCanonical(value, schema.format)
  const { items } = schema
  return items === undefined ? toDraft(value) : value.map((item) => (item === null ? zeroValue(items) : decode(items, item)))
}

/** What Go's decoder leaves in a list item or map entry that is null, and what its encoder prints for a field that is not there. */
export function zeroValue(schema: SchemaNode): DraftValue {
  if (schema.intOrString) return 0
  if (schema.format === 'quantity') return '0'
  switch (schema.type) {
    case 'string':
      return schema.format === 'date-time' || schema.format === 'byte' ? null : ''
    case 'integer':
    case 'number':
      return 0
    case 'boolean':
      return false
    case 'object':
      return schema.declaresFields ? {} : null
    default:
      return null
  }
}
