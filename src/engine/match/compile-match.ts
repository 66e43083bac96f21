// Kyverno: pkg/engine/utils/match.go (MatchesResourceDescription), pkg/engine/utils/exceptions.go (checkMatchesResources)
import type { UserInfo } from '../../model/resource.ts'
import type { Match } from '../../model/rule.ts'
import { compileFilter, type CompiledFilter } from './filter.ts'
import type { MatchSubject } from './match-subject.ts'

/** A rule's match and exclude blocks, prepared. */
export interface RuleMatcher {
  matches(subject: MatchSubject): boolean
  /** False means that no resource of the kind can match. */
  mayMatchKind(kind: string): boolean
}

/** Prepares the match and exclude blocks of a rule. */
export function compileMatch(match: Match, exclude: Match | undefined): RuleMatcher {
  const wanted = match.filters.map((filter) => compileFilter(filter, 'never'))
  const unwanted = exclude?.filters.map((filter) => compileFilter(filter, 'never')) ?? []
  const included = combine(match.form, wanted, includes)
  // Kyverno: one matching filter of `any` excludes; `all` and the legacy form need every filter (the legacy form has one).
  const excluded = combine(exclude?.form ?? 'any', unwanted, excludes)
  return {
    matches: (subject) => included(subject) && !(unwanted.length > 0 && excluded(subject)),
    mayMatchKind: match.form === 'all'
      ? (kind) => wanted.every(({ kinds }) => kinds.mayMatch(kind))
      : (kind) => wanted.some(({ kinds }) => kinds.mayMatch(kind)),
  }
}

/** Prepares the match block of an exception: operations do not count there, and an unknown user matches no user filter. */
export function compileExceptionMatch(match: Match): (subject: MatchSubject) => boolean {
  if (match.form === 'legacy') return () => false
  const filters = match.filters.map((filter) => compileFilter(filter, 'ignore'))
  return combine(match.form, filters, (filter, subject) =>
    !(filter.describesNoResource && !filter.namesUsers) && filter.matchesResource(subject) && filter.matchesUser(subject.user ?? {}))
}

type FilterTest = (filter: CompiledFilter, subject: MatchSubject) => boolean

function combine(form: Match['form'], filters: readonly CompiledFilter[], test: FilterTest): (subject: MatchSubject) => boolean {
  return form === 'any' ? (subject) => filters.some((filter) => test(filter, subject)) : (subject) => filters.every((filter) => test(filter, subject))
}

/** Without any user information the user part of a match filter is ignored; a filter that had nothing else never matches. */
function includes(filter: CompiledFilter, subject: MatchSubject): boolean {
  const user = isKnown(subject.user) ? subject.user : undefined
  if (filter.describesNoResource && !(user && filter.namesUsers)) return false
  return filter.matchesOperation(subject) && filter.matchesResource(subject) && (user === undefined || filter.matchesUser(user))
}

/** Nothing is ignored here: an unknown user is excluded by no user filter. An empty filter excludes nothing. */
function excludes(filter: CompiledFilter, subject: MatchSubject): boolean {
  if (filter.describesNoResource && !filter.namesUsers) return false
  return filter.matchesOperation(subject) && filter.matchesResource(subject) && filter.matchesUser(subject.user ?? {})
}

function isKnown(user: UserInfo | undefined): user is UserInfo {
  if (user === undefined) return false
  return [user.username, user.uid].some((text) => text !== undefined && text !== '')
    || [user.groups, user.roles, user.clusterRoles].some((list) => (list?.length ?? 0) > 0) || Object.keys(user.extra ?? {}).length > 0
}
