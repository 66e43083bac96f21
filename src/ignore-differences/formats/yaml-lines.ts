import { formatYaml } from '../../manifest/index.ts'
import { Memo } from '../../values/memo.ts'
import type { PlannedEntry, Reason } from '../entries/compute-entries.ts'
import type { Cause, CauseKind } from '../entries/predicted-state.ts'
import type { IgnoreDifference } from '../argocd/ignore-normalizer.ts'

/** What begins the comment of an entry that presync wrote; `--write` knows its own entries by it. */
export const ownMark = '# presync:'

/** A list of entries, each below a comment that says why it is there. */
export function formatEntries(entries: readonly PlannedEntry[], indent: number): readonly string[] {
  const space = ' '.repeat(indent)
  return entries.flatMap((planned) => [...formatComment(planned).map((line) => `${space}${line}`), ...formatEntry(planned.entry).map((line) => `${space}${line}`)])
}

/** One comment line a path and cause. */
export function formatComment({ reasons }: PlannedEntry): readonly string[] {
  return [...new Set(reasons.map(describeReason))].map((line) => `${ownMark} ${line.replace(/\s+/g, ' ')}`)
}

/** `ClusterPolicy replace-registry, rule replace: spec.containers[app].image`. */
export function describeReason({ causes, field }: Reason): string {
  return `${causes.map(describeCause).join('; ')}: ${field}`
}

/** What stands for a cause that no rule of a policy is. */
const otherCauses: Readonly<Partial<Record<CauseKind, string>>> = {
  autogen: 'rules that Kyverno before 1.9 writes into policies',
  'kyverno-default': "defaults of Kyverno's custom resources",
  'aggregated-role': 'rules of an aggregated role',
  certificate: 'a certificate that the cluster injects',
  'api-server': 'the API server itself',
}
const notes: Readonly<Partial<Record<CauseKind, string>>> = { digest: ' (digest of a verified image)', background: ' (in the background)', generated: ' (generated)' }

/** Who or what it is that changes a field. */
export function describeCause({ kind, policy, rule }: Cause): string {
  if (policy === undefined) return otherCauses[kind] ?? 'something that no policy explains'
  return `${policy}${rule === undefined ? '' : `, rule ${rule}`}${notes[kind] ?? ''}`
}

/** The lines of an entry as an item of a list. */
export function formatEntry(entry: IgnoreDifference): readonly string[] {
  const { group = '', kind, name, namespace, jsonPointers, jqPathExpressions, managedFieldsManagers } = entry
  const lines = [`group: ${scalar(group)}`, `kind: ${scalar(kind)}`]
  if (name !== undefined) lines.push(`name: ${scalar(name)}`)
  if (namespace !== undefined) lines.push(`namespace: ${scalar(namespace)}`)
  lines.push(...formatPaths({ jsonPointers, jqPathExpressions, managedFieldsManagers }))
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)
}

type Paths = { readonly [Key in 'jsonPointers' | 'jqPathExpressions' | 'managedFieldsManagers']: readonly string[] | undefined }

/** The lists of an entry, as keys of a mapping. */
export function formatPaths(paths: Paths): readonly string[] {
  return Object.entries(paths).flatMap(([key, list]) => (list === undefined || list.length === 0 ? [] : [`${key}:`, ...list.map((text) => `- ${scalar(text)}`)]))
}

/** A text as a YAML scalar on one line. */
export function scalar(text: string): string {
  return scalars.get(text)
}

/** A list names the same kinds, namespaces and paths again and again. */
const scalars = new Memo(5000, (text: string) => formatYaml(text).trimEnd())
