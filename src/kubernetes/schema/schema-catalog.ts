import { coveredMinors } from '../data/openapi.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { unpackSchemas } from './packed-schemas.ts'
import { readSchema, SchemaNode, type ResolveReference } from './schema-node.ts'

/** Where schemas of kinds are found. Immutable: `withCustomResources` makes a larger one. */
export interface SchemaCatalog {
  /** The minor of Kubernetes 1 whose schemas these are. */
  readonly minor: number
  find(group: string, version: string, kind: string): SchemaNode | undefined
}

const catalogs = new Map<number, SchemaCatalog>()

/**
 * The schemas of a Kubernetes version (`1.33`, `v1.33.4`; the newest known when absent) and of common custom resources.
 * A version that is not covered gets the nearest one that is: `catalog.minor` says which.
 */
export function schemaCatalog(kubeVersion?: string): SchemaCatalog {
  const asked = kubeVersion === undefined ? undefined : readMinor(kubeVersion)
  const minor = Math.min(Math.max(asked ?? coveredMinors.newest, coveredMinors.oldest), coveredMinors.newest)
  const known = catalogs.get(minor)
  if (known !== undefined) return known
  const catalog = shippedCatalog(minor)
  catalogs.set(minor, catalog)
  return catalog
}

/** The schema of a kind in a Kubernetes version (the newest known when absent). */
export function schemaFor(group: string, version: string, kind: string, kubeVersion?: string): SchemaNode | undefined {
  return schemaCatalog(kubeVersion).find(group, version, kind)
}

/** The minor of a version of Kubernetes 1: 33 of `1.33`, `v1.33.4+k3s1`; `undefined` for any other text. */
export function readMinor(kubeVersion: string): number | undefined {
  const match = /^v?1\.(\d{1,4})(?:\D|$)/.exec(kubeVersion)
  return match === null ? undefined : Number(match[1])
}

function shippedCatalog(minor: number): SchemaCatalog {
  const nodes = new Map<JsonValue, SchemaNode | undefined>()
  const resolve: ResolveReference = (reference) => {
    if (nodes.has(reference)) return nodes.get(reference)
    const text = unpackSchemas().find(Number(reference), minor)
    const node = text === undefined ? undefined : readSchema(JSON.parse(text) as JsonObject, resolve)
    nodes.set(reference, node)
    return node
  }
  return {
    minor,
    find(group, version, kind) {
      const number = unpackSchemas().numbers.get(`${group}/${version}/${kind}`)
      return number === undefined ? undefined : resolve(number)
    },
  }
}

/** The schemas of CustomResourceDefinitions (v1 or v1beta1) on top of a catalog; theirs hide what lies below. */
export function withCustomResources(below: SchemaCatalog, definitions: Iterable<JsonObject>): SchemaCatalog {
  const metadata = below.find('', 'v1', 'ConfigMap')?.field('metadata')
  const nodes = new Map<string, SchemaNode>()
  for (const definition of definitions) {
    for (const { id, schema } of readDefinition(definition)) {
      const properties = isJsonObject(schema['properties']) ? schema['properties'] : {}
      const base = { apiVersion: { type: 'string' }, kind: { type: 'string' }, ...properties, metadata: { $ref: 'metadata' } }
      nodes.set(id, new SchemaNode({ ...schema, properties: base, 'x-custom-resource': true }, () => metadata))
    }
  }
  return { minor: below.minor, find: (group, version, kind) => nodes.get(`${group}/${version}/${kind}`) ?? below.find(group, version, kind) }
}

function readDefinition(definition: JsonObject): { readonly id: string; readonly schema: JsonObject }[] {
  const spec = definition['spec']
  const names = isJsonObject(spec) ? spec['names'] : undefined
  if (!isJsonObject(spec) || !isJsonObject(names)) return []
  const listed = isJsonArray(spec['versions']) ? spec['versions'].filter((entry) => isJsonObject(entry)) : [{ name: spec['version'] ?? null }]
  return listed.flatMap((entry) => {
    const schema = readVersionPart(entry['schema'], 'openAPIV3Schema') ?? readVersionPart(spec['validation'], 'openAPIV3Schema')
    if (!isJsonObject(schema)) return []
    const status = readVersionPart(entry['subresources'] ?? spec['subresources'], 'status')
    const marks = {
      ...(spec['preserveUnknownFields'] === true ? { 'x-kubernetes-preserve-unknown-fields': true } : {}),
      ...(isJsonObject(status) ? { 'x-status-subresource': true } : {}),
    }
    return [{ id: `${spec['group']}/${entry['name']}/${names['kind']}`, schema: { ...schema, ...marks } }]
  })
}

/** v1beta1 has schema and subresources once for all versions, v1 in each of them. */
function readVersionPart(holder: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(holder) ? holder[key] : undefined
}
