import type { IgnoreDifference } from '../argocd/ignore-normalizer.ts'
import type { PlannedEntry, Reason } from './compute-entries.ts'

/** The entries of one Application. */
export interface EntryList {
  /** Applications that apply the same, each of which needs the list; none where it is not known which one applies the resources, or none does. */
  readonly applications: readonly string[]
  readonly entries: readonly PlannedEntry[]
}

/** All entries of several lists, for places that know no Applications: those for the same resources become one. */
export function joinEntries(lists: readonly EntryList[]): readonly PlannedEntry[] {
  const [only, another] = lists
  if (only !== undefined && another === undefined) return only.entries
  const joined = new Map<string, PlannedEntry>()
  for (const planned of lists.flatMap(({ entries }) => entries)) {
    const { group = '', kind, name = '', namespace = '' } = planned.entry
    const key = [group, kind, namespace, name].join('\n')
    const known = joined.get(key)
    joined.set(key, known === undefined ? planned : join(known, planned))
  }
  return [...joined.values()]
}

function join(one: PlannedEntry, other: PlannedEntry): PlannedEntry {
  const union = (key: 'jsonPointers' | 'jqPathExpressions'): Partial<IgnoreDifference> => {
    const paths = [...new Set([...one.entry[key] ?? [], ...other.entry[key] ?? []])]
    return paths.length === 0 ? {} : { [key]: paths }
  }
  const reasons = new Map<string, Reason>()
  for (const reason of [...one.reasons, ...other.reasons]) {
    const known = reasons.get(reason.path)
    reasons.set(reason.path, known === undefined ? reason : { ...known, resources: [...new Set([...known.resources, ...reason.resources])] })
  }
  return { entry: { ...one.entry, ...union('jsonPointers'), ...union('jqPathExpressions') }, reasons: [...reasons.values()] }
}
