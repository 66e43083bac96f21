import type { Problem } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import type { KnownCluster } from './answer-from-objects.ts'
import { createClusterView, type ClusterView } from './cluster-view.ts'
import { loadObjects } from './load-objects.ts'
import { kindsOf } from './place-resources.ts'
import type { Rendered } from './render-paths.ts'
import type { SourceTexts } from './source-texts.ts'
import type { SuppliedInputs } from './values-file.ts'

/** What is known of the cluster: the resources of all Applications, Namespaces that syncs create, and snapshots. */
export interface World {
  readonly view: ClusterView
  readonly objects: Pick<KnownCluster, 'kinds' | 'isComplete' | 'onPartialList'>
  readonly problems: readonly Problem[]
  /** After the evaluation: what was answered from a part of the cluster only. */
  notices(): readonly string[]
}

export interface WorldOptions {
  readonly cwd: string
  readonly texts: SourceTexts
  /** Files and folders with objects of the cluster. */
  readonly clusterSnapshots?: readonly string[] | undefined
}

/** Puts together what selectors, look-ups and scopes are answered from; checked resources win over snapshots. */
export function createWorld({ definitions, createdNamespaces }: Rendered, resources: readonly Resource[], inputs: SuppliedInputs, options: WorldOptions): World {
  const snapshot = loadObjects(options.clusterSnapshots ?? [], options)
  const complete = new Set(snapshot.resources.map(({ id }) => `${id.group}/${id.kind}`))
  const partial = new Set<string>()
  return {
    view: createClusterView(resources, inputs, { snapshot: snapshot.resources.map(({ object }) => object), createdNamespaces }),
    objects: {
      kinds: kindsOf([...definitions, ...snapshot.resources, ...resources]), isComplete: (group, kind) => complete.has(`${group}/${kind}`), onPartialList: (kind) => { partial.add(kind) },
    },
    problems: snapshot.problems,
    notices: () => (partial.size === 0 ? []
      : [`look-ups of ${[...partial].sort().join(', ')} were answered from the checked resources alone; a snapshot of the cluster (--cluster-snapshot) knows the others`]),
  }
}
