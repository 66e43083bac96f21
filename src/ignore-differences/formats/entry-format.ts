import type { PlannedEntry } from '../entries/compute-entries.ts'

/** What a format needs to know besides the entries. */
export interface EntryFormatContext {
  /** The Application's or ApplicationSet's name, where it is known. */
  readonly name: string | undefined
  readonly argocd: number
}

/** A printed form, and what it cannot say. */
export interface FormattedEntries {
  readonly text: string
  readonly warnings: readonly string[]
}

export type EntryFormat = (entries: readonly PlannedEntry[], context: EntryFormatContext) => FormattedEntries
