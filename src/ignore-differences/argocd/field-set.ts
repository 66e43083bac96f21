// Counterpart: structured-merge-diff v6 fieldpath (Set), typed/tofieldset.go: who owns which fields
import { listIdentity } from '../../kubernetes/schema/list-keys.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { goJsonText } from '../../values/json-text.ts'

/** Fields as a tree: a node is a field, an item of a list, or the way to one. Keys are as in `fieldsV1`: `f:name`, `k:{…}`, `v:…`. */
export interface FieldSet {
  /** Whether the place itself is in the set, and not only something below. */
  readonly member: boolean
  readonly children: ReadonlyMap<string, FieldSet>
}

const nothing: FieldSet = { member: false, children: new Map() }

/** Reads the `fieldsV1` of an entry of `managedFields`. */
export function parseFieldSet(fields: JsonValue | undefined): FieldSet {
  if (!isJsonObject(fields)) return nothing
  const children = new Map<string, FieldSet>()
  const keys = Object.keys(fields)
  for (const key of keys) if (key !== '.') children.set(normalizeKey(key), parseFieldSet(fields[key]))
  return { member: keys.length === 0 || keys.includes('.'), children }
}

/** Keys of items are JSON objects; their own order says nothing. */
function normalizeKey(key: string): string {
  if (!key.startsWith('k:') && !key.startsWith('v:')) return key
  try {
    return key.slice(0, 2) + goJsonText(JSON.parse(key.slice(2)) as JsonValue)
  } catch {
    return key
  }
}

/** All fields of both. */
export function unite(left: FieldSet, right: FieldSet): FieldSet {
  const children = new Map(left.children)
  for (const [key, set] of right.children) {
    const known = children.get(key)
    children.set(key, known === undefined ? set : unite(known, set))
  }
  return { member: left.member || right.member, children }
}

/** What tells the items of a list apart, as keys of a set; undefined for a list that is one value. */
export function itemKeys(schema: SchemaNode | undefined, list: readonly JsonValue[]): readonly string[] | undefined {
  const names = schema === undefined ? undefined : listIdentity(schema)
  if (schema === undefined || names === undefined) return undefined
  if (names.length === 0) return list.map((item) => `v:${goJsonText(item)}`)
  return list.map((item) => {
    const key: Record<string, JsonValue> = {}
    for (const name of names) {
      const value = (isJsonObject(item) ? item[name] : undefined) ?? schema.items?.field(name)?.defaultValue
      if (value !== undefined) key[name] = value
    }
    return `k:${goJsonText(key)}`
  })
}

/** The fields that whoever applies an object owns. */
export function fieldSetOf(schema: SchemaNode | undefined, value: JsonValue): FieldSet {
  if (isJsonObject(value) && schema?.mapType !== 'atomic') return fieldsOfObject(schema, value)
  const keys = isJsonArray(value) ? itemKeys(schema, value) : undefined
  if (keys === undefined || !isJsonArray(value)) return { member: true, children: new Map() }
  return { member: value.length === 0, children: new Map(value.map((item, index) => [keys[index] as string, { ...fieldSetOf(schema?.items, item), member: true }])) }
}

/** The keys of maps are members; the fields of structs only lead to what is in them. */
function fieldsOfObject(schema: SchemaNode | undefined, object: JsonObject): FieldSet {
  const children = new Map<string, FieldSet>()
  for (const key in object) {
    const inner = fieldSetOf(schema?.child(key), object[key] as JsonValue)
    children.set(`f:${key}`, { ...inner, member: inner.member || schema?.field(key) === undefined })
  }
  return { member: children.size === 0, children }
}
