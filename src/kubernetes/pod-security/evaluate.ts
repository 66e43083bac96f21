// Faithful to Kyverno's pkg/pss/evaluate.go (EvaluatePod).
import type { PodSecurityCheck, PodSecurityViolation } from './check.ts'
import { podSecurityChecks } from './checks/index.ts'
import { applyExclusion, type PodSecurityExclusion } from './exclude.ts'
import type { Pod } from './pod.ts'
import { parsePodSecurityVersion } from './version.ts'

/** What a Pod is held against. */
export interface PodSecurityStandard {
  /** `baseline` runs the baseline checks, everything else (also `privileged`, in Kyverno) runs all. */
  readonly level: string
  /** `v1.N`, `latest` or empty. */
  readonly version: string
}

/** What forbids the Pod, in table order; empty if it is allowed. Throws if the version is none. */
export function evaluatePodSecurity(pod: Pod, standard: PodSecurityStandard, exclusions: readonly PodSecurityExclusion[] = []): readonly PodSecurityViolation[] {
  return excludePodSecurity(runChecks(pod, standard), pod, standard, exclusions)
}

/** Takes away what the entries forgive; for exceptions that come after the rule's own `exclude`. */
export function excludePodSecurity(
  violations: readonly PodSecurityViolation[], pod: Pod, standard: PodSecurityStandard, exclusions: readonly PodSecurityExclusion[],
): readonly PodSecurityViolation[] {
  return exclusions.reduce((left, exclusion) => (left.length === 0 ? left : applyExclusion(left, exclusion, pod, (part) => runChecks(part, standard))), violations)
}

function runChecks(pod: Pod, { level, version }: PodSecurityStandard): readonly PodSecurityViolation[] {
  const minor = parsePodSecurityVersion(version)
  const violations: PodSecurityViolation[] = []
  for (const check of podSecurityChecks) {
    if (level === 'baseline' && check.level !== 'baseline') continue
    const found = selectVersion(check, minor).run(pod)
    if (found !== undefined) violations.push({ id: check.id, ...found })
  }
  return violations
}

/** The newest revision that is not newer than asked for; the first one even if it is (so a check of 1.34 applies to v1.20 too). */
function selectVersion({ versions }: PodSecurityCheck, minor: number): PodSecurityCheck['versions'][0] {
  return versions.findLast(({ since }) => since <= minor) ?? versions[0]
}
