import type { PlannedEntry } from '../entries/compute-entries.ts'
import { joinEntries, type EntryList } from '../entries/entry-list.ts'
import { toNamedLists, type FormattedEntries } from './entry-format.ts'
import { formatEntries, scalar } from './yaml-lines.ts'

/** A patch of each Application. */
export function formatApplication(lists: readonly EntryList[]): FormattedEntries {
  const { named, warnings } = toNamedLists(lists)
  return { text: named.map(({ name, entries }) => lines(['kind: Application', ...nameLines(name), 'spec:', ...section(entries, 2)])).join('---\n'), warnings }
}

/** A patch of an ApplicationSet: the entries belong to its template, and so hold for all its Applications. */
export function formatApplicationSet(lists: readonly EntryList[]): FormattedEntries {
  const [only, another] = lists
  const name = another === undefined ? only?.applications[0] : undefined
  return { text: lines(['kind: ApplicationSet', ...nameLines(name), 'spec:', '  template:', '    spec:', ...section(joinEntries(lists), 6)]), warnings: [] }
}

function section(entries: readonly PlannedEntry[], indent: number): readonly string[] {
  return entries.length === 0 ? [`${' '.repeat(indent)}ignoreDifferences: []`] : [`${' '.repeat(indent)}ignoreDifferences:`, ...formatEntries(entries, indent)]
}

function nameLines(name: string | undefined): readonly string[] {
  return name === undefined ? [] : ['metadata:', `  name: ${scalar(name)}`]
}

function lines(body: readonly string[]): string {
  return `apiVersion: argoproj.io/v1alpha1\n${body.join('\n')}\n`
}
