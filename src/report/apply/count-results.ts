// Kyverno: cmd/cli/kubectl-kyverno/processor/result.go, commands/apply/command.go (exit)
import type { ApplyCounting, ApplyReport, ApplyResponse } from '../../model/apply-report.ts'
import type { RuleResult, Status } from '../../model/result.ts'

/** Counts every result once; with `compat` as Kyverno does. */
export function countResults({ responses, invalid }: ApplyReport, counting: ApplyCounting): Readonly<Record<Status, number>> {
  const counts: Record<Status, number> = { pass: 0, fail: 0, warn: 0, error: invalid.length, skip: 0 }
  for (const response of responses) {
    for (const result of response.results) {
      const status = counting.compat ? compatStatus(response, result, counting) : reportedStatus(result, counting)
      if (status !== undefined) counts[status] += counting.compat ? compatTimes(response, result) : 1
    }
  }
  return counts
}

/** A failure of a policy that is not scored is a warning; so is one of a policy that audits, where that is asked for. */
export function reportedStatus({ status, policy, failureAction }: RuleResult, { auditWarn }: Pick<ApplyCounting, 'auditWarn'>): Status {
  if (status !== 'fail') return status
  return isUnscored(policy.annotations) || (auditWarn && failureAction === 'Audit') ? 'warn' : 'fail'
}

/** Whether a failure only warns; in Kyverno's words and reports every policy in CEL audits. */
export function isAudited(response: ApplyResponse, { failureAction }: RuleResult, { auditWarn, compat }: ApplyCounting): boolean {
  return auditWarn && (failureAction === 'Audit' || (compat && !hasRules(response)))
}

/** The status as reports have it. */
export function writtenStatus(response: ApplyResponse, result: RuleResult, counting: ApplyCounting): Status {
  return result.status === 'fail' && isAudited(response, result, counting) ? 'warn' : reportedStatus(result, counting)
}

export function isUnscored(annotations: Readonly<Record<string, string>>): boolean {
  return annotations['policies.kyverno.io/scored'] === 'false'
}

function hasRules({ policy: { kind } }: ApplyResponse): boolean {
  return kind === 'ClusterPolicy' || kind === 'Policy'
}

/** Kyverno's counters know warnings of policies with rules only, and no skips of ValidatingAdmissionPolicies. */
function compatStatus(response: ApplyResponse, result: RuleResult, counting: ApplyCounting): Status | undefined {
  if (response.policy.kind === 'ValidatingAdmissionPolicy' && result.status === 'skip') return undefined
  return hasRules(response) && response.step === 'validate' ? reportedStatus(result, counting) : result.status
}

/** Results of MutatingPolicies are counted when they are made and when they are printed, except those on targets, which are neither counted nor printed. */
function compatTimes(response: ApplyResponse, result: RuleResult): number {
  if (!isOfMutatingPolicy(response)) return 1
  return 'targets' in result ? 0 : 2
}

/** Whether the response is one of a MutatingPolicy, which Kyverno's command line treats in its own way. */
export function isOfMutatingPolicy({ step, policy: { kind } }: ApplyResponse): boolean {
  return step === 'mutate' && kind.endsWith('MutatingPolicy')
}
