import type { JsonValue } from '../../model/json.ts'
import type { LookupRequest } from '../../model/lookups.ts'
import { attempt } from '../attempt.ts'
import type { LoadingScope } from './deferred-entry.ts'

/**
 * Asks the outside world. What nobody supplied is remembered for the result. The Kyverno CLI leaves an entry out that it has no client
 * for, so that the name is unknown there and `|| 'default'` helps; in a cluster the load fails.
 */
export function askLookups(scope: LoadingScope, request: LookupRequest): JsonValue | undefined {
  const { lookups, missing, leavesOutUnavailable } = scope.settings
  const answer = attempt(() => lookups.get(request))
  if (!answer.error) return answer.value
  if (answer.error.missing) missing.push(answer.error.missing)
  if (answer.error.code === 'LOOKUP_UNAVAILABLE' && leavesOutUnavailable) return undefined
  throw answer.error
}

/** The Kyverno CLI leaves an entry out before it looks at it where it has no client for entries of the kind. */
export function isLeftOut({ settings: { leavesOutUnavailable, lookups } }: LoadingScope, kind: LookupRequest['kind']): boolean {
  return leavesOutUnavailable && lookups.refuses?.(kind) === true
}
