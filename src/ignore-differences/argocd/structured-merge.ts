// Counterpart: Argo CD gitops-engine/pkg/diff/diff.go (StructuredMergeDiff), structured-merge-diff v6 merge/update.go (Apply, prune)
import { EvaluationError } from '../../model/errors.ts'
import { mergeApplyConfiguration } from '../../kubernetes/schema/merge-apply-configuration.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { isDecodable } from '../../kubernetes/schema/validate-object.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue, withKey, withoutKey } from '../../patch/set-key.ts'
import { deepEquals } from '../../values/equality.ts'
import { fieldSetOf, itemKeys, unite, type FieldSet } from './field-set.ts'
import { fillSchemeDefaults, findGoType } from './go-types.ts'
import { findMergeSchema, readManagedFields } from './managed-fields.ts'
import type { Prediction } from './predict-live.ts'

/** As whom Argo CD applies. */
const argoManager = 'argocd-controller'
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** Predicts what applying `target` on the server, by force, makes of `live`. Throws INVALID_PATCH where one of them does not fit the schema. */
export function predictServerSideApply(target: JsonObject, live: JsonObject): Prediction {
  const schema = findMergeSchema(target)
  const merged = mergeApplyConfiguration(schema, live, target, { allowAtomic: true, allowDuplicates: false })
  const predicted = prune(merged, target, live, schema)
  if (deepEquals(predicted, live)) return { normalizedLive: live, predictedLive: live }
  return { normalizedLive: finish(live), predictedLive: finish(predicted) }
}

/** What Argo CD applied before, applies no more, and nobody else owns, goes. */
function prune(merged: JsonObject, target: JsonObject, live: JsonObject, schema: SchemaNode): JsonObject {
  const managed = readManagedFields(live)
  const own = managed.find(({ manager, operation }) => manager === argoManager && operation === 'Apply')
  if (own === undefined) return merged
  const others = managed.filter((entry) => entry !== own).map(({ fields }) => fields)
  const owned = others.reduce(unite, fieldSetOf(schema, target))
  return removeUnowned(merged, own.fields, owned, schema) as JsonObject
}

function removeUnowned(value: JsonValue, last: FieldSet, owned: FieldSet | undefined, schema: SchemaNode | undefined): JsonValue {
  if (isJsonObject(value) && schema?.mapType !== 'atomic') return removeFromObject(value, last, owned, schema)
  return isJsonArray(value) ? removeFromList(value, last, owned, schema) : value
}

function removeFromObject(object: JsonObject, last: FieldSet, owned: FieldSet | undefined, schema: SchemaNode | undefined): JsonValue {
  let rest = object
  for (const [name, inner] of last.children) {
    const key = name.slice(2)
    const value = ownValue(rest, key)
    if (!name.startsWith('f:') || value === undefined) continue
    const other = owned?.children.get(name)
    if (other === undefined && isOwned(inner, schema?.field(key))) rest = withoutKey(rest, key)
    else {
      const left = removeUnowned(value, inner, other, schema?.child(key))
      if (left !== value) rest = withKey(rest, key, left)
    }
  }
  return rest !== object && Object.keys(rest).length === 0 ? null : rest
}

/** Whoever owns anything in a declared field owns the field; for the key of a map that has to be said. */
function isOwned({ member }: FieldSet, declared: SchemaNode | undefined): boolean {
  return member || declared !== undefined
}

function removeFromList(list: readonly JsonValue[], last: FieldSet, owned: FieldSet | undefined, schema: SchemaNode | undefined): JsonValue {
  const keys = itemKeys(schema, list)
  if (keys === undefined) return list
  let changed = false
  const rest = list.flatMap((item, index) => {
    const key = keys[index] as string
    const inner = last.children.get(key)
    if (inner === undefined) return [item]
    const other = owned?.children.get(key)
    const left = inner.member && other === undefined ? undefined : removeUnowned(item, inner, other, schema?.items)
    changed ||= left !== item
    return left === undefined ? [] : [left]
  })
  if (!changed) return list
  return rest.length === 0 ? null : rest
}

/** What is compared: without the annotation of client-side applies, with the defaults of built-in kinds. */
function finish(object: JsonObject): JsonObject {
  const metadata = object['metadata']
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined
  const bare = isJsonObject(metadata) && isJsonObject(annotations) && Object.hasOwn(annotations, lastApplied)
    ? withKey(object, 'metadata', withKey(metadata, 'annotations', withoutKey(annotations, lastApplied))) : object
  const schema = findGoType(bare)
  if (schema === undefined) return bare
  if (!isDecodable(schema, bare, false)) throw new EvaluationError('INVALID_PATCH', 'the object cannot be read into its Go type')
  return fillSchemeDefaults(bare, schema)
}
