import { isJsonObject, type JsonObject } from '../../model/json.ts'
import { knownKinds, type KindTable } from '../kinds.ts'
import { readObjectKind } from '../schema/object-kind.ts'
import { schemaCatalog, type SchemaCatalog } from '../schema/schema-catalog.ts'
import { admissionPlugins, defaultPlugins, type AdmissionPlugin } from './admission-plugins.ts'
import { decodeObject } from './decode-object.ts'
import { defaultCustomResource } from './default-custom-resource.ts'
import { dropUnstored } from './drop-unstored.ts'
import { ensureObject, fillZero, textAt, type Draft } from './draft.ts'
import { encodeObject } from './encode-object.ts'
import { fillDefaults, refillDefaults } from './fill-defaults.ts'
import { prepareCreate } from './prepare-create.ts'
import { shareUnchanged } from './share-unchanged.ts'

export interface ApiServerOptions {
  /** `1.33`; the newest known when absent. */
  readonly kubeVersion?: string
  /** Schemas of custom resources found in the input; those of `kubeVersion` when absent. */
  readonly catalog?: SchemaCatalog
  /** Scopes of kinds, for the namespace. */
  readonly kinds?: KindTable
  /** Filled in where a namespaced resource names none; not touched when absent. */
  readonly namespace?: string
  readonly plugins?: readonly AdmissionPlugin[]
  /** As admission webhooks see the object: before what its kind does to new objects that are stored (status reset, labels of a Job's Pods). */
  readonly beforeStorage?: boolean
}

/**
 * What an API server makes of an object that is created: undeclared fields and nulls dropped, values in canonical form, defaults of the types
 * filled in, status reset, empty fields printed or left out as Go does, built-in admission plug-ins applied. Values that only the server can
 * choose (uid, times, addresses, node ports) are not there. An object of an unknown kind comes back as it is.
 * What is left as it was is shared with the object.
 */
export function applyApiDefaults(object: JsonObject, options: ApiServerOptions = {}): JsonObject {
  const catalog = options.catalog ?? schemaCatalog(options.kubeVersion)
  const { group, version, kind } = readObjectKind(object)
  const schema = catalog.find(group, version, kind)
  if (schema === undefined) return object
  const named = withNamespace(object, group, kind, options)
  if (schema.custom) return defaultCustomResource(schema, named)
  const [id, context] = [`${group}/${kind}`, { minor: catalog.minor }]
  const draft = decodeObject(schema, named)
  fillDefaults(schema, draft, context)
  admit(id, draft, options.plugins ?? defaultPlugins, context)
  if (options.beforeStorage !== true) {
    prepareCreate(id, draft, context)
    dropUnstored(schema, draft, context)
  }
  refillDefaults(schema, draft, context)
  const printed = encodeObject(schema, draft)
  const metadata = ensureObject(printed, 'metadata')
  if (metadata['creationTimestamp'] === null) delete metadata['creationTimestamp']
  return shareUnchanged(printed, object)
}

function admit(id: string, draft: Draft, plugins: readonly AdmissionPlugin[], context: { readonly minor: number }): void {
  for (const [name, rules] of Object.entries(admissionPlugins)) {
    if (plugins.includes(name as AdmissionPlugin) && Object.hasOwn(rules, id)) rules[id]?.(draft, context)
  }
}

function withNamespace(object: JsonObject, group: string, kind: string, { namespace, kinds }: ApiServerOptions): JsonObject {
  if (namespace === undefined || (kinds ?? knownKinds()).find(group, kind)?.scope !== 'Namespaced') return object
  const metadata = { ...(isJsonObject(object['metadata']) ? object['metadata'] : {}) } as Draft
  if (textAt(metadata, 'namespace') !== '') return object
  fillZero(metadata, 'namespace', namespace)
  return { ...object, metadata }
}
