// Kyverno: cmd/cli/kubectl-kyverno/commands/apply/print.go (printExceptions)
import type { ApplyCounting, ApplyReport, ApplyResponse } from '../../model/apply-report.ts'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import type { RuleResult } from '../../model/result.ts'
import { formatYaml } from '../../manifest/index.ts'
import { printableJson } from '../../values/printable.ts'
import { reportedStatus } from './count-results.ts'

export interface ExceptionOptions extends ApplyCounting {
  readonly format: 'yaml' | 'json'
  /** Go's duration of their life, `720h0m0s`; empty for ever. */
  readonly ttl: string
}

/** A PolicyException for each failure of a policy of the cluster. */
export function formatExceptions({ responses }: ApplyReport, options: ExceptionOptions): string {
  const exceptions = responses.filter(({ policy }) => policy.namespace === undefined || policy.namespace === '')
    .flatMap((response) => response.results.filter((result) => reportedStatus(result, options) === 'fail').map((result) => toException(response, result, options.ttl)))
  if (options.format === 'yaml') return exceptions.map((one) => `---\n${formatYaml(one)}\n`).join('')
  if (options.compat) return exceptions.map((one) => `---\n${printableJson(one)}\n`).join('')
  return `${printableJson({ apiVersion: 'v1', kind: 'List', items: exceptions }, 2)}\n`
}

function toException({ policy, resource: { id } }: ApplyResponse, result: RuleResult, ttl: string): JsonObject {
  const { kinds, rules, isTemplate } = describeScope(id.kind, result.rule)
  const podSecurity = readControls(result.properties?.['controlsJSON'])
  return {
    apiVersion: 'kyverno.io/v2beta1', kind: 'PolicyException',
    metadata: { name: [policy.name, result.rule, id.namespace ?? '', id.name].join('-'), ...(ttl === '' ? {} : { labels: { 'cleanup.kyverno.io/ttl': ttl } }) },
    spec: {
      exceptions: [{ policyName: policy.name, ruleNames: rules }],
      match: { all: [{ resources: { kinds, names: isTemplate ? [id.name, `${id.name}-*`] : [id.name], namespaces: [id.namespace ?? ''] } }] },
      ...(podSecurity.length === 0 ? {} : { podSecurity }),
    },
  }
}

/** What a controller makes has to be exempt too. */
function describeScope(kind: string, rule: string): { readonly kinds: readonly string[]; readonly rules: readonly string[]; readonly isTemplate: boolean } {
  if (!rule.startsWith('autogen-')) return { kinds: [kind], rules: [rule], isTemplate: false }
  if (kind !== 'CronJob') return { kinds: [kind, 'Pod'], rules: [rule, rule.slice('autogen-'.length)], isTemplate: true }
  return { kinds: [kind, 'Job', 'Pod'], rules: [rule, rule.replaceAll('autogen-cronjob-', 'autogen-'), rule.slice('autogen-cronjob-'.length)], isTemplate: true }
}

function readControls(text: string | undefined): readonly JsonObject[] {
  if (text === undefined) return []
  const controls = JSON.parse(text) as readonly { readonly Name: string; readonly Images: readonly string[] | null }[]
  return controls.map(({ Name: controlName, Images: images }): JsonObject => ({
    controlName, ...(images === null ? {} : { images: images.map((image): JsonValue => image.replace(/:.*|@.*/, '*')) }),
  }))
}
