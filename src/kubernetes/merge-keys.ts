import type { FieldPath } from '../model/source.ts'
import { schemaFor } from './schema/schema-catalog.ts'
import type { ListType, SchemaNode } from './schema/schema-node.ts'

/** How Kubernetes merges a list. */
export interface ListMerge {
  /** Strategic merge: `merge` by key (or as a set where there is no key); `replace` otherwise. */
  readonly strategy: 'merge' | 'replace'
  /** Strategic merge's one key. */
  readonly mergeKey: string | undefined
  /** Server-side apply: atomic lists are replaced, sets united, maps merged by `mapKeys`. */
  readonly listType: ListType
  /** Server-side apply's keys; what strategic merge cannot say (`port` and `protocol`) stands here. */
  readonly mapKeys: readonly string[]
}

/** How a list of this schema merges. */
export function findListMerge(list: SchemaNode): ListMerge {
  const mergeKey = list.patchMergeKey
  return {
    strategy: list.patchStrategies.includes('merge') ? 'merge' : 'replace',
    mergeKey,
    listType: list.listType ?? (list.listMapKeys.length > 0 ? 'map' : 'atomic'),
    mapKeys: list.listMapKeys,
  }
}

/** The keys by which server-side apply tells the items of a list apart; empty for lists that are sets or replaced as a whole. */
export function findListMapKeys(list: SchemaNode): readonly string[] {
  return list.listMapKeys
}

export interface KindPath {
  readonly group: string
  readonly version: string
  readonly kind: string
  /** Keys from the root; list items by any index. */
  readonly path: FieldPath
  readonly kubeVersion?: string
}

/** How the list at a path inside a kind merges; `undefined` where the kind or the path is unknown, or is no list. */
export function findListMergeAt({ group, version, kind, path, kubeVersion }: KindPath): ListMerge | undefined {
  const node = findSchemaAt(schemaFor(group, version, kind, kubeVersion), path)
  return node?.type === 'array' ? findListMerge(node) : undefined
}

/** The schema at a path below another; `undefined` where nothing is declared. */
export function findSchemaAt(root: SchemaNode | undefined, path: FieldPath): SchemaNode | undefined {
  let node = root
  for (const step of path) node = typeof step === 'number' ? node?.items : node?.child(step)
  return node
}
