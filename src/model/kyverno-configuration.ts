import type { LabelSelector } from './label-selector.ts'
import type { SourceLocation } from './source.ts'

/** What an installation of Kyverno keeps from all of its policies: its ConfigMap, as far as it concerns admission. */
export interface KyvernoConfiguration {
  readonly resourceFilters: readonly ResourceFilter[]
  /** Of the webhooks: requests that it does not fit never reach Kyverno. */
  readonly namespaceSelector?: LabelSelector
  readonly objectSelector?: LabelSelector
  readonly source?: SourceLocation
}

/** Wildcard patterns. `kind` is written as in `kinds` of a rule. */
export interface ResourceFilter {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}
