// structured-merge-diff v6 typed/validate.go, apiserver pkg/admission/plugin/policy/mutating/patch/smd.go (findAtomics)

import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import { describeItem, itemKey, listIdentity } from './list-keys.ts'
import { describeValue } from './describe-value.ts'
import type { SchemaNode } from './schema-node.ts'

interface Check {
  /** Whether a keyed list may repeat a key: a live object may, a patch may not. */
  readonly duplicates: boolean
}

/** Why a value cannot be taken as one of a schema's type; `undefined` when it can. Null is anything. */
export function checkTyped(schema: SchemaNode | undefined, value: JsonValue, check: Check): string | undefined {
  return visit(schema, value, check, '')
}

function visit(schema: SchemaNode | undefined, value: JsonValue, check: Check, path: string): string | undefined {
  if (value === null || schema === undefined) return undefined
  if (!fits(schema, value)) return `${path}: expected ${schema.type}, got ${describeValue(value)}`
  if (isJsonObject(value)) {
    for (const key in value) {
      const child = schema.child(key)
      if (child === undefined && !schema.keepsUnknown) return `${path}.${key}: field not declared in schema`
      const reason = visit(child, value[key] as JsonValue, check, `${path}.${key}`)
      if (reason !== undefined) return reason
    }
  }
  return isJsonArray(value) ? visitList(schema, value, check, path) : undefined
}

function visitList(schema: SchemaNode, list: readonly JsonValue[], check: Check, path: string): string | undefined {
  const names = listIdentity(schema)
  const seen = new Set<string>()
  for (const [index, item] of list.entries()) {
    if (names !== undefined) {
      const key = itemKey(schema, names, item)
      if (key === undefined) return `${path}: element ${index}: ${names.length === 0 ? 'a set holds scalars' : `has none of the keys ${names.join(', ')}`}`
      if (seen.has(key) && !check.duplicates) return `${path}: duplicate entries for key [${describeItem(names, item)}]`
      seen.add(key)
    }
    const reason = visit(schema.items, item, check, `${path}[${index}]`)
    if (reason !== undefined) return reason
  }
  return undefined
}

function fits({ type, intOrString, format }: SchemaNode, value: JsonValue): boolean {
  if (intOrString || format === 'quantity') return typeof value !== 'object'
  switch (type) {
    case 'object':
      return isJsonObject(value)
    case 'array':
      return isJsonArray(value)
    case 'integer':
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint'
    case undefined:
      return true
    default:
      return typeof value === type
  }
}

/** The paths of lists and maps in a value that are one value to server-side apply. Only what is declared is looked into. */
export function findAtomics(schema: SchemaNode, value: JsonValue, path = ''): readonly string[] {
  if (isJsonObject(value)) {
    const found = schema.mapType === 'atomic' ? [path] : []
    for (const key in value) {
      const child = schema.field(key)
      if (child !== undefined) found.push(...findAtomics(child, value[key] as JsonValue, `${path}.${key}`))
    }
    return found
  }
  if (!isJsonArray(value)) return []
  const { items } = schema
  const inside = items === undefined ? [] : value.flatMap((item, index) => findAtomics(items, item, `${path}[${index}]`))
  return listIdentity(schema) === undefined ? [path, ...inside] : inside
}
