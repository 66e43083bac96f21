import type { FailureAction } from '../model/failure-action.ts'
import type { Decision, Gate, Mode, Report } from '../model/report.ts'
import type { RuleResult } from '../model/result.ts'

/** What a rule's failure means under the mode of the run. */
export function effectiveAction(result: RuleResult, mode: Mode): FailureAction {
  if (mode === 'policy') return result.failureAction
  return mode === 'enforce' ? 'Enforce' : 'Audit'
}

/**
 * Tells whether admission would refuse the resource because of this result. An enforced rule that ends in an error blocks like one that
 * fails: its webhook answers with an error. `warn` (Kyverno's `scored: false`) never blocks.
 */
export function isBlocking(result: RuleResult, mode: Mode): boolean {
  return (result.status === 'fail' || result.status === 'error') && effectiveAction(result, mode) === 'Enforce'
}

/** Whether the sync would be refused. */
export function decide(report: Report, mode: Mode): Decision {
  return report.results.some((result) => isBlocking(result, mode)) ? 'block' : 'allow'
}

/** How a run ends: `failed` means that presync could not do all of its work, and wins, because the rest of the answer is incomplete. */
export type Outcome = 'ok' | 'violations' | 'failed'

/** Judges a report by the gate. */
export function judge(report: Report, gate: Gate): Outcome {
  if (report.problems.some((problem) => problem.severity === 'error' || gate.strict)) return 'failed'
  let outcome: Outcome = 'ok'
  for (const result of report.results) {
    // Nearly all results of a large run are passes.
    if (result.status === 'pass') continue
    if (isUndecided(result, gate)) return 'failed'
    if (outcome === 'ok' && isViolation(result, gate)) outcome = 'violations'
  }
  return outcome
}

/** A rule without an answer that counts: one that would block, or any when strict. */
function isUndecided(result: RuleResult, gate: Gate): boolean {
  if (gate.strict && (result.status === 'error' || (result.missing?.length ?? 0) > 0)) return true
  return result.status === 'error' && gate.failOn !== 'never' && isBlocking(result, gate.mode)
}

/** A failure at or above the threshold. */
export function isViolation(result: RuleResult, gate: Gate): boolean {
  switch (gate.failOn) {
    case 'never': return false
    case 'block': return result.status === 'fail' && isBlocking(result, gate.mode)
    case 'fail': return result.status === 'fail'
    case 'warn': return result.status === 'fail' || result.status === 'warn'
  }
}
