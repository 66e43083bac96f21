import type { LabelSelector } from './label-selector.ts'

/** What a rule's failure means in the cluster. */
export type FailureAction = 'Audit' | 'Enforce'

export interface FailureActionOverride {
  readonly action: FailureAction
  readonly namespaces: readonly string[]
  readonly namespaceSelector?: LabelSelector
}
