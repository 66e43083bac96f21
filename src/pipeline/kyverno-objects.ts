// Kyverno: pkg/webhooks/policy (mutation of policies before 1.9), charts/kyverno: what becomes of Kyverno's own objects in a cluster
import type { GeneralPath, StateStep } from '../ignore-differences/index.ts'
import { applyKyvernoDefaults } from '../kubernetes/kyverno-defaults.ts'
import { readObjectKind } from '../kubernetes/schema/object-kind.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { Resource } from '../model/resource.ts'
import { computeRuleDocuments } from '../policy/index.ts'
import { predictAggregatedRules } from './aggregated-roles.ts'
import { injectCertificates } from './injected-certificates.ts'

/** What Kyverno, and what belongs to its installation, make of a resource besides admission. */
export interface OwnChanges {
  readonly steps: readonly StateStep[]
  readonly general: readonly GeneralPath[]
}

export interface OwnChangesOptions {
  /** `1.18`. */
  readonly kyvernoVersion: string
  /** Name each generated rule instead of all at once. */
  readonly byName: boolean
  /** What else is applied: aggregated roles are made of it. */
  readonly resources: readonly Resource[]
}

/** What runs where nobody says otherwise. */
export const latestKyverno = '1.19'

/** The answer that people know: whatever rules Kyverno wrote into a policy. */
export const generatedRules = '.spec.rules[] | select( .name | startswith("autogen-") )'

/** Predicts what happens to an object in a cluster that runs Kyverno, as steps on `object`, before the API server fills in defaults. */
export function predictOwnChanges(object: JsonObject, options: OwnChangesOptions): OwnChanges {
  const { group, kind } = readObjectKind(object)
  const steps: StateStep[] = []
  const general: GeneralPath[] = []
  let current = object
  const advance = (kindOfCause: StateStep['cause']['kind'], after: JsonObject): boolean => {
    if (after === current) return false
    steps.push({ cause: { kind: kindOfCause }, before: current, after })
    current = after
    return true
  }
  if (group === 'kyverno.io' && (kind === 'ClusterPolicy' || kind === 'Policy') && minorOf(options.kyvernoVersion) < 9) {
    if (advance('autogen', writeGeneratedRules(current)) && !options.byName) general.push({ path: { expression: generatedRules }, cause: { kind: 'autogen' } })
    advance('kyverno-default', writeEmptyBlocks(current))
  }
  advance('kyverno-default', applyKyvernoDefaults(current, options.kyvernoVersion))
  advance('aggregated-role', predictAggregatedRules(current, options.resources))
  advance('certificate', injectCertificates(current))
  return { steps, general }
}

/** The minor of Kyverno 1; very new where the version is no version. */
export function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? Infinity)
}

const annotation = 'pod-policies.kyverno.io/autogen-controllers'

/** Before 1.9 the webhook wrote the rules for Pod controllers into the policy, and which controllers it wrote them for. */
function writeGeneratedRules(policy: JsonObject): JsonObject {
  const spec = policy['spec']
  const rules = isJsonObject(spec) ? spec['rules'] : undefined
  if (!isJsonObject(spec) || !isJsonArray(rules) || !rules.every(isJsonObject)) return policy
  const metadata = isJsonObject(policy['metadata']) ? policy['metadata'] : {}
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {}
  const texts = Object.fromEntries(Object.entries(annotations).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  const computed = computeRuleDocuments(rules, texts, '').map(({ document }) => document)
  if (computed.length <= rules.length) return policy
  return {
    ...policy, metadata: { ...metadata, annotations: { [annotation]: 'DaemonSet,Deployment,Job,StatefulSet,CronJob', ...annotations } },
    spec: { ...spec, rules: computed },
  }
}

const emptyBlocks = ['exclude', 'generate', 'mutate', 'validate'] as const

/** Up to 1.8 stored rules had each block, if need be empty. */
function writeEmptyBlocks(policy: JsonObject): JsonObject {
  const spec = policy['spec']
  const rules = isJsonObject(spec) ? spec['rules'] : undefined
  if (!isJsonObject(spec) || !isJsonArray(rules)) return policy
  const filled = rules.map((rule): JsonValue => (isJsonObject(rule) ? { ...Object.fromEntries(emptyBlocks.map((block) => [block, {}])), ...rule } : rule))
  return { ...policy, spec: { ...spec, rules: filled } }
}
