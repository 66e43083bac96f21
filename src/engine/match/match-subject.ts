import type { Labels, Operation, UserInfo } from '../../model/resource.ts'

/** What match and exclude blocks look at. */
export interface MatchSubject {
  readonly group: string
  readonly version: string
  readonly kind: string
  /** Empty for requests without one. */
  readonly subresource: string
  /** The generateName where the resource has no name yet. */
  readonly name: string
  readonly namespace: string
  readonly labels: Labels
  readonly annotations: Readonly<Record<string, string>>
  readonly namespaceLabels: Labels
  readonly user: UserInfo | undefined
  readonly operation: Operation
}
