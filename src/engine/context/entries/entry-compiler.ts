import type { ContextEntry } from '../../../model/rule.ts'
import type { DeferredEntry } from '../deferred-entry.ts'

/** Where an entry stands. */
export interface EntryPlace {
  /** Empty for cluster-wide policies. */
  readonly policyNamespace: string
}

/** Prepares one kind of context entry. */
export type EntryCompiler<Kind extends ContextEntry['kind']> = (entry: Extract<ContextEntry, { kind: Kind }>, place: EntryPlace) => DeferredEntry
