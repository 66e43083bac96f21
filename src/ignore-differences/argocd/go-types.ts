// Counterpart: Argo CD gitops-engine/pkg/diff/diff.go (remarshal, generateSchemeDefaultPatch): what Go's types make of an object of a built-in kind
import { decodeObject } from '../../kubernetes/defaults/decode-object.ts'
import { isDraft, toDraft, type Draft, type DraftValue } from '../../kubernetes/defaults/draft.ts'
import { encodeObject } from '../../kubernetes/defaults/encode-object.ts'
import { fillDefaults } from '../../kubernetes/defaults/fill-defaults.ts'
import { readObjectKind } from '../../kubernetes/schema/object-kind.ts'
import { schemaCatalog } from '../../kubernetes/schema/schema-catalog.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { isDecodable } from '../../kubernetes/schema/validate-object.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { applyStrategicPatch } from '../../patch/strategic/apply-strategic-patch.ts'
import { createStrategicPatch } from '../../patch/strategic/create-strategic-patch.ts'
import { restates } from '../../patch/strategic/patch-metadata.ts'
import { deepEquals } from '../../values/equality.ts'
import { Memo } from '../../values/memo.ts'

/** The Kubernetes that Argo CD is built with, whatever the cluster runs. */
const kubeVersion = '1.36'

/** Kinds of these groups are built in, but not among the types that Argo CD knows. */
const strangers: ReadonlySet<string> = new Set(['apiextensions.k8s.io', 'apiregistration.k8s.io'])

/** By `apiVersion`, then by kind: each comparison asks several times. */
const goTypes = new Memo(1000, (apiVersion: string) => new Memo(1000, (kind: string) => lookUpGoType({ apiVersion, kind })))

/** The schema of a kind that Argo CD compares by its Go type; undefined for custom resources. */
export function findGoType({ apiVersion, kind }: { readonly apiVersion?: JsonValue; readonly kind?: JsonValue }): SchemaNode | undefined {
  return typeof apiVersion === 'string' && typeof kind === 'string' ? goTypes.get(apiVersion).get(kind) : undefined
}

function lookUpGoType(object: JsonObject): SchemaNode | undefined {
  const { group, version, kind } = readObjectKind(object)
  if (strangers.has(group)) return undefined
  const schema = schemaCatalog(kubeVersion).find(group, version, kind)
  return schema === undefined || schema.custom ? undefined : schema
}

/** The schema of the type that pods are made of. */
export function findPodSpecType(): SchemaNode | undefined {
  return schemaCatalog(kubeVersion).find('', 'v1', 'Pod')?.field('spec')
}

/** Reads an object into its Go type and prints it again. */
export function reprint(schema: SchemaNode, object: JsonObject): Draft {
  return encodeObject(schema, decodeObject(schema, object))
}

/** Fills in the defaults of the kind, and leaves all else as it is: the object itself where it has them all, or where Go cannot decode it. */
export function fillSchemeDefaults(object: JsonObject, schema: SchemaNode): JsonObject {
  if (!isDecodable(schema, object, false)) return object
  const defaulted = decodeObject(schema, object)
  fillDefaults(schema, defaulted, { minor: schemaCatalog(kubeVersion).minor, schemeOnly: true })
  // Most live objects are as Go prints them, and have all their defaults already.
  if (!restates(schema) && lacksNothing(object, defaulted, schema)) return object
  const decoded = decodeObject(schema, object)
  const patch = createStrategicPatch(encodeObject(schema, decoded), encodeObject(schema, defaulted), schema)
  return applyStrategicPatch(toDraft(object) as Draft, patch, schema) as JsonObject
}

/** Whether two objects print alike: structs that hold nothing are printed whether they are there or not. */
function lacksNothing(object: JsonObject, defaulted: Draft, schema: SchemaNode): boolean {
  let surplus = 0
  for (const key in defaulted) {
    const value = defaulted[key] as DraftValue
    if (Object.hasOwn(object, key)) {
      if (!isSame(object[key] as JsonValue, value, schema.child(key))) return false
      surplus--
    } else if (!isPrintedAnyway(value, schema.field(key))) return false
  }
  for (const _ in object) surplus++
  return surplus === 0
}

function isSame(value: JsonValue, defaulted: DraftValue, schema: SchemaNode | undefined): boolean {
  if (schema !== undefined && isJsonObject(value)) return isDraft(defaulted) && lacksNothing(value, defaulted, schema)
  const items = schema?.items
  if (items !== undefined && isJsonArray(value)) return Array.isArray(defaulted) && value.length === defaulted.length && value.every((item, index) => isSame(item, defaulted[index] as DraftValue, items))
  return deepEquals(value, defaulted as JsonValue)
}

function isPrintedAnyway(value: DraftValue, field: SchemaNode | undefined): boolean {
  return field?.emptyField === 'print' && isDraft(value) && Object.keys(value).every((key) => isPrintedAnyway(value[key] as DraftValue, field.field(key)))
}
