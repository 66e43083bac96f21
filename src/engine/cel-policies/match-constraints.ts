// Kyverno: pkg/cel/matching/matcher.go; apiserver: webhook/predicates/rules/rules.go, webhook/predicates/{namespace,object}/matcher.go
import { matchesLabelSelector } from '../../kubernetes/label-selector.ts'
import type { MatchConstraints, MatchResourceRule } from '../../model/cel-policy.ts'
import type { LabelSelector } from '../../model/label-selector.ts'
import type { CelSubject } from './cel-subject.ts'

/** Decides whether constraints are about a subject. */
export type ConstraintMatcher = (subject: CelSubject) => boolean

interface MatchOptions {
  /** Kinds that are matched on whatever operation, as a deleting policy's. */
  readonly anyOperation?: boolean
}

/** Prepares constraints; none at all match nothing. What concerns the kind is decided once a kind. */
export function compileConstraints(constraints: MatchConstraints | undefined, { anyOperation = false }: MatchOptions = {}): ConstraintMatcher {
  if (constraints === undefined) return () => false
  const { resourceRules, excludeResourceRules, namespaceSelector, objectSelector } = constraints
  const byType = new Map<string, { readonly rules: readonly MatchResourceRule[]; readonly excludes: readonly MatchResourceRule[] }>()
  const narrow = (subject: CelSubject) => {
    const key = subject.subresource === '' ? subject.type : `${subject.type}/${subject.subresource}`
    let narrowed = byType.get(key)
    if (narrowed === undefined) {
      const concerns = (rule: MatchResourceRule): boolean => matchesType(rule, subject)
      byType.set(key, narrowed = { rules: resourceRules.filter(concerns), excludes: excludeResourceRules.filter(concerns) })
    }
    return narrowed
  }
  return (subject) => {
    const { rules, excludes } = narrow(subject)
    if (rules.length === 0 && resourceRules.length > 0) return false
    return matchesNamespaceSelector(namespaceSelector, subject) && matchesObjectSelector(objectSelector, subject)
      && !excludes.some((rule) => matchesRequest(rule, subject, anyOperation))
      && (resourceRules.length === 0 || rules.some((rule) => matchesRequest(rule, subject, anyOperation)))
  }
}

function matchesType({ apiGroups, apiVersions, resources }: MatchResourceRule, { group, version, plural, subresource }: CelSubject): boolean {
  return contains(apiGroups, group) && contains(apiVersions, version) && resources.some((entry) => {
    const [resource = '', sub = ''] = entry.split('/', 2)
    return (resource === '*' || resource === plural) && (sub === '*' || sub === subresource)
  })
}

function contains(values: readonly string[], value: string): boolean {
  return values.includes('*') || values.includes(value)
}

function matchesRequest({ operations, scope, resourceNames }: MatchResourceRule, subject: CelSubject, anyOperation: boolean): boolean {
  return (anyOperation || contains(operations, subject.operation)) && matchesScope(scope, subject) && matchesName(resourceNames, subject)
}

function matchesScope(scope: string, { namespace, plural }: CelSubject): boolean {
  if (scope === 'Namespaced') return plural !== 'namespaces' && namespace !== ''
  return scope !== 'Cluster' || plural === 'namespaces' || namespace === ''
}

/** A name that the API server will make up has a beginning that is known. */
function matchesName(names: readonly string[], { name, generateName }: CelSubject): boolean {
  if (names.length === 0) return true
  return name === '' ? generateName !== '' && names.some((wanted) => generateName.startsWith(wanted)) : names.includes(name)
}

/** What belongs to no namespace is never left out by a selector, except Namespaces, whose own labels count. */
function matchesNamespaceSelector(selector: LabelSelector | undefined, subject: CelSubject): boolean {
  if (selector === undefined || isEmpty(selector) || (subject.namespace === '' && subject.plural !== 'namespaces')) return true
  const isOwn = subject.plural === 'namespaces' && subject.subresource === '' && (subject.operation === 'CREATE' || subject.operation === 'UPDATE')
  return matchesLabelSelector(selector, isOwn ? subject.labels : subject.namespaceLabels)
}

function matchesObjectSelector(selector: LabelSelector | undefined, { labels, oldLabels }: CelSubject): boolean {
  if (selector === undefined || isEmpty(selector)) return true
  return matchesLabelSelector(selector, labels) || (oldLabels !== undefined && matchesLabelSelector(selector, oldLabels))
}

function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
}
