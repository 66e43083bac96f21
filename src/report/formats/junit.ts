// JUnit's XML as CI servers read it: a suite a resource, a case a rule.
import { isBlocking } from '../decision.ts'
import { formatFieldPath } from '../field-path.ts'
import { formatLocation, formatResourceId, formatRuleName, locateResult, locateViolation } from '../names.ts'
import { groupBy } from '../../values/group-by.ts'
import { printable } from '../../values/printable.ts'
import type { ReportFormat } from '../report-format.ts'
import { escapeXmlAttribute as attribute, escapeXmlText as text } from '../xml-text.ts'
import type { Mode, Report } from '../../model/report.ts'
import type { RuleResult } from '../../model/result.ts'

/** For CI servers. Only what blocks is a failure; what is merely reported passes with a note, so that audit mode does not turn a build red. */
export const junit: ReportFormat = {
  summary: "JUnit's XML, for CI servers",
  format(report, { gate: { mode } }) {
    const suites = [...groupBy(report.results, ({ resource }) => formatResourceId(resource.id))].map(([name, results]) => formatSuite(name, results, mode))
    const problems = formatProblems(report)
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="presync">\n${[...suites, ...problems].join('')}</testsuites>\n`
  },
}

function formatSuite(name: string, results: readonly RuleResult[], mode: Mode): string {
  const count = (predicate: (result: RuleResult) => boolean) => results.filter(predicate).length
  const failures = count((result) => result.status === 'fail' && isBlocking(result, mode))
  const errors = count((result) => result.status === 'error')
  const skipped = count((result) => result.status === 'skip')
  const cases = results.map((result) => formatCase(name, result, mode)).join('')
  return `  <testsuite name="${attribute(name)}" tests="${results.length}" failures="${failures}" errors="${errors}" skipped="${skipped}">\n${cases}  </testsuite>\n`
}

function formatCase(suite: string, result: RuleResult, mode: Mode): string {
  const location = locateResult(result)
  const file = location === undefined ? '' : ` file="${attribute(printable(location.file))}" line="${location.line}"`
  const open = `    <testcase classname="${attribute(suite)}" name="${attribute(formatRuleName(result))}"${file}`
  const body = caseBody(result, mode)
  return body === '' ? `${open}/>\n` : `${open}>\n${body}    </testcase>\n`
}

function caseBody(result: RuleResult, mode: Mode): string {
  const message = attribute(printable(result.message))
  switch (result.status) {
    case 'pass': return ''
    case 'skip': return `      <skipped message="${message}"/>\n`
    case 'error': return `      <error message="${attribute(printable(result.error.message))}" type="${result.error.code}"/>\n`
    case 'fail':
    case 'warn': {
      const detail = text(violationLines(result))
      return isBlocking(result, mode)
        ? `      <failure message="${message}" type="violation">${detail}</failure>\n`
        : `      <system-out>${text(printable(result.message))}\n${detail}</system-out>\n`
    }
  }
}

function violationLines(result: Extract<RuleResult, { status: 'fail' | 'warn' }>): string {
  return result.violations.map((violation) => {
    const location = locateViolation(result, violation)
    return [location === undefined ? '' : `${formatLocation(location)}: `, formatFieldPath(violation.path), violation.message === '' ? '' : `: ${printable(violation.message)}`].join('')
  }).join('\n')
}

function formatProblems(report: Report): readonly string[] {
  if (report.problems.length === 0) return []
  const errors = report.problems.filter(({ severity }) => severity === 'error').length
  const cases = report.problems.map((problem) => {
    const place = problem.location === undefined ? 'input' : formatLocation(problem.location)
    const body = problem.severity === 'error'
      ? `      <error message="${attribute(printable(problem.message))}" type="${attribute(problem.code)}"/>\n`
      : `      <system-out>${text(printable(problem.message))}</system-out>\n`
    return `    <testcase classname="inputs" name="${attribute(`${problem.code} ${place}`)}">\n${body}    </testcase>\n`
  })
  return [`  <testsuite name="inputs" tests="${report.problems.length}" failures="0" errors="${errors}" skipped="0">\n${cases.join('')}  </testsuite>\n`]
}
