import type { JsonObject } from './json.ts'
import type { FieldPath, SourceLocation } from './source.ts'

/** Identifies a resource within a cluster (name empty where only `generateName` is given). */
export interface ResourceId {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** One parsed Kubernetes object and where it came from. */
export interface Resource {
  readonly id: ResourceId
  readonly object: JsonObject
  /** Where the document starts; absent for resources made in memory. */
  readonly source?: SourceLocation
  /** For rendered resources: the chart template or kustomization base that the document came from. */
  readonly origin?: string
  /** The Application that applies it, where one does. */
  readonly application?: string
  /** The place of a field, or of its nearest existing parent. Computed on demand. */
  locate(path: FieldPath): SourceLocation | undefined
}

/** The resource as another object, perhaps in another place of the cluster: where its fields stand stays the manifest's business, which is asked when somebody wants to know. */
export function withObject(resource: Resource, object: JsonObject, id: ResourceId = resource.id): Resource {
  const { origin, application } = resource
  return {
    id, object, get source() { return resource.source as SourceLocation }, ...(origin === undefined ? {} : { origin }), ...(application === undefined ? {} : { application }),
    locate: (path) => resource.locate(path),
  }
}

export type Labels = Readonly<Record<string, string>>

/** The request's operation, as admission names it. */
export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT'

/** Who asks, as Kyverno's RequestInfo. */
export interface UserInfo {
  readonly username?: string
  readonly uid?: string
  readonly groups?: readonly string[]
  readonly extra?: Readonly<Record<string, readonly string[]>>
  readonly roles?: readonly string[]
  readonly clusterRoles?: readonly string[]
}

/** What is being evaluated: an admission request, made from manifests. */
export interface Trigger {
  /** The new object; for DELETE the object that goes. */
  readonly resource: Resource
  readonly oldResource?: Resource
  readonly operation: Operation
  readonly user?: UserInfo
  /** Labels of the resource's Namespace; empty where unknown. */
  readonly namespaceLabels: Labels
  /** The whole Namespace object where known (CEL's `namespaceObject`). */
  readonly namespaceObject?: JsonObject
  readonly subresource?: string
}
