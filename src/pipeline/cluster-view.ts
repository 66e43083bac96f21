import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Labels, Resource } from '../model/resource.ts'
import type { SuppliedInputs } from './values-file.ts'

/** The cluster as far as it is known: the checked resources, and what values files say of its Namespaces. */
export interface ClusterView {
  /** A resource by group, kind, namespace and name. */
  find(group: string, kind: string, namespace: string, name: string): JsonObject | undefined
  namespaceObject(name: string): JsonObject | undefined
  namespaceLabels(name: string): Labels
}

/** Indexes the checked resources; the last of several with one name counts, as when they are applied. */
export function createClusterView(resources: Iterable<Resource>, inputs: SuppliedInputs): ClusterView {
  const index = new Map<string, JsonObject>()
  for (const { id, object } of resources) index.set(indexKey(id.group, id.kind, id.namespace ?? '', id.name), object)
  for (const namespace of inputs.namespaces) index.set(indexKey('', 'Namespace', '', nameOf(namespace)), namespace)
  const labels = new Map<string, Labels>()
  const view: ClusterView = {
    find: (group, kind, namespace, name) => index.get(indexKey(group, kind, namespace, name)),
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
