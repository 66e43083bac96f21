import type { RuleOutcome } from './rules/outcome.ts'

/** What a passing rule changed, as results say it; undefined where it changed nothing. */
export function describeChanges({ changes, targets, generated }: Extract<RuleOutcome, { status: 'pass' }>) {
  if (!changes && !targets && !generated) return undefined
  return { ...(changes ? { changes } : {}), ...(targets ? { targets } : {}), ...(generated ? { generated } : {}) }
}

/** Nearly always there is nothing to add, and copies of all passes of a large run would be megabytes. */
export function extendResult<T extends object, A extends object, B extends object>(core: T, some: A | undefined, more?: B): T & Partial<A> & Partial<B> {
  return some === undefined && more === undefined ? core : { ...core, ...some, ...more }
}
