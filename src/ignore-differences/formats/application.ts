import type { PlannedEntry } from '../entries/compute-entries.ts'
import type { EntryFormatContext, FormattedEntries } from './entry-format.ts'
import { formatEntries, scalar } from './yaml-lines.ts'

/** A patch of an Application. */
export function formatApplication(entries: readonly PlannedEntry[], { name }: EntryFormatContext): FormattedEntries {
  return { text: lines(['kind: Application', ...nameLines(name), 'spec:', ...section(entries, 2)]), warnings: [] }
}

/** A patch of an ApplicationSet: the entries belong to its template. */
export function formatApplicationSet(entries: readonly PlannedEntry[], { name }: EntryFormatContext): FormattedEntries {
  return { text: lines(['kind: ApplicationSet', ...nameLines(name), 'spec:', '  template:', '    spec:', ...section(entries, 6)]), warnings: [] }
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
