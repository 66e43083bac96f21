// Kyverno: cmd/cli/kubectl-kyverno/report/report.go, pkg/utils/report/results.go
import type { ApplyCounting, ApplyReport, ApplyResponse } from '../../model/apply-report.ts'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import type { Resource } from '../../model/resource.ts'
import type { RuleResult, Status } from '../../model/result.ts'
import { formatYaml } from '../../manifest/index.ts'
import { printableJson } from '../../values/printable.ts'
import { reportedMessage } from '../reported-message.ts'
import { isUnscored, writtenStatus } from './count-results.ts'

export interface ReportOptions extends ApplyCounting {
  readonly format: 'yaml' | 'json'
  /** Seconds since 1970. */
  readonly timestamp: number
}

/**
 * Reports of the OpenReports API: one for all policies of the cluster and one for each policy of a namespace. Several are YAML documents, or a JSON list:
 * Kyverno writes `---` between JSON, and a kind that the API does not have.
 */
export function formatReports(report: ApplyReport, options: ReportOptions): string {
  const reports = listReports(report, options)
  if (options.format === 'yaml') return reports.map((one, index) => `${index > 0 || (options.compat && isNamespaced(one)) ? '---\n' : ''}${formatYaml(one, { sortKeys: options.compat })}${options.compat ? '\n' : ''}`).join('')
  if (options.compat) return reports.map((one) => `${isNamespaced(one) ? '---\n' : ''}${printableJson(one)}\n`).join('')
  const [only, ...others] = reports
  return `${printableJson(only !== undefined && others.length === 0 ? only : { apiVersion: 'v1', kind: 'List', items: reports }, 2)}\n`
}

function isNamespaced({ kind }: JsonObject): boolean {
  return kind !== 'ClusterReport'
}

function listReports({ responses }: ApplyReport, options: ReportOptions): readonly JsonObject[] {
  const itemsOf = (response: ApplyResponse): readonly JsonObject[] => response.results.map((result) => toItem(response, result, options))
  const isNamespaced = ({ policy }: ApplyResponse): boolean => (policy.namespace ?? '') !== ''
  const clustered = responses.filter((response) => !isNamespaced(response)).flatMap(itemsOf)
  const namespaced = new Map<unknown, { readonly metadata: JsonObject; readonly items: JsonObject[] }>()
  for (const response of responses.filter((one) => isNamespaced(one) && one.results.length > 0)) {
    const { name, namespace = '' } = response.policy
    // Kyverno writes a report for each resource that the policy of a namespace is about.
    const key = options.compat ? response : `${namespace}/${name}`
    const report = namespaced.get(key) ?? { metadata: { name, namespace }, items: [] }
    namespaced.set(key, report)
    report.items.push(...itemsOf(response))
  }
  return [
    ...(clustered.length === 0 && (options.compat || namespaced.size > 0) ? [] : [makeReport('ClusterReport', { name: 'merged' }, clustered)]),
    ...[...namespaced.values()].map(({ metadata, items }) => makeReport(options.compat ? 'PolicyReport' : 'Report', metadata, items)),
  ]
}

function makeReport(kind: string, metadata: JsonObject, items: readonly JsonObject[]): JsonObject {
  const summary: Record<Status, number> = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 }
  for (const item of items) summary[item['result'] as Status] += 1
  return { kind, apiVersion: 'openreports.io/v1alpha1', metadata, source: '', summary, results: items }
}

const sources: Readonly<Record<string, string>> = {
  ValidatingPolicy: 'KyvernoValidatingPolicy', NamespacedValidatingPolicy: 'KyvernoValidatingPolicy',
  MutatingPolicy: 'KyvernoMutatingPolicy', NamespacedMutatingPolicy: 'KyvernoMutatingPolicy',
  GeneratingPolicy: 'KyvernoGeneratingPolicy', NamespacedGeneratingPolicy: 'KyvernoGeneratingPolicy',
  ImageValidatingPolicy: 'KyvernoImageValidatingPolicy', NamespacedImageValidatingPolicy: 'KyvernoImageValidatingPolicy',
  ValidatingAdmissionPolicy: 'ValidatingAdmissionPolicy', MutatingAdmissionPolicy: 'MutatingAdmissionPolicy',
}

const severities: ReadonlySet<string> = new Set(['critical', 'high', 'medium', 'low', 'info'])

function toItem(response: ApplyResponse, result: RuleResult, options: ReportOptions): JsonObject {
  const { policy, process, resource } = response
  const { annotations, kind } = policy
  const isAdmissionPolicy = kind === 'ValidatingAdmissionPolicy' || kind === 'MutatingAdmissionPolicy'
  const name = policy.namespace === undefined || policy.namespace === '' ? policy.name : `${policy.namespace}/${policy.name}`
  const properties = { ...result.properties, ...(result.exceptions === undefined ? {} : { exceptions: result.exceptions.map((key) => key.slice(key.indexOf('/') + 1)).join(',') }) }
  return {
    source: sources[kind] ?? 'kyverno',
    policy: isAdmissionPolicy && result.rule !== '' ? result.rule : name,
    ...(result.rule === '' ? {} : { rule: result.rule }), ...describePolicy(annotations),
    timestamp: { seconds: options.timestamp, nanos: 0 },
    result: writtenStatus(response, result, options), ...(isUnscored(annotations) ? {} : { scored: true }),
    resources: [toReference(resource)],
    ...messageOf(result), properties: { ...properties, process },
  }
}

function describePolicy(annotations: Readonly<Record<string, string>>): JsonObject {
  const category = annotations['policies.kyverno.io/category'] ?? ''
  const severity = annotations['policies.kyverno.io/severity'] ?? ''
  return { ...(category === '' ? {} : { category }), ...(severities.has(severity) ? { severity } : {}) }
}

/** Kubernetes' ObjectReference: what is empty is left out. */
function toReference({ id: { group, version, kind, namespace = '', name }, object }: Resource): JsonObject {
  const apiVersion = group === '' ? version : `${group}/${version}`
  const fields = Object.entries({ kind, namespace, name, apiVersion }).filter(([, text]) => text !== '')
  return { ...Object.fromEntries(fields), ...identity(object) }
}

function messageOf(result: RuleResult): JsonObject {
  const message = reportedMessage(result, result.message === '' && result.status === 'error' ? result.error.message : result.message)
  return message === '' ? {} : { message }
}

/** What a cluster gave the object. */
function identity({ metadata }: JsonObject): JsonObject {
  const { uid, resourceVersion } = (typeof metadata === 'object' && metadata !== null ? metadata : {}) as { readonly uid?: JsonValue; readonly resourceVersion?: JsonValue }
  return { ...(typeof uid === 'string' ? { uid } : {}), ...(typeof resourceVersion === 'string' ? { resourceVersion } : {}) }
}
