import { EvaluationError } from '../../src/model/errors.ts'
import type { FailureAction } from '../../src/model/failure-action.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { Gate, Report } from '../../src/model/report.ts'
import type { Resource } from '../../src/model/resource.ts'
import type { RuleResult, Violation } from '../../src/model/result.ts'
import type { SourceLocation } from '../../src/model/source.ts'

/** A resource at a place of a made-up file. */
export function makeResource(kind: string, name: string, line = 1, object: JsonObject = {}): Resource {
  const source: SourceLocation = { file: 'apps/web.yaml', line, column: 1 }
  return { id: { group: '', version: 'v1', kind, namespace: 'shop', name }, object, source, locate: () => source }
}

/** A result as the engine would make it. */
export function makeResult(
  status: RuleResult['status'], resource: Resource, details: Partial<Omit<RuleResult, 'status'>> & { violations?: readonly Violation[]; action?: FailureAction } = {},
): RuleResult {
  const { action = 'Audit', violations, ...rest } = details
  const core = {
    policy: { kind: 'ClusterPolicy' as const, name: 'limits', annotations: {} }, rule: 'check', ruleType: 'validate' as const, resource,
    failureAction: action, message: 'a limit is required', ...rest,
  }
  if (status === 'error') return { ...core, status, error: new EvaluationError('UNRESOLVED_VARIABLE', 'variable x is not defined') }
  if (status === 'fail' || status === 'warn') return { ...core, status, violations: [violations?.[0] ?? { path: [], message: '' }, ...(violations ?? []).slice(1)] }
  return { ...core, status }
}

export function makeReport(results: readonly RuleResult[], rest: Partial<Report> = {}): Report {
  return { results, problems: [], sources: [], policies: [], resourceCount: results.length, notices: [], ...rest }
}

export const gate: Gate = { mode: 'policy', failOn: 'block', strict: false }
