import { rewrittenFields } from '../../kubernetes/defaults/types/rewritten-fields.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue } from '../../patch/set-key.ts'
import { findGoType } from './go-types.ts'

/**
 * Whether an object of a built-in kind differs where no defaults matter: both states say something there, and not the same. Such a value gets
 * into the patch, and defaults fill in what nobody set. False where that is not plain to see.
 */
export function differsPlainly(wanted: JsonObject, present: JsonObject): boolean {
  const schema = findGoType(wanted)
  return schema !== undefined && objectsDiffer(wanted, present, schema, true)
}

function objectsDiffer(wanted: JsonObject, present: JsonObject, schema: SchemaNode, isRoot: boolean): boolean {
  const rewritten = rewrittenFields.get(schema.goType ?? '')
  for (const key of Object.keys(wanted)) {
    const [value, other, child] = [wanted[key] as JsonValue, ownValue(present, key), schema.child(key)]
    if (other === undefined || child === undefined || value === other || rewritten?.has(key) === true) continue
    // The namespace is not compared.
    if (valuesDiffer(isRoot && key === 'metadata' ? withoutNamespace(value) : value, other, child)) return true
  }
  return false
}

function withoutNamespace(metadata: JsonValue): JsonValue {
  if (!isJsonObject(metadata)) return metadata
  const { namespace: _, ...rest } = metadata
  return rest
}

function valuesDiffer(wanted: JsonValue, present: JsonValue, schema: SchemaNode): boolean {
  if (isJsonObject(wanted)) return isJsonObject(present) && objectsDiffer(wanted, present, schema, false)
  if (isJsonArray(wanted)) return isJsonArray(present) && listsDiffer(wanted, present, schema)
  // What is empty may count as not set.
  return wanted !== present && Boolean(wanted) && Boolean(present)
    && ((typeof wanted === 'string' && typeof present === 'string') || (typeof wanted === 'number' && typeof present === 'number'))
}

function listsDiffer(wanted: readonly JsonValue[], present: readonly JsonValue[], { items, patchMergeKey, patchStrategies }: SchemaNode): boolean {
  if (items === undefined || wanted.length !== present.length) return false
  if (patchStrategies.includes('merge') && !haveSameKeys(wanted, present, patchMergeKey)) return false
  return wanted.some((item, index) => {
    const other = present[index] as JsonValue
    return isJsonObject(item) && isJsonObject(other) && objectsDiffer(item, other, items, false)
  })
}

/** The items that are merged stand in the same places. */
function haveSameKeys(wanted: readonly JsonValue[], present: readonly JsonValue[], key: string | undefined): boolean {
  const keyOf = (item: JsonValue): JsonValue | undefined => (key !== undefined && isJsonObject(item) ? ownValue(item, key) : undefined)
  const keys = wanted.map(keyOf)
  return keys.every((value, index) => value !== undefined && value === keyOf(present[index] as JsonValue)) && new Set(keys).size === keys.length
}
