import { toResourceId } from '../manifest/index.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Labels, Resource } from '../model/resource.ts'
import type { SuppliedInputs } from './values-file.ts'

/** The cluster as far as it is known: the checked resources, and what values files say of its Namespaces. */
export interface ClusterView {
  /** A resource by group, kind, namespace and name. */
  find(group: string, kind: string, namespace: string, name: string): JsonObject | undefined
  namespaceObject(name: string): JsonObject | undefined
  namespaceLabels(name: string): Labels
  /** All objects of a kind, in one namespace or (undefined) in all. */
  list(group: string, kind: string, namespace: string | undefined): readonly JsonObject[]
}

/** What is known besides the checked resources, which win over it. */
export interface KnownObjects {
  /** Objects of the cluster. */
  readonly snapshot: readonly JsonObject[]
  /** Namespaces that syncs create. */
  readonly createdNamespaces: readonly JsonObject[]
}

const nothingKnown: KnownObjects = { snapshot: [], createdNamespaces: [] }

/** Indexes the checked resources; the last of several with one name counts, as when they are applied. */
export function createClusterView(resources: Iterable<Resource>, inputs: SuppliedInputs, known: KnownObjects = nothingKnown): ClusterView {
  const index = new Map<string, JsonObject>()
  for (const object of [...known.snapshot, ...known.createdNamespaces]) {
    const { group, kind, namespace = '', name } = toResourceId(object)
    index.set(indexKey(group, kind, namespace, name), object)
  }
  for (const { id, object } of resources) index.set(indexKey(id.group, id.kind, id.namespace ?? '', id.name), object)
  for (const namespace of inputs.namespaces) index.set(indexKey('', 'Namespace', '', nameOf(namespace)), namespace)
  const labels = new Map<string, Labels>()
  const view: ClusterView = {
    find: (group, kind, namespace, name) => index.get(indexKey(group, kind, namespace, name)),
    list: (group, kind, namespace) => {
      const prefix = namespace === undefined ? `${group}\n${kind}\n` : `${group}\n${kind}\n${namespace}\n`
      return [...index].filter(([key]) => key.startsWith(prefix)).map(([, object]) => object)
    },
    // Argo CD fills in a namespace for what it takes for namespaced; a Namespace itself has none whatever its manifest says.
    namespaceObject: (name) => index.get(indexKey('', 'Namespace', '', name)) ?? index.get(indexKey('', 'Namespace', 'default', name)),
    namespaceLabels(name) {
      let known = labels.get(name)
      if (known === undefined) {
        known = { ...labelsOf(view.namespaceObject(name)), ...inputs.namespaceLabels.get(name), 'kubernetes.io/metadata.name': name }
        labels.set(name, known)
      }
      return known
    },
  }
  return view
}

function indexKey(group: string, kind: string, namespace: string, name: string): string {
  return `${group}\n${kind}\n${namespace}\n${name}`
}

function nameOf(object: JsonObject): string {
  const metadata = object['metadata']
  return isJsonObject(metadata) && typeof metadata['name'] === 'string' ? metadata['name'] : ''
}

function labelsOf(namespace: JsonObject | undefined): Labels {
  const metadata = namespace?.['metadata']
  const labels = isJsonObject(metadata) ? metadata['labels'] : undefined
  return isJsonObject(labels) ? labels as Labels : {}
}
