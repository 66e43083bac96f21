// Argo CD: controller/state.go and gitops-engine's pkg/sync (DeduplicateTargetObjects, namespace of the destination)

import { knownKinds, readCustomKind, withKinds, type KindTable } from '../kubernetes/kinds.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { withObject, type Resource } from '../model/resource.ts'

/** The kinds that presync knows and those whose CustomResourceDefinitions are among the resources. */
export function kindsOf(resources: Iterable<Resource>): KindTable {
  const added = []
  for (const { id, object } of resources) {
    const facts = id.kind === 'CustomResourceDefinition' ? readCustomKind(object) : undefined
    if (facts !== undefined) added.push(facts)
  }
  return added.length === 0 ? knownKinds() : withKinds(knownKinds(), added)
}

/** Puts each resource where it would be applied, into `namespace` where it names none; `definitions` are further CustomResourceDefinitions. */
export function placeResources(resources: readonly Resource[], namespace: string, definitions: readonly Resource[] = []): readonly Resource[] {
  const kinds = kindsOf([...definitions, ...resources])
  return resources.map((resource) => placeResource(resource, namespace, kinds))
}

/**
 * Puts a resource where it would be applied: a namespaced one without a namespace goes to `namespace`, a cluster-scoped one has none.
 * A kind that nobody knows counts as namespaced.
 */
export function placeResource(resource: Resource, namespace: string, kinds: KindTable): Resource {
  const isNamespaced = kinds.find(resource.id.group, resource.id.kind)?.scope !== 'Cluster'
  const given = resource.id.namespace ?? ''
  if (isNamespaced && given === '') return withNamespace(resource, namespace)
  if (!isNamespaced && given !== '') return withNamespace(resource, undefined)
  return resource
}

function withNamespace(resource: Resource, namespace: string | undefined): Resource {
  const { namespace: _, ...id } = resource.id
  const metadata = isJsonObject(resource.object['metadata']) ? resource.object['metadata'] : {}
  const { namespace: __, ...rest } = metadata
  const placed: JsonObject = namespace === undefined ? rest : { ...rest, namespace }
  return withObject(resource, { ...resource.object, metadata: placed }, namespace === undefined ? id : { ...id, namespace })
}
