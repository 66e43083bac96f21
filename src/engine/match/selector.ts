// Kyverno: pkg/utils/match/labels.go, pkg/engine/wildcards/wildcards.go (ReplaceInSelector)
import { matchesLabelSelector } from '../../kubernetes/label-selector.ts'
import type { LabelSelector } from '../../model/label-selector.ts'
import type { Labels } from '../../model/resource.ts'
import { containsWildcard, matchesWildcard } from '../../values/wildcard.ts'

/** Prepares a label selector whose matchLabels may hold wildcards. */
export function compileSelector(selector: LabelSelector): (labels: Labels) => boolean {
  const wanted = Object.entries(selector.matchLabels ?? {})
  if (!wanted.some(([key, value]) => containsWildcard(key) || containsWildcard(value))) return (labels) => matchesLabelSelector(selector, labels)
  return (labels) => {
    const matchLabels = Object.fromEntries(wanted.map(([key, value]) => expandWildcards(key, value, labels)))
    return matchesLabelSelector({ ...selector, matchLabels }, labels)
  }
}

/** The first label that fits takes the entry's place; where none does, the wildcard characters become `0`, which then fits nothing. */
function expandWildcards(key: string, value: string, labels: Labels): readonly [string, string] {
  if (!containsWildcard(key) && !containsWildcard(value)) return [key, value]
  const found = Object.entries(labels).find(([name, text]) => matchesWildcard(key, name) && matchesWildcard(value, text))
  return found ?? [key.replace(/[*?]/g, '0'), value.replace(/[*?]/g, '0')]
}
