import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'

/** A Go type that JSON is decoded into. `any` takes everything, `numeric` is a quantity or an IntOrString. */
export type Shape = 'string' | 'bool' | 'int32' | 'int64' | 'numeric' | 'any' | { readonly list: Shape } | { readonly map: Shape } | Struct

/** A Go struct by name; fields that it does not know are ignored, as encoding/json does. */
export interface Struct {
  readonly struct: string
  readonly fields: Readonly<Record<string, Shape>>
}

/** Says, in encoding/json's words, why a value cannot be decoded into the shape; undefined if it can. Null fits everything. */
export function findTypeError(value: JsonValue | undefined, shape: Shape, owner = '', field = ''): string | undefined {
  if (value === null || value === undefined || shape === 'any') return undefined
  if (typeof shape === 'string') return fitsScalar(value, shape) ? undefined : complain(value, shape, owner, field)
  if ('list' in shape) {
    if (!isJsonArray(value)) return complain(value, shape, owner, field)
    return firstOf(value, (item) => findTypeError(item, shape.list, owner, field))
  }
  if (!isJsonObject(value)) return complain(value, shape, owner, field)
  if ('map' in shape) return firstOf(Object.keys(value), (key) => findTypeError(value[key], shape.map, owner, field))
  return firstOf(Object.keys(shape.fields), (key) =>
    (Object.hasOwn(value, key) ? findTypeError(value[key], shape.fields[key] as Shape, shape.struct, field === '' ? key : `${field}.${key}`) : undefined))
}

function firstOf<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function fitsScalar(value: JsonValue, shape: Extract<Shape, string>): boolean {
  switch (shape) {
    case 'string': return typeof value === 'string'
    case 'bool': return typeof value === 'boolean'
    case 'int32': return isWhole(value) && Math.abs(Number(value) + 0.5) < 2 ** 31
    case 'int64': return isWhole(value) && Math.abs(Number(value)) < 2 ** 63
    case 'numeric': return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    case 'any': return true
  }
}

function isWhole(value: JsonValue): boolean {
  return typeof value === 'bigint' || Number.isInteger(value)
}

function complain(value: JsonValue, shape: Shape, owner: string, field: string): string {
  const where = owner === '' ? 'Go value' : `Go struct field ${owner}.${field}`
  return `json: cannot unmarshal ${nameValue(value, shape)} into ${where} of type ${nameShape(shape)}`
}

function nameValue(value: JsonValue, shape: Shape): string {
  if (isJsonArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value !== 'number' && typeof value !== 'bigint') return typeof value
  return shape === 'int32' || shape === 'int64' ? `number ${value}` : 'number'
}

function nameShape(shape: Shape): string {
  if (typeof shape === 'string') return shape === 'numeric' ? 'resource.Quantity' : shape
  if ('list' in shape) return `[]${nameShape(shape.list)}`
  if ('map' in shape) return `map[string]${nameShape(shape.map)}`
  return `v1.${shape.struct}`
}
