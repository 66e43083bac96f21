// Counterpart: Argo CD util/argo/managedfields/managed_fields.go
import { checkTyped } from '../../kubernetes/schema/check-typed.ts'
import { readObjectKind } from '../../kubernetes/schema/object-kind.ts'
import { schemaFor } from '../../kubernetes/schema/schema-catalog.ts'
import { deducedSchema, type SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue, withKey, withoutKey } from '../../patch/set-key.ts'
import { deepEquals } from '../../values/equality.ts'
import { itemKeys, parseFieldSet, type FieldSet } from './field-set.ts'

/** One entry of `metadata.managedFields`. */
export interface ManagedFields {
  readonly manager: string
  readonly operation: string
  readonly fields: FieldSet
}

/** Who manages which fields of a live object. */
export function readManagedFields(live: JsonObject): readonly ManagedFields[] {
  const metadata = live['metadata']
  const entries = isJsonObject(metadata) ? metadata['managedFields'] : undefined
  if (!isJsonArray(entries)) return []
  return entries.filter((entry) => isJsonObject(entry)).map((entry) => ({
    manager: typeof entry['manager'] === 'string' ? entry['manager'] : '',
    operation: typeof entry['operation'] === 'string' ? entry['operation'] : '',
    fields: parseFieldSet(entry['fieldsV1']),
  }))
}

/** The schema by which fields are told apart; a kind that nobody described has one of maps of maps, and lists that are one value. */
export function findMergeSchema(object: JsonObject): SchemaNode {
  const { group, version, kind } = readObjectKind(object)
  return schemaFor(group, version, kind) ?? deducedSchema
}

export interface Pair {
  readonly target: JsonObject
  readonly live: JsonObject
}

/** Removes from both sides what differs and belongs to one of these managers; both stay as they are where they do not fit the schema. */
export function removeManagedDifferences({ target, live }: Pair, managers: readonly string[]): Pair {
  const schema = findMergeSchema(target)
  const trusted = readManagedFields(live).filter(({ manager }) => managers.includes(manager))
  if (trusted.length === 0 || [target, live].some((object) => checkTyped(schema, object, { duplicates: false }) !== undefined)) return { target, live }
  let pair: Side = { left: live, right: target }
  for (const { fields } of trusted) pair = removeFrom(pair, fields, schema)
  return { target: pair.right as JsonObject, live: pair.left as JsonObject }
}

/** The same place of both objects; null is what is left where everything was removed. */
interface Side {
  readonly left: JsonValue
  readonly right: JsonValue
}

function removeFrom(side: Side, fields: FieldSet, schema: SchemaNode | undefined): Side {
  const { left, right } = side
  if (isJsonObject(left) && isJsonObject(right) && schema?.mapType !== 'atomic') return removeFromObjects({ left, right }, fields, schema)
  if (isJsonArray(left) && isJsonArray(right) && schema !== undefined) return removeFromLists({ left, right }, fields, schema)
  return side
}

/** Whether the comparison looks at a place as one value. */
function isLeaf(left: JsonValue, right: JsonValue, schema: SchemaNode | undefined): boolean {
  if (isJsonObject(left) && isJsonObject(right)) return schema?.mapType === 'atomic'
  return !isJsonArray(left) || !isJsonArray(right) || itemKeys(schema, left) === undefined
}

function removeFromObjects({ left, right }: { left: JsonObject; right: JsonObject }, fields: FieldSet, schema: SchemaNode | undefined): Side {
  let [first, second] = [left, right]
  for (const [name, inner] of fields.children) {
    const key = name.slice(2)
    const [before, after] = [ownValue(first, key), ownValue(second, key)]
    if (!name.startsWith('f:') || before === undefined || after === undefined) continue
    const child = schema?.child(key)
    if (isLeaf(before, after, child)) {
      if (inner.member && !deepEquals(before, after)) [first, second] = [withoutKey(first, key), withoutKey(second, key)]
    } else {
      const rest = removeFrom({ left: before, right: after }, inner, child)
      if (rest.left !== before) first = withKey(first, key, rest.left)
      if (rest.right !== after) second = withKey(second, key, rest.right)
    }
  }
  return { left: emptied(first, left), right: emptied(second, right) }
}

/** Structured merge leaves null where it took the last field. */
function emptied(object: JsonObject, before: JsonObject): JsonValue {
  return object !== before && Object.keys(object).length === 0 ? null : object
}

function removeFromLists({ left, right }: { left: readonly JsonValue[]; right: readonly JsonValue[] }, fields: FieldSet, schema: SchemaNode): Side {
  const [leftKeys, rightKeys] = [itemKeys(schema, left), itemKeys(schema, right)]
  if (leftKeys === undefined || rightKeys === undefined) return { left, right }
  let [first, second] = [left, right]
  for (const [key, inner] of fields.children) {
    const [i, j] = [leftKeys.indexOf(key), rightKeys.indexOf(key)]
    if (i < 0 || j < 0) continue
    const rest = removeFrom({ left: first[i] as JsonValue, right: second[j] as JsonValue }, inner, schema.items)
    if (rest.left !== first[i]) first = first.with(i, rest.left)
    if (rest.right !== second[j]) second = second.with(j, rest.right)
  }
  return { left: first, right: second }
}
