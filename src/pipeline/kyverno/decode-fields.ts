import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'

/** The type of a field in Go's terms. */
export type FieldType = 'text' | 'flag' | 'integer' | 'texts' | 'object' | 'any' | { readonly list: Fields } | { readonly fields: Fields } | { readonly map: 'text' | 'any' }

/** The fields of a struct by their JSON names. */
export type Fields = { readonly [name: string]: FieldType }

/** Fields by the names of their struct, and what strict decoding refuses. */
export interface Decoded {
  readonly object: JsonObject
  readonly errors: readonly string[]
}

/**
 * Decodes as Kyverno's CLI decodes its files (sigs.k8s.io/yaml, strict): names match in any letter case, unknown ones and values of another type are
 * errors, null is the same as absent.
 */
export function decodeFields(value: JsonValue, fields: Fields): Decoded {
  const errors: string[] = []
  const decoded = decodeStruct(value, fields, '', errors)
  return { object: decoded ?? {}, errors }
}

function decodeStruct(value: JsonValue, fields: Fields, place: string, errors: string[]): JsonObject | undefined {
  if (value === null) return undefined
  if (!isJsonObject(value)) {
    errors.push(`${place === '' ? 'the document' : place} is not a map`)
    return undefined
  }
  const result: Record<string, JsonValue> = {}
  for (const [key, given] of Object.entries(value)) {
    const name = findName(fields, key)
    const at = place === '' ? key : `${place}.${key}`
    if (name === undefined) errors.push(`unknown field "${at}"`)
    else {
      const decoded = decodeField(given, fields[name] as FieldType, at, errors)
      if (decoded !== undefined) result[name] = decoded
    }
  }
  return result
}

function findName(fields: Fields, key: string): string | undefined {
  if (Object.hasOwn(fields, key)) return key
  const lower = key.toLowerCase()
  return Object.keys(fields).find((name) => name.toLowerCase() === lower)
}

function decodeField(value: JsonValue, type: FieldType, place: string, errors: string[]): JsonValue | undefined {
  if (type === 'any') return value
  if (value === null) return undefined
  if (typeof type === 'string') return decodeScalar(value, type, place, errors)
  if ('fields' in type) return decodeStruct(value, type.fields, place, errors)
  if ('map' in type) return decodeMap(value, type.map, place, errors)
  if (!isJsonArray(value)) return refuse(place, 'a list', errors)
  return value.flatMap((item, index) => decodeStruct(item, type.list, `${place}[${index}]`, errors) ?? [])
}

const isOfType = {
  text: (value: JsonValue) => typeof value === 'string',
  flag: (value: JsonValue) => typeof value === 'boolean',
  integer: (value: JsonValue) => typeof value === 'bigint' || Number.isInteger(value),
  texts: (value: JsonValue) => isJsonArray(value) && value.every((item) => typeof item === 'string'),
  object: isJsonObject,
}

const typeNames = { text: 'a text', flag: 'true or false', integer: 'a whole number', texts: 'a list of texts', object: 'a map' }

function decodeScalar(value: JsonValue, type: keyof typeof isOfType, place: string, errors: string[]): JsonValue | undefined {
  return isOfType[type](value) ? value : refuse(place, typeNames[type], errors)
}

function decodeMap(value: JsonValue, type: 'text' | 'any', place: string, errors: string[]): JsonValue | undefined {
  if (!isJsonObject(value)) return refuse(place, 'a map', errors)
  if (type === 'text' && Object.values(value).some((item) => typeof item !== 'string')) return refuse(place, 'a map of texts', errors)
  return value
}

function refuse(place: string, wanted: string, errors: string[]): undefined {
  errors.push(`${place} is not ${wanted}`)
  return undefined
}
