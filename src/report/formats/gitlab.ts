// GitLab's code quality report: a subset of the Code Climate format.
import { toAnnotations, type AnnotationLevel } from '../annotation.ts'
import { printableJson } from '../../values/printable.ts'
import type { ReportFormat } from '../report-format.ts'

const severities = { error: 'blocker', warning: 'major', notice: 'minor' } as const satisfies Record<AnnotationLevel, string>

/** For merge requests: shown beside the lines. */
export const gitlab: ReportFormat = {
  summary: "GitLab's code quality report",
  format(report, { gate }) {
    const seen = new Map<string, number>()
    return `${printableJson(toAnnotations(report, gate.mode).map(({ level, rule, message, location, fingerprint, result }) => {
      // GitLab drops entries that share a fingerprint, so repeated ones are numbered.
      const times = seen.get(fingerprint) ?? 0
      seen.set(fingerprint, times + 1)
      return {
        description: message, check_name: rule, fingerprint: times === 0 ? fingerprint : `${fingerprint}-${times}`, severity: severities[level],
        location: { path: location?.file ?? result?.resource.origin ?? '.', lines: { begin: location?.line ?? 1 } },
      }
    }), 2)}\n`
  },
}
