import type { PlannedEntry } from '../entries/compute-entries.ts'
import { joinEntries, type EntryList } from '../entries/entry-list.ts'
import type { FormattedEntries } from './entry-format.ts'
import { describeReason, formatPaths, ownMark, scalar } from './yaml-lines.ts'

/** Keys of the ConfigMap `argocd-cm`. They hold for every Application, and know neither names nor namespaces. */
export function formatConfigMap(lists: readonly EntryList[]): FormattedEntries {
  const { lines, warnings } = formatKeys(joinEntries(lists), 2)
  const head = ['apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: argocd-cm', '  labels:', '    app.kubernetes.io/part-of: argocd', lines.length === 0 ? 'data: {}' : 'data:']
  return { text: `${[...head, ...lines].join('\n')}\n`, warnings }
}

/** The same as values of the chart argo-cd. */
export function formatHelmValues(lists: readonly EntryList[]): FormattedEntries {
  const { lines, warnings } = formatKeys(joinEntries(lists), 4)
  return { text: `${['configs:', lines.length === 0 ? '  cm: {}' : '  cm:', ...lines].join('\n')}\n`, warnings }
}

function formatKeys(entries: readonly PlannedEntry[], indent: number): { readonly lines: readonly string[]; readonly warnings: readonly string[] } {
  const warnings: string[] = []
  const byKey = new Map<string, PlannedEntry[]>()
  for (const planned of entries) {
    const { group = '', kind, name } = planned.entry
    const key = settingKey(planned.entry)
    if (key === undefined) {
      warnings.push(`${group}/${kind} cannot be a key of argocd-cm: it contains an underscore, which Argo CD takes for the separator`)
      continue
    }
    if (name !== undefined) warnings.push(`argocd-cm cannot name ${kind} ${name}: the key ${key} holds for every ${kind} of every Application`)
    byKey.set(key, [...byKey.get(key) ?? [], planned])
  }
  const space = ' '.repeat(indent)
  const lines = [...byKey].flatMap(([key, planned]) => [
    ...new Set(planned.flatMap(({ reasons }) => reasons.map((reason) => `${space}${ownMark} ${describeReason(reason)}`))),
    `${space}${scalar(key)}: |`, ...formatPaths(merge(planned)).map((line) => `${space}  ${line}`),
  ])
  return { lines, warnings }
}

function merge(planned: readonly PlannedEntry[]): Parameters<typeof formatPaths>[0] {
  const all = (key: 'jsonPointers' | 'jqPathExpressions' | 'managedFieldsManagers'): readonly string[] => [...new Set(planned.flatMap(({ entry }) => entry[key] ?? []))]
  return { jsonPointers: all('jsonPointers'), jqPathExpressions: all('jqPathExpressions'), managedFieldsManagers: all('managedFieldsManagers') }
}

/**
 * Argo CD splits the key at underscores. It looks managers of core kinds up under a name that only the form with a leading underscore
 * gives; paths work with both forms.
 */
function settingKey({ group = '', kind, managedFieldsManagers = [] }: PlannedEntry['entry']): string | undefined {
  if (group.includes('_') || kind.includes('_')) return undefined
  return `resource.customizations.ignoreDifferences.${group === '' && managedFieldsManagers.length === 0 ? '' : `${group}_`}${kind}`
}
