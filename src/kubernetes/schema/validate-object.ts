import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { parseQuantity } from '../../values/quantity.ts'
import { trimSpace } from '../../values/trim-space.ts'
import { describeValue } from './describe-value.ts'
import { findFurtherViolations } from './further-checks.ts'
import { hasFormat } from './formats.ts'
import { findDuplicateItems } from './list-keys.ts'
import type { SchemaNode } from './schema-node.ts'
import type { SchemaViolation, SchemaViolationCode } from './schema-violation.ts'
import { closestName } from '../../values/closest-name.ts'

export interface ValidationOptions {
  /** Whether fields that no schema declares are violations (as `kubectl` and server-side strict validation say) or dropped in silence. Default true. */
  readonly unknownFields?: boolean
}

/** One walk over one object. The path is kept as a stack and copied only for a violation. */
interface Walk {
  readonly unknownFields: boolean
  /** Custom resources are checked value by value, null included; Go's decoder of built-in kinds takes null as absent. */
  custom: boolean
  readonly path: (string | number)[]
  readonly found: SchemaViolation[]
}

/** More says nothing new, and an object made to have millions must not fill the memory. */
const mostViolations = 1000

/** Holds an object against the schema of its kind. */
export function validateObject(schema: SchemaNode, object: JsonValue, options: ValidationOptions = {}): readonly SchemaViolation[] {
  const walk: Walk = { unknownFields: options.unknownFields ?? true, custom: schema.custom, path: [], found: [] }
  visit(walk, schema, object)
  return walk.found
}

/** Whether Go can decode a value of a built-in kind; strictly: without a field that the type lacks. The answer of `validateObject` to this alone, which is asked much more often. */
export function isDecodable(schema: SchemaNode, value: JsonValue, strictly: boolean): boolean {
  return isReadable(schema, value, { strictly, isRoot: true })
}

interface Reading {
  readonly strictly: boolean
  readonly isRoot: boolean
}

function isReadable(schema: SchemaNode, value: JsonValue, reading: Reading): boolean {
  if (value === null) return true
  if (!hasType(schema, value)) return false
  if (isJsonObject(value)) return hasReadableFields(schema, value, reading)
  if (isJsonArray(value)) return hasReadableItems(schema, value, reading)
  const { enumeration, format } = schema
  return typeof value !== 'string' || format === undefined || enumeration?.includes(value) === false || mayHaveFormat(value, format)
}

/** To Go's decoder, what is empty has every format but that of a time. */
function mayHaveFormat(value: string, format: string): boolean {
  return (value === '' && format !== 'date-time') || hasFormat(value, format)
}

function hasReadableFields(schema: SchemaNode, object: JsonObject, { strictly, isRoot }: Reading): boolean {
  const { additional, keepsUnknown } = schema
  const below = strictly ? belowStrictly : belowLoosely
  for (const key in object) {
    const child = schema.field(key) ?? additional
    if (child !== undefined) {
      if (!isReadable(child, object[key] as JsonValue, below)) return false
    } else if (strictly && !keepsUnknown && !((isRoot || schema.embeddedResource) && isTypeKey(key))) return false
  }
  return true
}

function hasReadableItems({ items }: SchemaNode, list: readonly JsonValue[], { strictly }: Reading): boolean {
  const below = strictly ? belowStrictly : belowLoosely
  return items === undefined || list.every((item) => isReadable(items, item, below))
}

const belowStrictly: Reading = { strictly: true, isRoot: false }
const belowLoosely: Reading = { strictly: false, isRoot: false }

function visit(walk: Walk, schema: SchemaNode, value: JsonValue): void {
  if (walk.found.length >= mostViolations) return
  if (value === null) {
    if (walk.custom) visitNull(walk, schema)
    return
  }
  if (!hasType(schema, value)) {
    report(walk, 'WRONG_TYPE', `must be ${nameType(schema)}, not ${describeValue(value)}`)
    return
  }
  if (isJsonObject(value)) visitObject(walk, schema, value)
  else if (isJsonArray(value)) visitList(walk, schema, value)
  else visitScalar(walk, schema, value)
  if (schema.hasFurtherChecks) findFurtherViolations(schema, value, (node, part) => accepts(walk, node, part)).forEach((message) => report(walk, 'INVALID_VALUE', message))
}

/** Null in a list is not taken out of it, but replaced by the default of its items. */
function visitNull(walk: Walk, schema: SchemaNode): void {
  const { nullable, type, defaultValue, enumeration } = schema
  if (nullable) {
    if (enumeration?.includes(null) === false) reportUnsupported(walk, enumeration, null)
  } else if (type !== undefined && defaultValue === undefined) {
    report(walk, 'WRONG_TYPE', `must be ${nameType(schema)}, not null`)
  }
}

function visitObject(walk: Walk, schema: SchemaNode, object: JsonObject): void {
  const { additional, keepsUnknown } = schema
  for (const key in object) {
    const child = schema.field(key) ?? additional
    walk.path.push(key)
    if (child !== undefined) visitField(walk, child, key, object[key] as JsonValue)
    else if (!keepsUnknown && walk.unknownFields && !isTypeField(walk, schema, key)) reportUnknown(walk, schema, key)
    walk.path.pop()
  }
  for (const key of schema.required) {
    const field = schema.field(key)
    if (!isGiven(object, key, field) && !isFreeToMiss(walk, field)) reportMissing(walk, key)
  }
}

function isGiven(object: JsonObject, key: string, field: SchemaNode | undefined): boolean {
  return Object.hasOwn(object, key) && (object[key] !== null || field?.nullable === true)
}

function reportMissing(walk: Walk, key: string): void {
  walk.path.push(key)
  report(walk, 'MISSING_FIELD', 'is required')
  walk.path.pop()
}

/**
 * Custom resources have their defaults filled in before anything is required of them. The published schemas of built-in kinds call required whatever Go always
 * prints; the API server does not ask for a status, nor for what may be false.
 */
function isFreeToMiss({ custom, path }: Walk, field: SchemaNode | undefined): boolean {
  return custom ? field?.defaultValue !== undefined : path[0] === 'status' || field?.type === 'boolean'
}

/** The API server takes null out of a custom resource where it is not allowed, once it knows what the object is. */
function isStrayNull({ custom, path }: Walk, { nullable }: SchemaNode, key: string): boolean {
  return custom && !nullable && !(path.length === 1 && (key === 'apiVersion' || key === 'kind'))
}

/** The metadata of a custom resource is decoded by Go as that of any other. */
function visitField(walk: Walk, child: SchemaNode, key: string, value: JsonValue): void {
  if (value === null && isStrayNull(walk, child, key)) return
  const leaves = walk.custom && walk.path.length === 1 && key === 'metadata'
  if (leaves) walk.custom = false
  visit(walk, child, value)
  if (leaves) walk.custom = true
}

/** Every object of the API has these, declared or not. */
function isTypeField(walk: Walk, schema: SchemaNode, key: string): boolean {
  return (walk.path.length === 1 || schema.embeddedResource) && isTypeKey(key)
}

function isTypeKey(key: string): boolean {
  return key === 'apiVersion' || key === 'kind' || key === 'metadata'
}

function reportUnknown(walk: Walk, schema: SchemaNode, key: string): void {
  const suggestion = closestName(key, schema.fieldNames)
  const message = suggestion === undefined ? `unknown field "${key}"` : `unknown field "${key}": do you mean "${suggestion}"?`
  report(walk, 'UNKNOWN_FIELD', message, suggestion)
}

function visitList(walk: Walk, schema: SchemaNode, list: readonly JsonValue[]): void {
  const { items } = schema
  if (items !== undefined) {
    for (let index = 0; index < list.length; index++) {
      walk.path.push(index)
      visit(walk, items, list[index] as JsonValue)
      walk.path.pop()
    }
  }
  if (schema.listType !== 'map' && schema.listType !== 'set') return
  for (const { index, text } of findDuplicateItems(schema, list)) {
    walk.path.push(index)
    report(walk, 'DUPLICATE_ITEM', `duplicate item ${text}`)
    walk.path.pop()
  }
}

function visitScalar(walk: Walk, schema: SchemaNode, value: string | number | bigint | boolean): void {
  const { enumeration, format } = schema
  if (enumeration !== undefined && !enumeration.includes(value) && (walk.custom || value !== '')) {
    reportUnsupported(walk, enumeration, value)
  } else if (typeof value === 'string' && format !== undefined && !mayHaveFormat(value, format)) {
    report(walk, 'INVALID_FORMAT', `must have the format ${format}, not be ${describeValue(value)}`)
  }
}

function reportUnsupported(walk: Walk, enumeration: readonly JsonValue[], value: JsonValue): void {
  report(walk, 'UNSUPPORTED_VALUE', `must be one of ${enumeration.map((entry) => JSON.stringify(entry)).join(', ')}, not ${describeValue(value)}`)
}

function hasType(schema: SchemaNode, value: JsonValue): boolean {
  if (schema.intOrString) return typeof value === 'string' || isInteger(value)
  if (schema.format === 'quantity') return typeof value === 'string' ? parseQuantity(trimSpace(value)) !== undefined : isNumber(value)
  switch (schema.type) {
    case 'object':
      return isJsonObject(value)
    case 'array':
      return Array.isArray(value)
    case 'string':
    case 'boolean':
      return typeof value === schema.type
    case 'integer':
      return isInteger(value) && fitsFormat(value, schema.format)
    case 'number':
      return isNumber(value)
    default:
      return true
  }
}

function isNumber(value: JsonValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function isInteger(value: JsonValue): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value)
}

function fitsFormat(value: number | bigint, format: string | undefined): boolean {
  const bits = format === 'int32' ? 31n : 63n
  if (typeof value === 'number' && Number.isSafeInteger(value) && bits === 63n) return true
  const exact = BigInt(value)
  return exact >= -(1n << bits) && exact < 1n << bits
}

function nameType({ intOrString, format, type }: SchemaNode): string {
  if (intOrString) return 'an integer or a string'
  if (format === 'quantity') return 'a quantity such as 500m or 1Gi'
  if (type === 'integer') return format === 'int32' ? 'a 32-bit integer' : 'an integer'
  if (type === 'array') return 'a list'
  return type === 'object' ? 'an object' : `a ${type}`
}

/** Whether a value has nothing against it: for alternatives, which only count. */
function accepts(walk: Walk, schema: SchemaNode, value: JsonValue): boolean {
  const trial: Walk = { unknownFields: false, custom: walk.custom, path: [...walk.path], found: [] }
  visit(trial, schema, value)
  return trial.found.length === 0
}

function report(walk: Walk, code: SchemaViolationCode, message: string, suggestion?: string): void {
  walk.found.push({ code, path: [...walk.path], message, ...(suggestion === undefined ? {} : { suggestion }) })
}
