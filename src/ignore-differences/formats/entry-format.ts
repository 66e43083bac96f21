import type { EntryList } from '../entries/entry-list.ts'

/** What a format needs to know besides the entries. */
export interface EntryFormatContext {
  readonly argocd: number
}

/** A printed form, and what it cannot say. */
export interface FormattedEntries {
  readonly text: string
  readonly warnings: readonly string[]
}

/** Prints the lists of Applications; where there is one alone, its Application may be unknown. */
export type EntryFormat = (lists: readonly EntryList[], context: EntryFormatContext) => FormattedEntries

/** A list for each Application, of those that need one; all entries in one list of an unknown Application where there is no other. */
export interface NamedList extends Pick<EntryList, 'entries'> {
  readonly name: string | undefined
}

/** For forms that belong to an Application. What no Application applies has no place in them, and is said. */
export function toNamedLists(lists: readonly EntryList[]): { readonly named: readonly NamedList[]; readonly warnings: readonly string[] } {
  const [only, another] = lists
  if (only !== undefined && another === undefined) return { named: [{ name: only.applications[0], entries: only.entries }], warnings: [] }
  const needed = lists.filter(({ entries }) => entries.length > 0)
  const nameless = needed.filter(({ applications }) => applications.length === 0).flatMap(({ entries }) => entries)
  return {
    named: needed.flatMap(({ applications, entries }) => applications.map((name) => ({ name, entries }))),
    warnings: nameless.length === 0 ? [] : [`left out, for no Application applies it: ${nameless.map(({ entry }) => `${entry.kind}${entry.name === undefined ? '' : ` ${entry.name}`}`).join(', ')}`],
  }
}
