// Argo CD: controller/sync_namespace.go (CreateNamespace=true, managedNamespaceMetadata)
import type { Application } from '../../argocd/index.ts'
import type { JsonObject } from '../../model/json.ts'

/** The Namespaces that syncs create, with the labels that Applications give them; one a name. */
export function createNamespaces(applications: readonly Application[]): readonly JsonObject[] {
  const byName = new Map<string, { labels: Record<string, string>; annotations: Record<string, string> }>()
  for (const { destination: { namespace }, createsNamespace, namespaceLabels, namespaceAnnotations } of applications) {
    if (!createsNamespace || namespace === '') continue
    const known = byName.get(namespace) ?? { labels: {}, annotations: {} }
    byName.set(namespace, { labels: { ...known.labels, ...namespaceLabels }, annotations: { ...known.annotations, ...namespaceAnnotations } })
  }
  return [...byName].map(([name, { labels, annotations }]) => ({
    apiVersion: 'v1', kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels }, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
  }))
}
