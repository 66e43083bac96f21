import type { Mode, Report } from '../model/report.ts'
import type { Status } from '../model/result.ts'
import { isBlocking } from './decision.ts'

/** The numbers of a run. */
export interface Summary extends Readonly<Record<Status, number>> {
  readonly resources: number
  readonly policies: number
  readonly sources: number
  /** Results that would refuse the sync. */
  readonly blocking: number
  /** Skips that would be failures, had nobody written down that they are known. */
  readonly suppressed: number
  /** Inputs with something wrong. */
  readonly problems: number
}

/** Counts a report. */
export function summarize(report: Report, mode: Mode): Summary {
  const counts: Record<Status, number> = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 }
  let [blocking, suppressed] = [0, 0]
  for (const result of report.results) {
    counts[result.status] += 1
    if (result.status === 'skip' && result.suppression !== undefined) suppressed += 1
    if (result.status !== 'pass' && isBlocking(result, mode)) blocking += 1
  }
  return {
    ...counts, blocking, suppressed, resources: report.resourceCount, policies: report.policies.length, sources: report.sources.length,
    problems: report.problems.length,
  }
}
