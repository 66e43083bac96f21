// Kyverno: pkg/utils/match/subjects.go
import type { UserInfo } from '../../model/resource.ts'
import type { ResourceFilter } from '../../model/rule.ts'
import { matchesWildcard } from '../../values/wildcard.ts'

/** Tells whether the user is one of the subjects; a subject of an unknown kind is nobody. */
export function matchesSubjects(subjects: ResourceFilter['subjects'], user: UserInfo): boolean {
  const username = user.username ?? ''
  return subjects.some(({ kind, name, namespace = '' }) => {
    switch (kind) {
      case 'ServiceAccount': return matchesWildcard(`system:serviceaccount:${namespace}:${name}`, username)
      case 'User': return matchesWildcard(name, username)
      case 'Group': return (user.groups ?? []).some((group) => matchesWildcard(name, group))
      default: return false
    }
  })
}
