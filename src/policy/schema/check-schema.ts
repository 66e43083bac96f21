import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { closestName } from '../../values/closest-name.ts'
import type { ObjectSchema, Schema } from './schema.ts'

/** Receives one complaint: where in the document, what is wrong. */
export type Complain = (path: FieldPath, code: string, message: string) => void

/**
 * Holds a value against its schema and reports everything that does not fit: unknown fields, wrong types, values outside an
 * enumeration, missing required fields. Null counts as absent, as for the API server. What is merely ignored is `IGNORED_FIELD`.
 */
export function checkSchema(value: JsonValue, schema: Schema, path: FieldPath, complain: Complain): void {
  switch (schema.type) {
    case 'any': return
    case 'lazy': return checkSchema(value, schema.schema(), path, complain)
    case 'either': return checkSchema(value, isJsonArray(value) ? schema.list : schema.object, path, complain)
    case 'string': return checkText(value, schema, path, complain)
    case 'boolean': return typeof value === 'boolean' ? undefined : complainType(value, 'true or false', path, complain)
    case 'integer': return checkInteger(value, schema, path, complain)
    case 'list': return checkList(value, schema.items, path, complain)
    case 'map': return checkMap(value, schema.items, path, complain)
    case 'object': return checkObject(value, schema, path, complain)
  }
}

function checkList(value: JsonValue, items: Schema, path: FieldPath, complain: Complain): void {
  if (!isJsonArray(value)) return complainType(value, 'a list', path, complain)
  value.forEach((item, index) => checkSchema(item, items, [...path, index], complain))
}

function checkMap(value: JsonValue, items: Schema, path: FieldPath, complain: Complain): void {
  if (!isJsonObject(value)) return complainType(value, 'a map', path, complain)
  for (const key of Object.keys(value)) checkSchema(value[key] ?? null, items, [...path, key], complain)
}

function checkText(value: JsonValue, schema: Extract<Schema, { type: 'string' }>, path: FieldPath, complain: Complain): void {
  if (typeof value !== 'string') return complainType(value, 'a string', path, complain)
  if (schema.values && !schema.values.includes(value)) {
    const close = closestName(value, schema.values)
    complain(path, 'INVALID_VALUE', `${formatPath(path)} is "${value}", but must be one of ${schema.values.join(', ')}${hint(close)}`)
  }
  if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    complain(path, 'INVALID_VALUE', `${formatPath(path)} is longer than ${schema.maxLength} characters`)
  }
}

function checkInteger(value: JsonValue, schema: Extract<Schema, { type: 'integer' }>, path: FieldPath, complain: Complain): void {
  if (typeof value !== 'bigint' && !Number.isInteger(value)) return complainType(value, 'a whole number', path, complain)
  const number = Number(value)
  if (schema.minimum !== undefined && number < schema.minimum) complain(path, 'INVALID_VALUE', `${formatPath(path)} must not be below ${schema.minimum}`)
  if (schema.maximum !== undefined && number > schema.maximum) complain(path, 'INVALID_VALUE', `${formatPath(path)} must not be above ${schema.maximum}`)
}

function checkObject(value: JsonValue, schema: ObjectSchema, path: FieldPath, complain: Complain): void {
  if (!isJsonObject(value)) return complainType(value, 'a map', path, complain)
  for (const key of Object.keys(value)) {
    const field = schema.fields.get(key)
    const item = value[key] ?? null
    if (field === undefined) {
      complain([...path, key], schema.isOpen ? 'IGNORED_FIELD' : 'UNKNOWN_FIELD', `unknown field "${key}"${where(path)}${hint(closestName(key, [...schema.fields.keys()]))}`)
    } else if (item !== null || field.type === 'any') checkSchema(item, field, [...path, key], complain)
  }
  for (const name of schema.required) {
    if (!isSet(value, name)) complain(path, 'MISSING_FIELD', `${formatPath([...path, name])} is missing`)
  }
  if (schema.exclusive) checkExclusive(value, schema.exclusive, path, complain)
}

function checkExclusive(value: JsonObject, exclusive: NonNullable<ObjectSchema['exclusive']>, path: FieldPath, complain: Complain): void {
  const set = exclusive.names.filter((name) => isSet(value, name))
  if (set.length > 1) complain(path, 'CONFLICTING_FIELDS', `${set.join(' and ')} cannot be used together${where(path)}`)
  if (set.length === 0 && exclusive.atLeastOne) complain(path, 'MISSING_FIELD', `one of ${exclusive.names.join(', ')} is needed${where(path)}`)
}

function isSet(value: JsonObject, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== null && value[name] !== undefined
}

function complainType(value: JsonValue, expected: string, path: FieldPath, complain: Complain): void {
  complain(path, 'WRONG_TYPE', `${formatPath(path)} must be ${expected}, not ${describe(value)}`)
}

function describe(value: JsonValue): string {
  if (value === null) return 'null'
  if (isJsonArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value === 'string') return 'a string'
  return typeof value === 'boolean' ? `the boolean ${value}` : `the number ${value}`
}

function where(path: FieldPath): string {
  return path.length === 0 ? '' : ` in ${formatPath(path)}`
}

function hint(name: string | undefined): string {
  return name === undefined ? '' : `; did you mean "${name}"?`
}

/** `spec.rules[0].match`, as people write it. */
export function formatPath(path: FieldPath): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}
