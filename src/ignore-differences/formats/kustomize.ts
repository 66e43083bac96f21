import type { EntryList } from '../entries/entry-list.ts'
import { toNamedLists, type FormattedEntries, type NamedList } from './entry-format.ts'
import { formatEntries, scalar } from './yaml-lines.ts'

/** Patches in a kustomization that contains the Applications. */
export function formatKustomize(lists: readonly EntryList[]): FormattedEntries {
  const { named, warnings } = toNamedLists(lists)
  const patches = named.length === 0 ? ['patches: []'] : ['patches:', ...named.flatMap(formatPatch)]
  return { text: `${patches.join('\n')}\n`, warnings: [...warnings, 'the patch replaces the entries that the Application has already'] }
}

function formatPatch({ name, entries }: NamedList): readonly string[] {
  const target = ['- target:', '    group: argoproj.io', '    version: v1alpha1', '    kind: Application', ...(name === undefined ? [] : [`    name: ${scalar(name)}`])]
  return [...target, '  patch: |-', '    - op: add', '      path: /spec/ignoreDifferences', entries.length === 0 ? '      value: []' : '      value:', ...formatEntries(entries, 6)]
}
