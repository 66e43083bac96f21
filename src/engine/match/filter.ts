// Kyverno: pkg/engine/utils/match.go (doesResourceMatchConditionBlock)
import type { UserInfo } from '../../model/resource.ts'
import type { ResourceFilter } from '../../model/rule.ts'
import { compileWildcard } from '../../values/wildcard.ts'
import { compileKinds, type KindMatcher } from './kind-selector.ts'
import type { MatchSubject } from './match-subject.ts'
import { compileSelector } from './selector.ts'
import { matchesSubjects } from './subjects.ts'

/** One part of a filter; a filter is the conjunction of its parts. */
type Part = (subject: MatchSubject) => boolean

/** A filter of a match or exclude block, prepared. */
export interface CompiledFilter {
  /** No field but user information is set. */
  readonly describesNoResource: boolean
  readonly namesUsers: boolean
  readonly kinds: KindMatcher
  matchesOperation: Part
  matchesResource: Part
  matchesUser(user: UserInfo): boolean
}

/** How a namespaceSelector treats a Namespace: match and exclude blocks never match one, exceptions ignore the selector. */
export type NamespaceHandling = 'never' | 'ignore'

/** Prepares one filter. */
export function compileFilter(filter: ResourceFilter, namespaces: NamespaceHandling): CompiledFilter {
  const kinds = compileKinds(filter.kinds)
  const parts: Part[] = [kinds.matches, ...compileParts(filter, namespaces)]
  const { operations, roles, clusterRoles, subjects } = filter
  return {
    describesNoResource: isEmpty(filter),
    namesUsers: roles.length > 0 || clusterRoles.length > 0 || subjects.length > 0,
    kinds,
    matchesOperation: ({ operation }) => operations.length === 0 || operations.includes(operation),
    matchesResource: (subject) => parts.every((part) => part(subject)),
    matchesUser: (user) => (roles.length === 0 || intersects(roles, user.roles)) && (clusterRoles.length === 0 || intersects(clusterRoles, user.clusterRoles))
      && (subjects.length === 0 || matchesSubjects(subjects, user)),
  }
}

function compileParts(filter: ResourceFilter, namespaceHandling: NamespaceHandling): readonly Part[] {
  const parts: Part[] = []
  if (filter.name !== undefined && filter.name !== '') {
    const matches = compileWildcard(filter.name)
    parts.push(({ name }) => matches(name))
  }
  if (filter.names.length > 0) {
    const names = filter.names.map(compileWildcard)
    parts.push(({ name }) => names.some((matches) => matches(name)))
  }
  if (filter.namespaces.length > 0) {
    const namespaces = filter.namespaces.map(compileWildcard)
    parts.push((subject) => {
      const namespace = subject.kind === 'Namespace' ? subject.name : subject.namespace
      return namespaces.some((matches) => matches(namespace))
    })
  }
  const annotations = Object.entries(filter.annotations)
  if (annotations.length > 0) parts.push(compileAnnotations(annotations))
  if (filter.selector) {
    const matches = compileSelector(filter.selector)
    parts.push(({ labels }) => matches(labels))
  }
  if (filter.namespaceSelector) {
    const matches = compileSelector(filter.namespaceSelector)
    parts.push(({ kind, namespaceLabels }) => (kind === 'Namespace' ? namespaceHandling === 'ignore' : matches(namespaceLabels)))
  }
  return parts
}

function compileAnnotations(expected: readonly (readonly [string, string])[]): Part {
  const tests = expected.map(([key, value]) => [compileWildcard(key), compileWildcard(value)] as const)
  return ({ annotations }) => {
    const actual = Object.entries(annotations)
    return tests.every(([matchesKey, matchesValue]) => actual.some(([key, value]) => matchesKey(key) && matchesValue(value)))
  }
}

/** `selector: {}` is not empty: it selects everything (Kyverno's ResourceDescription.IsEmpty tests for nil). */
function isEmpty(filter: ResourceFilter): boolean {
  return filter.kinds.length === 0 && (filter.name ?? '') === '' && filter.names.length === 0 && filter.namespaces.length === 0
    && Object.keys(filter.annotations).length === 0 && filter.operations.length === 0 && !filter.selector && !filter.namespaceSelector
}

function intersects(wanted: readonly string[], actual: readonly string[] = []): boolean {
  return wanted.some((item) => actual.includes(item))
}
