import type { PlannedEntry } from '../entries/compute-entries.ts'
import type { EntryFormatContext, FormattedEntries } from './entry-format.ts'
import { formatEntries, scalar } from './yaml-lines.ts'

/** A patch in a kustomization that contains the Application. */
export function formatKustomize(entries: readonly PlannedEntry[], { name }: EntryFormatContext): FormattedEntries {
  const target = ['- target:', '    group: argoproj.io', '    version: v1alpha1', '    kind: Application', ...(name === undefined ? [] : [`    name: ${scalar(name)}`])]
  const patch = ['  patch: |-', '    - op: add', '      path: /spec/ignoreDifferences', entries.length === 0 ? '      value: []' : '      value:', ...formatEntries(entries, 6)]
  return { text: `${['patches:', ...target, ...patch].join('\n')}\n`, warnings: ['the patch replaces the entries that the Application has already'] }
}
