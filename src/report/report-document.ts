import type { Problem } from '../model/errors.ts'
import type { Gate, Report, ReportComparison } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import type { RuleResult, Violation, Suppression } from '../model/result.ts'
import type { FieldPath, SourceLocation } from '../model/source.ts'
import { version } from '../model/version.ts'
import { decide, effectiveAction, isBlocking, judge } from './decision.ts'
import { locateViolation } from './names.ts'
import { sortResults } from './order.ts'
import { summarize } from './summary.ts'

/** A report as plain data: the document of the formats `json` and `yaml`. Its shape is API: schemas/report.schema.json. */
export function toReportDocument(report: Report, gate: Gate): object {
  return {
    apiVersion: 'presync.dev/v1', kind: 'Report', tool: { name: 'presync', version },
    decision: decide(report, gate.mode), outcome: judge(report, gate), gate,
    summary: summarize(report, gate.mode),
    sources: report.sources,
    notices: report.notices,
    results: sortResults(report.results, gate.mode).map((result) => toResult(result, gate)),
    problems: report.problems.map(toProblem),
    comparison: report.comparison === undefined ? undefined : toComparison(report.comparison, gate),
  }
}

function toComparison({ ref, commit, fixed, unchanged, notComparable, changes }: ReportComparison, gate: Gate): object {
  const list = (results: readonly RuleResult[]): readonly object[] => sortResults(results, gate.mode).map((result) => toResult(result, gate))
  return {
    ref, commit, fixed: list(fixed), unchanged: list(unchanged), notComparable: list(notComparable),
    changes: changes?.map(({ id, kind, diff }) => ({ resource: { apiVersion: id.group === '' ? id.version : `${id.group}/${id.version}`, kind: id.kind, namespace: id.namespace, name: id.name }, kind, diff })),
  }
}

function toResult(result: RuleResult, { mode }: Gate): object {
  return {
    policy: { kind: result.policy.kind, name: result.policy.name, namespace: result.policy.namespace, location: toLocation(result.policy.source) },
    rule: result.rule === '' ? undefined : result.rule,
    ruleType: result.ruleType,
    resource: toResource(result.resource),
    status: result.status,
    failureAction: result.failureAction, effectiveAction: effectiveAction(result, mode), blocking: isBlocking(result, mode),
    message: result.message,
    ...outcomeOf(result),
    missing: result.missing, exceptions: result.exceptions, properties: result.properties,
  }
}

function outcomeOf(result: RuleResult): object {
  switch (result.status) {
    case 'fail':
    case 'warn':
      return {
        violations: result.violations.map((violation) => toViolation(result, violation)),
      }
    case 'error': return { error: { code: result.error.code, message: result.error.message } }
    case 'pass': return { changes: result.changes, targets: result.targets?.map(({ after, changes }) => ({ resource: toResource(after), changes })),
      generated: result.generated?.map(toResource) }
    case 'skip': return result.suppression === undefined ? {} : { suppression: toSuppression(result, result.suppression) }
  }
}

function toViolation(result: RuleResult, violation: Violation): object {
  return { path: toPointer(violation.path), message: violation.message, location: toLocation(locateViolation(result, violation)) }
}

function toSuppression(result: RuleResult, { by, reason, until, status, violations }: Suppression): object {
  return { by, reason, until, status, violations: violations.map((violation) => toViolation(result, violation)) }
}

function toResource({ id, source, origin }: Resource): object {
  return {
    apiVersion: id.group === '' ? id.version : `${id.group}/${id.version}`, kind: id.kind, namespace: id.namespace, name: id.name,
    location: toLocation(source), origin,
  }
}

function toProblem({ code, severity, message, location, policy, rule }: Problem): object {
  return { code, severity, message, location: toLocation(location), policy, rule }
}

function toLocation(location: SourceLocation | undefined): object | undefined {
  return location === undefined ? undefined : { file: location.file, line: location.line, column: location.column }
}

/** RFC 6901. */
function toPointer(path: FieldPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
