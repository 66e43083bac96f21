// Counterpart: Argo CD gitops-engine/pkg/diff/diff.go (remarshal, generateSchemeDefaultPatch): what Go's types make of an object of a built-in kind
import { decodeObject } from '../../kubernetes/defaults/decode-object.ts'
import type { Draft } from '../../kubernetes/defaults/draft.ts'
import { encodeObject } from '../../kubernetes/defaults/encode-object.ts'
import { fillDefaults } from '../../kubernetes/defaults/fill-defaults.ts'
import { readObjectKind } from '../../kubernetes/schema/object-kind.ts'
import { schemaCatalog } from '../../kubernetes/schema/schema-catalog.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { isDecodable } from '../../kubernetes/schema/validate-object.ts'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import { applyStrategicPatch } from '../../patch/strategic/apply-strategic-patch.ts'
import { createStrategicPatch } from '../../patch/strategic/create-strategic-patch.ts'

/** The Kubernetes that Argo CD is built with, whatever the cluster runs. */
const kubeVersion = '1.36'

/** Kinds of these groups are built in, but not among the types that Argo CD knows. */
const strangers: ReadonlySet<string> = new Set(['apiextensions.k8s.io', 'apiregistration.k8s.io'])

/** By `apiVersion`, then by kind: each comparison asks several times. */
const goTypes = new Map<JsonValue | undefined, Map<JsonValue | undefined, SchemaNode | undefined>>()
const mostVersions = 1000

/** The schema of a kind that Argo CD compares by its Go type; undefined for custom resources. */
export function findGoType(object: JsonObject): SchemaNode | undefined {
  const { apiVersion, kind } = object as { apiVersion?: JsonValue; kind?: JsonValue }
  let kinds = goTypes.get(apiVersion)
  if (kinds === undefined) {
    if (goTypes.size >= mostVersions) goTypes.clear()
    goTypes.set(apiVersion, kinds = new Map())
  }
  if (kinds.has(kind)) return kinds.get(kind)
  const schema = lookUpGoType(object)
  kinds.set(kind, schema)
  return schema
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

/** Fills in the defaults of the kind, and leaves all else as it is; nothing where Go cannot decode the object. Works in place. */
export function fillSchemeDefaults(object: Draft, schema: SchemaNode): Draft {
  if (!isDecodable(schema, object as JsonObject, false)) return object
  const defaulted = decodeObject(schema, object as JsonObject)
  fillDefaults(schema, defaulted, { minor: schemaCatalog(kubeVersion).minor, schemeOnly: true })
  const patch = createStrategicPatch(reprint(schema, object as JsonObject), encodeObject(schema, defaulted), schema)
  return applyStrategicPatch(object, patch, schema)
}
