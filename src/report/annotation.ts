import type { Problem } from '../model/errors.ts'
import type { Mode, Report } from '../model/report.ts'
import type { RuleResult, Violation } from '../model/result.ts'
import type { SourceLocation } from '../model/source.ts'
import { isBlocking } from './decision.ts'
import { formatFieldPath } from './field-path.ts'
import { fingerprint } from './fingerprint.ts'
import { formatResourceId, formatRuleName, locateResult, locateViolation } from './names.ts'
import { sortResults } from './order.ts'
import { printable } from '../values/printable.ts'

/** How loud a place is marked: what blocks, what is only reported, what is worth knowing. */
export type AnnotationLevel = 'error' | 'warning' | 'notice'

/** One place of a file and what is wrong there: what forges show beside a line. */
export interface Annotation {
  readonly level: AnnotationLevel
  /** `policy/rule`, or the code of a problem. */
  readonly rule: string
  /** One line. */
  readonly title: string
  readonly message: string
  readonly location?: SourceLocation
  readonly fingerprint: string
  /** The result behind it; absent for a problem of the inputs. */
  readonly result?: RuleResult
}

/** Everything in a report that somebody should look at, worst first: one annotation a violation, error or problem. */
export function toAnnotations(report: Report, mode: Mode): readonly Annotation[] {
  return [
    ...sortResults(report.results, mode).flatMap((result) => annotateResult(result, mode)),
    ...report.problems.map(annotateProblem),
  ]
}

/** What was suppressed, for formats that can say so beside what counts. */
export function toSuppressedAnnotations(report: Report, mode: Mode): readonly Annotation[] {
  return sortResults(report.results, mode).flatMap((result) => {
    if (result.status !== 'skip' || result.suppression === undefined) return []
    const { violations } = result.suppression
    return (violations.length === 0 ? [undefined] : violations).map((violation): Annotation => {
      const location = violation === undefined ? locateResult(result) : locateViolation(result, violation)
      return {
        level: 'notice', rule: formatRuleName(result), title: titleOf(result, mode), message: printable([violation?.message ?? '', result.message].filter((part) => part !== '').join('; ')),
        ...(location === undefined ? {} : { location }), fingerprint: fingerprint(result, violation), result,
      }
    })
  })
}

function annotateResult(result: RuleResult, mode: Mode): readonly Annotation[] {
  switch (result.status) {
    case 'fail':
    case 'warn':
      return result.violations.map((violation) => annotateViolation(result, violation, mode))
    case 'error': {
      const location = locateResult(result)
      return [{
        level: isBlocking(result, mode) ? 'error' : 'warning', rule: formatRuleName(result), title: titleOf(result, mode),
        message: printable(`could not be evaluated: ${result.error.message}`), ...(location === undefined ? {} : { location }),
        fingerprint: fingerprint(result), result,
      }]
    }
    default: return []
  }
}

function annotateViolation(result: RuleResult, violation: Violation, mode: Mode): Annotation {
  const location = locateViolation(result, violation)
  const own = violation.message === '' || result.message.includes(violation.message) ? '' : ` ${violation.message}`
  const where = violation.path.length === 0 ? '' : ` (${formatFieldPath(violation.path)})`
  return {
    level: isBlocking(result, mode) ? 'error' : result.status === 'fail' ? 'warning' : 'notice',
    rule: formatRuleName(result), title: titleOf(result, mode), message: printable(`${result.message}${own}${where}`),
    ...(location === undefined ? {} : { location }), fingerprint: fingerprint(result, violation), result,
  }
}

function titleOf(result: RuleResult, mode: Mode): string {
  return `${isBlocking(result, mode) ? 'blocked' : result.status}: ${formatResourceId(result.resource.id)}: ${formatRuleName(result)}`
}

function annotateProblem(problem: Problem): Annotation {
  return {
    level: problem.severity, rule: problem.code, title: `${problem.severity}: ${problem.code}`, message: printable(problem.message),
    ...(problem.location === undefined ? {} : { location: problem.location }),
    fingerprint: `${problem.code}:${problem.location?.file ?? ''}:${problem.message}`,
  }
}
