import type { Report, ReportComparison } from '../model/report.ts'
import type { RuleResult } from '../model/result.ts'
import { resultFingerprints } from './fingerprint.ts'
import { isInsideSource } from './source-of.ts'

/** What the comparison is with. */
export interface ComparedBase {
  /** As the user named it. */
  readonly ref: string
  readonly commit: string
}

/**
 * The report of a change: of what fails, only what its base did not have already. The rest is kept beside it, in three groups: gone, there before, and
 * what cannot be compared because the base itself could not be rendered.
 */
export function compareReports(head: Report, base: Report, { ref, commit }: ComparedBase): Report & { readonly comparison: ReportComparison } {
  const before = countFingerprints(base.results.filter(isFailing))
  const isUnknown = unreadableSources(base)
  const results: RuleResult[] = []
  const unchanged: RuleResult[] = []
  const notComparable: RuleResult[] = []
  for (const result of head.results) {
    if (!isFailing(result)) { results.push(result); continue }
    const { fresh, known } = splitByBase(result, before)
    if (known !== undefined) unchanged.push(known)
    if (fresh !== undefined) (isUnknown(result) ? notComparable : results).push(fresh)
  }
  // What the change merely suppresses is not mended.
  const after = countFingerprints(head.results.filter((result) => isFailing(result) || isSuppressed(result)))
  const fixed = base.results.filter(isFailing).flatMap((result) => splitByBase(result, after).fresh ?? [])
  return { ...head, results, problems: newProblems(head, base), comparison: { ref, commit, fixed, unchanged, notComparable } }
}

/** Warnings that the base has too are nobody's news; an error stands in the way however old it is. */
function newProblems(head: Report, base: Report): Report['problems'] {
  const known = new Set(base.problems.map(({ code, message, location }) => `${code} ${location?.file ?? ''} ${message}`))
  return head.problems.filter(({ severity, code, message, location }) => severity === 'error' || !known.has(`${code} ${location?.file ?? ''} ${message}`))
}

function isFailing({ status }: RuleResult): boolean {
  return status === 'fail' || status === 'warn' || status === 'error'
}

function isSuppressed(result: RuleResult): boolean {
  return result.status === 'skip' && result.suppression !== undefined
}

function countFingerprints(results: readonly RuleResult[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of results.flatMap(resultFingerprints)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

interface Split { readonly fresh?: RuleResult; readonly known?: RuleResult }

/** Divides a result's violations into those that the other side has, which are used up, and those that it has not. */
function splitByBase(result: RuleResult, other: Map<string, number>): Split {
  const names = resultFingerprints(result)
  const isKnown = names.map((name) => take(other, name))
  if (result.status !== 'fail' && result.status !== 'warn') return isKnown[0] === true ? { known: result } : { fresh: result }
  const part = (wanted: boolean): RuleResult | undefined => {
    const [first, ...rest] = result.violations.filter((_, index) => isKnown[index] === wanted)
    return first === undefined ? undefined : { ...result, violations: [first, ...rest] }
  }
  const [fresh, known] = [part(false), part(true)]
  return { ...(fresh === undefined ? {} : { fresh }), ...(known === undefined ? {} : { known }) }
}

function take(counts: Map<string, number>, name: string): boolean {
  const left = counts.get(name) ?? 0
  if (left > 0) counts.set(name, left - 1)
  return left > 0
}

/** Tells whether a result lies in a source that the base could not render. */
function unreadableSources({ sources, problems }: Report): (result: RuleResult) => boolean {
  const files = problems.flatMap(({ severity, location }) => (severity === 'error' && location !== undefined ? [location.file] : []))
  const broken = sources.map(({ path }) => path).filter((path) => files.some((file) => isInsideSource(path, file)))
  return ({ resource }) => {
    const file = resource.source?.file ?? resource.origin
    return file !== undefined && broken.some((path) => isInsideSource(path, file))
  }
}
