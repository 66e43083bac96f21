import type { RuleResult, Violation } from '../../model/result.ts'
import type { SourceLocation } from '../../model/source.ts'
import { printable } from '../../values/printable.ts'
import { compareKeys } from '../order.ts'
import { formatFieldPath } from '../field-path.ts'
import { fingerprint } from '../fingerprint.ts'
import { formatResourceId, formatRuleName } from '../names.ts'

/** A failure that was there when the baseline was made. */
export interface BaselineEntry {
  readonly fingerprint: string
  /** For people: the rule, the resource and the place in it. Only the fingerprint counts. */
  readonly rule: string
  readonly resource: string
  readonly path?: string | undefined
  /** How many violations share the fingerprint; 1 where absent. */
  readonly count?: number | undefined
  /** Why it is accepted. */
  readonly reason?: string | undefined
  /** The last day on which it is. */
  readonly until?: string | undefined
}

/** A baseline file. */
export interface Baseline {
  readonly file: string
  readonly entries: readonly (BaselineEntry & { readonly location?: SourceLocation })[]
}

/** What a baseline file says of the failures of these results, sorted; reasons and days of an earlier one stay. */
export function createBaseline(results: readonly RuleResult[], earlier: readonly BaselineEntry[] = []): readonly BaselineEntry[] {
  const known = new Map(earlier.map((entry) => [entry.fingerprint, entry]))
  const entries = new Map<string, BaselineEntry>()
  for (const result of results) {
    for (const violation of violationsOf(result)) {
      const name = fingerprint(result, violation)
      const { reason, until } = known.get(name) ?? {}
      const before = entries.get(name)
      entries.set(name, { ...toEntry(result, violation, name), ...(before === undefined ? {} : { count: (before.count ?? 1) + 1 }), reason, until })
    }
  }
  return [...entries.values()].sort((left, right) => compareKeys(keysOf(left), keysOf(right)))
}

/** The entries that still have something to suppress, with as many violations as are left; nothing is added. */
export function pruneBaseline(entries: readonly BaselineEntry[], results: readonly RuleResult[]): readonly BaselineEntry[] {
  const left = new Map(createBaseline(results).map((entry) => [entry.fingerprint, entry.count ?? 1]))
  return entries.flatMap(({ count = 1, ...entry }) => {
    const kept = Math.min(count, left.get(entry.fingerprint) ?? 0)
    return kept === 0 ? [] : [kept === 1 ? entry : { ...entry, count: kept }]
  })
}

/** The text of a baseline file: the same entries give the same bytes. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const ordered = entries.map(({ fingerprint: name, rule, resource, path, count, reason, until }) => ({ fingerprint: name, rule, resource, path, count, reason, until }))
  return `${JSON.stringify({ apiVersion: 'presync.dev/v1', kind: 'Baseline', entries: ordered }, null, 2)}\n`
}

function violationsOf(result: RuleResult): readonly (Violation | undefined)[] {
  if (result.status === 'fail' || result.status === 'warn') return result.violations
  return result.status === 'error' ? [undefined] : []
}

function toEntry(result: RuleResult, violation: Violation | undefined, name: string): BaselineEntry {
  const path = violation === undefined || violation.path.length === 0 ? undefined : printable(formatFieldPath(violation.path))
  return { fingerprint: name, rule: formatRuleName(result), resource: formatResourceId(result.resource.id), path }
}

function keysOf({ rule, resource, path = '', fingerprint: name }: BaselineEntry): readonly string[] {
  return [rule, resource, path, name]
}
