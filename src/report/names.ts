import type { ResourceId } from '../model/resource.ts'
import type { RuleResult, Violation } from '../model/result.ts'
import type { SourceLocation } from '../model/source.ts'
import { printable } from '../values/printable.ts'

/** `Deployment shop/web`. */
export function formatResourceId(id: ResourceId): string {
  return printable(`${id.kind} ${id.namespace === undefined || id.namespace === '' ? '' : `${id.namespace}/`}${id.name === '' ? '(generated name)' : id.name}`)
}

/** `policy/rule`, or the policy alone where the kind has no rules. */
export function formatRuleName(result: RuleResult): string {
  const policy = result.policy.namespace === undefined || result.policy.namespace === '' ? result.policy.name : `${result.policy.namespace}/${result.policy.name}`
  return printable(result.rule === '' ? policy : `${policy}/${result.rule}`)
}

/** `file:line:column`, which terminals and editors turn into a link. */
export function formatLocation(location: SourceLocation): string {
  return printable(`${location.file}:${location.line}:${location.column}`)
}

/** Where a violation lies; where nobody recorded it, the nearest place that the resource knows. */
export function locateViolation(result: RuleResult, violation: Violation): SourceLocation | undefined {
  return violation.location ?? result.resource.locate(violation.path) ?? result.resource.source
}

/** The first place that a result points at. */
export function locateResult(result: RuleResult): SourceLocation | undefined {
  if (result.status === 'fail' || result.status === 'warn') return locateViolation(result, result.violations[0])
  if (result.status === 'error' && result.error.resourcePath !== undefined) return result.resource.locate(result.error.resourcePath)
  return result.resource.source
}

/** `1 violation`, `1,234 violations`. toLocaleString would load all of ICU, which takes longer than a small check. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${number === 1 ? singular : plural}`
}
