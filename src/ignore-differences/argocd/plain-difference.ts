import { roundAmount } from '../../kubernetes/defaults/round-amount.ts'
import { rewrittenFields } from '../../kubernetes/defaults/types/rewritten-fields.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue } from '../../patch/set-key.ts'
import { compareQuantities, parseQuantity } from '../../values/quantity.ts'
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
  for (const key in wanted) {
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
  if (wanted === present || !wanted || !present) return false
  if (typeof wanted === 'string' && typeof present === 'string') return textsDiffer(wanted, present, schema)
  return typeof wanted === 'number' && typeof present === 'number'
}

/** Quantities and the like can say the same in other words; a text that is no quantity is nothing that Go could put in other words. */
function textsDiffer(wanted: string, present: string, { format }: SchemaNode): boolean {
  if (format !== 'quantity') return format !== 'byte' && format !== 'date-time'
  const [left, right] = [parseQuantity(roundAmount(wanted)), parseQuantity(roundAmount(present))]
  return left === undefined || right === undefined || compareQuantities(left, right) !== 0
}

function listsDiffer(wanted: readonly JsonValue[], present: readonly JsonValue[], { items, patchMergeKey, patchStrategies }: SchemaNode): boolean {
  if (items === undefined) return false
  const pairs = patchStrategies.includes('merge') ? pairByKey(wanted, present, patchMergeKey) : pairByPlace(wanted, present)
  return pairs?.some(([item, other]) => other === undefined || (isJsonObject(item) && isJsonObject(other) && objectsDiffer(item, other, items, false))) === true
}

type Pairs = readonly (readonly [wanted: JsonValue, present: JsonValue | undefined])[]

/** A list that is replaced as a whole. */
function pairByPlace(wanted: readonly JsonValue[], present: readonly JsonValue[]): Pairs | undefined {
  return wanted.length === present.length ? wanted.map((item, index) => [item, present[index]]) : undefined
}

/** Items that are merged. One that the live list lacks is added to it, and defaults add none to a list that has any. Undefined where a key is missing or stands twice. */
function pairByKey(wanted: readonly JsonValue[], present: readonly JsonValue[], key: string | undefined): Pairs | undefined {
  const known = present.length === 0 || key === undefined ? undefined : indexByKey(present, key)
  if (known === undefined || key === undefined || indexByKey(wanted, key) === undefined) return undefined
  return wanted.map((item) => [item, known.get(ownValue(item as JsonObject, key) as JsonValue)])
}

function indexByKey(list: readonly JsonValue[], key: string): ReadonlyMap<JsonValue, JsonValue> | undefined {
  const index = new Map<JsonValue, JsonValue>()
  for (const item of list) {
    const value = isJsonObject(item) ? ownValue(item, key) : undefined
    if ((typeof value !== 'string' && typeof value !== 'number') || index.has(value)) return undefined
    index.set(value, item)
  }
  return index
}
