// apiextensions-apiserver pkg/apiserver/schema/{pruning,defaulting}, pkg/registry/customresource/strategy.go

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { SchemaNode } from '../schema/schema-node.ts'
import { decodeObject } from './decode-object.ts'
import { put, toDraft, type Draft, type DraftValue } from './draft.ts'
import { encodeObject } from './encode-object.ts'
import { resetMetadata } from './prepare-create.ts'

/** What creating a custom resource makes of it: undeclared fields pruned, the schema's defaults filled in, status left to its subresource. */
export function defaultCustomResource(schema: SchemaNode, object: JsonObject): Draft {
  const draft = prune(schema, object, true)
  if (schema.statusSubresource) delete draft['status']
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const declared = schema.field('metadata')
  const own = declared === undefined ? (toDraft(metadata) as Draft) : encodeObject(declared, decodeObject(declared, metadata))
  resetMetadata(own)
  own['generation'] = 1
  draft['metadata'] = own
  return draft
}

const typeFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata'])

function prune(schema: SchemaNode, object: JsonObject, root: boolean): Draft {
  const draft: Draft = {}
  for (const key in object) {
    const value = object[key] as JsonValue
    const child = schema.child(key)
    if (child === undefined) {
      if (isKept(schema, key, root)) put(draft, key, toDraft(value))
    } else {
      const given = withoutStrayNull(child, value)
      if (given !== undefined) put(draft, key, convert(child, given))
    }
  }
  for (const name of schema.fieldNames) {
    const field = schema.field(name)
    if (field?.defaultValue !== undefined && !Object.hasOwn(draft, name)) put(draft, name, convert(field, field.defaultValue))
  }
  return draft
}

function isKept(schema: SchemaNode, key: string, root: boolean): boolean {
  return schema.preserveUnknown || schema.raw['additionalProperties'] === true || ((root || schema.embeddedResource) && typeFields.has(key))
}

/** Null where it is not allowed counts as absent: then the default is taken, if there is one. */
function withoutStrayNull({ nullable, defaultValue }: SchemaNode, value: JsonValue): JsonValue | undefined {
  return value === null && !nullable ? defaultValue : value
}

function convert(schema: SchemaNode, value: JsonValue): DraftValue {
  if (isJsonObject(value)) return prune(schema, value, false)
  const { items } = schema
  return isJsonArray(value) && items !== undefined ? value.map((item) => convert(items, withoutStrayNull(items, item) ?? null)) : toDraft(value)
}
