import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'

// Reads fields of a document whose schema was checked: a wrong type counts as absent here because it has been reported already.

/** The field, if the object has it and it is not null. */
export function field(object: JsonObject, name: string): JsonValue | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined
  return value === null ? undefined : value
}

export function textField(object: JsonObject, name: string): string | undefined {
  const value = field(object, name)
  return typeof value === 'string' ? value : undefined
}

export function flagField(object: JsonObject, name: string): boolean | undefined {
  const value = field(object, name)
  return typeof value === 'boolean' ? value : undefined
}

export function objectField(object: JsonObject, name: string): JsonObject | undefined {
  const value = field(object, name)
  return isJsonObject(value) ? value : undefined
}

export function listField(object: JsonObject, name: string): readonly JsonValue[] {
  const value = field(object, name)
  return isJsonArray(value) ? value : []
}

export function objectsField(object: JsonObject, name: string): readonly JsonObject[] {
  return listField(object, name).filter((item) => isJsonObject(item))
}

export function textsField(object: JsonObject, name: string): readonly string[] {
  return listField(object, name).filter((item) => typeof item === 'string')
}

/** A map of strings; other values are left out. */
export function textMapField(object: JsonObject, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectField(object, name) ?? {})
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** The object under `key` if it is set: for optional properties under exactOptionalPropertyTypes. */
export function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : { [key]: value } as { readonly [K in Key]?: Value }
}
