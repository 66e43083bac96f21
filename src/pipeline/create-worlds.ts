import type { Problem } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import type { KnownCluster } from './answer-from-objects.ts'
import { clusterName } from './applications/cluster-name.ts'
import { createNamespaces } from './applications/create-namespaces.ts'
import { createClusterView, type ClusterView } from './cluster-view.ts'
import { loadObjects } from './load-objects.ts'
import { kindsOf } from './place-resources.ts'
import type { Rendered } from './render-paths.ts'
import type { SourceTexts } from './source-texts.ts'
import type { SuppliedInputs } from './values-file.ts'

/** What is known of a cluster: the resources of all Applications that go there, Namespaces that syncs create, and snapshots. */
export interface World {
  readonly view: ClusterView
  readonly objects: Pick<KnownCluster, 'kinds' | 'isComplete' | 'onPartialList'>
  /** What goes to this cluster, and to no other. */
  readonly resources: readonly Resource[]
}

export interface Worlds {
  readonly worlds: readonly World[]
  readonly problems: readonly Problem[]
  /** After the evaluation: the kinds of which look-ups were answered from a part of the cluster only. */
  partialKinds(): readonly string[]
}

export interface WorldOptions {
  readonly cwd: string
  readonly texts: SourceTexts
  /** Files and folders with objects of the cluster. */
  readonly clusterSnapshots?: readonly string[] | undefined
}

/**
 * Puts together what selectors, look-ups and scopes are answered from, once a destination cluster: development and production often use the
 * same names. What no Application applies is known everywhere, and sees everything. Checked resources win over snapshots.
 */
export function createWorlds(rendered: Rendered, resources: readonly Resource[], inputs: SuppliedInputs, options: WorldOptions): Worlds {
  const { clusters, applications, definitions, known: others } = rendered
  const snapshot = loadObjects(options.clusterSnapshots ?? [], options)
  const complete = new Set(snapshot.resources.map(({ id }) => `${id.group}/${id.kind}`))
  const partial = new Set<string>()
  const objects = {
    kinds: kindsOf([...definitions, ...snapshot.resources, ...others, ...resources]),
    isComplete: (group: string, kind: string) => complete.has(`${group}/${kind}`), onPartialList: (kind: string) => { partial.add(kind) },
  }
  const makeWorld = (own: readonly Resource[], known: readonly Resource[], cluster?: string): World => {
    const here = applications.map(({ application }) => application).filter(({ destination }) => cluster === undefined || clusterName(destination) === cluster)
    const view = createClusterView(known, inputs, { snapshot: snapshot.resources.map(({ object }) => object), createdNamespaces: createNamespaces(here) })
    return { resources: own, view, objects }
  }
  const shared = clusters.size === 0 ? resources : resources.filter((resource) => !clusters.has(resource))
  // Others are known where they belong.
  const knownIn = (cluster?: string): readonly Resource[] => (cluster === undefined ? others : others.filter((resource) => (clusters.get(resource) ?? cluster) === cluster))
  const byCluster = new Map<string, Resource[]>()
  for (const resource of resources) {
    const cluster = clusters.get(resource)
    if (cluster === undefined) continue
    const own = byCluster.get(cluster)
    if (own === undefined) byCluster.set(cluster, [resource])
    else own.push(resource)
  }
  return {
    worlds: [makeWorld(shared, [...knownIn(), ...resources]), ...[...byCluster].map(([cluster, own]) => makeWorld(own, [...knownIn(cluster), ...shared, ...own], cluster))],
    problems: snapshot.problems,
    partialKinds: () => [...partial],
  }
}
