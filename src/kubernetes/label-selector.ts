import type { LabelSelector } from '../model/label-selector.ts'
import type { Labels } from '../model/resource.ts'
import { containsWildcard, matchesWildcard } from '../values/wildcard.ts'

const labelName = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/

/** Whether labels satisfy a selector, as the API server decides it; a selector that Kubernetes refuses matches nothing. */
export function matchesLabelSelector(selector: LabelSelector, labels: Labels): boolean {
  return findSelectorError(selector) === undefined && holds(selector, labels)
}

/**
 * The same with Kyverno's wildcards in `matchLabels` (pkg/engine/wildcards): an entry with `*` or `?` in its key or value stands for the
 * first label that both fit; where none does, each wildcard is read as `0`, which normally matches nothing.
 */
export function matchesSelectorWithWildcards(selector: LabelSelector, labels: Labels): boolean {
  const { matchLabels } = selector
  if (matchLabels === undefined) return matchesLabelSelector(selector, labels)
  const entries = Object.entries(matchLabels)
  if (!entries.some(([key, value]) => containsWildcard(key) || containsWildcard(value))) return matchesLabelSelector(selector, labels)
  const expanded = Object.fromEntries(entries.map(([key, value]) => expandWildcards(key, value, labels)))
  return matchesLabelSelector({ ...selector, matchLabels: expanded }, labels)
}

function expandWildcards(key: string, value: string, labels: Labels): readonly [string, string] {
  if (!containsWildcard(key) && !containsWildcard(value)) return [key, value]
  const found = Object.entries(labels).find(([label, text]) => matchesWildcard(key, label) && matchesWildcard(value, text))
  return found ?? [key.replace(/[*?]/g, '0'), value.replace(/[*?]/g, '0')]
}

/** Why Kubernetes refuses a selector; `undefined` when it does not. */
export function findSelectorError(selector: LabelSelector): string | undefined {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    const error = findKeyError(key) ?? findValueError(key, value)
    if (error !== undefined) return error
  }
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const error = findOperatorError(operator, values) ?? findKeyError(key)
      ?? values.map((value) => findValueError(key, value)).find((found) => found !== undefined)
    if (error !== undefined) return error
  }
  return undefined
}

function findOperatorError(operator: string, values: readonly string[]): string | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length === 0 ? `operator ${operator} needs values` : undefined
    case 'Exists':
    case 'DoesNotExist':
      return values.length > 0 ? `operator ${operator} takes no values` : undefined
    default:
      return `"${operator}" is not a valid label selector operator`
  }
}

/** A qualified name: an optional DNS subdomain and `/`, then a name. */
function findKeyError(key: string): string | undefined {
  const slash = key.indexOf('/')
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)]
  if (prefix !== undefined && !isSubdomain(prefix)) return `invalid prefix of label key "${key}"`
  return labelName.test(name) ? undefined : `invalid label key "${key}"`
}

function isSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => dnsLabel.test(part))
}

function findValueError(key: string, value: string): string | undefined {
  return value === '' || labelName.test(value) ? undefined : `invalid value "${value}" of label "${key}"`
}

function holds(selector: LabelSelector, labels: Labels): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (readLabel(labels, key) !== value) return false
  }
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const actual = readLabel(labels, key)
    switch (operator) {
      case 'In':
        return actual !== undefined && values.includes(actual)
      case 'NotIn':
        return actual === undefined || !values.includes(actual)
      case 'Exists':
        return actual !== undefined
      default:
        return actual === undefined
    }
  })
}

function readLabel(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}
