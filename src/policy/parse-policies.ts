import type { Problem } from '../model/errors.ts'
import type { AdmissionPolicyBinding, CelPolicyException } from '../model/cel-policy.ts'
import type { Policy, PolicyException } from '../model/policy.ts'
import type { KyvernoConfiguration } from '../model/kyverno-configuration.ts'
import { policyKinds } from './kinds/index.ts'
import type { PolicyKindReader, PolicyLike } from './kinds/policy-kind-reader.ts'
import { readKyvernoConfiguration } from './kyverno-configuration.ts'
import type { PolicySource } from './policy-source.ts'
import { ProblemCollector } from './problem-collector.ts'
import { textField } from './read-fields.ts'
import { closestName } from '../values/closest-name.ts'

/** What a set of documents says about policies. */
export interface ParsedPolicies {
  readonly policies: readonly Policy[]
  readonly exceptions: readonly PolicyException[]
  /** What only policies in CEL know: their exceptions and bindings. */
  readonly celExceptions: readonly CelPolicyException[]
  readonly bindings: readonly AdmissionPolicyBinding[]
  /** What keeps requests from all policies: Kyverno's ConfigMap. */
  readonly configurations: readonly KyvernoConfiguration[]
  readonly problems: readonly Problem[]
}

/** Kyverno's kinds that are no policies: they are resources like any other. */
const otherKinds = new Set(['GlobalContextEntry', 'UpdateRequest', 'AdmissionReport', 'ClusterAdmissionReport', 'BackgroundScanReport',
  'ClusterBackgroundScanReport', 'EphemeralReport', 'ClusterEphemeralReport', 'PolicyReport', 'ClusterPolicyReport', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'List'])

const groups = new Set(['kyverno.io', 'policies.kyverno.io', 'admissionregistration.k8s.io'])

/**
 * Finds the policies and exceptions among documents. A document of another group is no policy and is passed over; a policy that
 * Kyverno would reject is left out, with problems that say why.
 */
export function parsePolicies(documents: readonly PolicySource[]): ParsedPolicies {
  const found: PolicyLike[] = []
  const configurations: KyvernoConfiguration[] = []
  const problems: Problem[] = []
  for (const source of documents) {
    const collector = new ProblemCollector(source)
    const configuration = readKyvernoConfiguration(source, collector)
    if (configuration !== undefined) configurations.push(configuration)
    const policy = findReader(source, collector)?.read(source, collector)
    problems.push(...collector.problems)
    if (policy !== undefined) found.push(policy)
  }
  return {
    policies: found.filter((one) => 'document' in one),
    exceptions: found.filter((one) => 'exceptions' in one),
    celExceptions: found.filter((one) => 'policyRefs' in one),
    bindings: found.filter((one) => 'policyName' in one),
    configurations,
    problems,
  }
}

/** Tells whether a document claims to be a policy or an exception from one. */
export function isPolicyDocument(source: Pick<PolicySource, 'object'>): boolean {
  const kind = textField(source.object, 'kind') ?? ''
  return groups.has(groupOf(source)) && Object.hasOwn(policyKinds, kind)
}

function groupOf(source: Pick<PolicySource, 'object'>): string {
  return (textField(source.object, 'apiVersion') ?? '').split('/')[0] ?? ''
}

function findReader(source: PolicySource, problems: ProblemCollector): PolicyKindReader | undefined {
  const kind = textField(source.object, 'kind') ?? ''
  const apiVersion = textField(source.object, 'apiVersion') ?? ''
  if (!groups.has(groupOf(source)) || otherKinds.has(kind)) return undefined
  const reader = Object.hasOwn(policyKinds, kind) ? policyKinds[kind as keyof typeof policyKinds] : undefined
  if (reader === undefined) {
    const close = closestName(kind, Object.keys(policyKinds))
    const suggestion = close === undefined ? '' : `; did you mean "${close}"?`
    // An unknown kind of Kubernetes' own group is a resource; one of Kyverno's groups is a policy that would silently not apply.
    if (groupOf(source) !== 'admissionregistration.k8s.io') problems.error(['kind'], 'UNKNOWN_KIND', `unknown kind "${kind}" of ${apiVersion}${suggestion}`)
    return undefined
  }
  if (reader.apiVersions.includes(apiVersion)) return reader
  problems.error(['apiVersion'], 'UNKNOWN_VERSION', `${kind} has no version "${apiVersion}"; known are ${reader.apiVersions.join(', ')}`)
  return undefined
}
