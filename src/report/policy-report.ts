// PolicyReports of the Kubernetes policy working group and their successor, OpenReports: the same items under two groups.
import type { JsonObject, JsonValue } from '../model/json.ts'
import type { Mode, Report } from '../model/report.ts'
import type { RuleResult, Status } from '../model/result.ts'
import { effectiveAction } from './decision.ts'
import { sortResults } from './order.ts'
import { reportedMessage } from './reported-message.ts'
import { printable } from '../values/printable.ts'

/** Where reports live: the group, and the kinds for namespaced and for cluster-wide results. */
export interface PolicyReportDialect {
  readonly apiVersion: string
  readonly namespaced: string
  readonly clusterWide: string
}

export const policyReportDialects = {
  policyreport: { apiVersion: 'wgpolicyk8s.io/v1alpha2', namespaced: 'PolicyReport', clusterWide: 'ClusterPolicyReport' },
  openreports: { apiVersion: 'openreports.io/v1alpha1', namespaced: 'Report', clusterWide: 'ClusterReport' },
} as const satisfies Record<string, PolicyReportDialect>

const severities = new Set(['critical', 'high', 'medium', 'low', 'info'])

/**
 * One report a namespace and one for what has none, sorted. Without timestamps and random names, so that the same inputs give the same bytes:
 * a report among an application's manifests must not drift by itself.
 */
export function toPolicyReports(report: Report, mode: Mode, dialect: PolicyReportDialect): readonly JsonObject[] {
  const namespaces = new Map<string, RuleResult[]>()
  for (const result of sortResults(report.results, mode)) {
    const namespace = result.resource.id.namespace ?? ''
    const group = namespaces.get(namespace)
    if (group === undefined) namespaces.set(namespace, [result])
    else group.push(result)
  }
  return [...namespaces].sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([namespace, results]) => toPolicyReport(results, mode, dialect, { name: 'presync', ...(namespace === '' ? {} : { namespace }) }))
}

/** One report of these results, whichever namespaces their resources are in. */
export function toPolicyReport(results: readonly RuleResult[], mode: Mode, dialect: PolicyReportDialect, metadata: JsonObject): JsonObject {
  return {
    apiVersion: dialect.apiVersion,
    kind: metadata['namespace'] === undefined ? dialect.clusterWide : dialect.namespaced,
    metadata: { ...metadata, labels: { 'app.kubernetes.io/managed-by': 'presync' } },
    summary: countStatuses(results),
    results: results.map((result) => toItem(result, mode)),
  }
}

function countStatuses(results: readonly RuleResult[]): JsonObject {
  const counts: Record<Status, number> = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 }
  for (const { status } of results) counts[status] += 1
  return counts
}

function toItem(result: RuleResult, mode: Mode): JsonObject {
  const { policy, rule, resource: { id } } = result
  const category = policy.annotations['policies.kyverno.io/category']
  const severity = policy.annotations['policies.kyverno.io/severity'] ?? ''
  return {
    source: 'presync',
    policy: policy.namespace === undefined || policy.namespace === '' ? policy.name : `${policy.namespace}/${policy.name}`,
    ...(rule === '' ? {} : { rule }),
    ...(category === undefined ? {} : { category: printable(category) }),
    ...(severities.has(severity) ? { severity } : {}),
    result: result.status,
    scored: policy.annotations['policies.kyverno.io/scored'] !== 'false',
    message: printable(reportedMessage(result, result.status === 'error' ? result.error.message : result.message)),
    resources: [{
      apiVersion: id.group === '' ? id.version : `${id.group}/${id.version}`, kind: id.kind,
      ...(id.namespace === undefined || id.namespace === '' ? {} : { namespace: id.namespace }), name: id.name,
    }],
    properties: { ...toProperties(result), failureAction: effectiveAction(result, mode) },
  }
}

function toProperties({ properties = {}, exceptions = [] }: RuleResult): Readonly<Record<string, JsonValue>> {
  const own = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, printable(value)]))
  return exceptions.length === 0 ? own : { ...own, exceptions: exceptions.join(',') }
}
