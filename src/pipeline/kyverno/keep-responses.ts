// Kyverno: cmd/cli/kubectl-kyverno/processor/policy_processor.go (which responses are kept, hasSelector)
import type { PolicyResponse } from '../../engine/index.ts'
import type { MatchConstraints, MutatingPolicy, ValidatingPolicy } from '../../model/cel-policy.ts'
import type { LabelSelector } from '../../model/label-selector.ts'
import { computeCelPolicies } from '../../policy/index.ts'

/** An ImageValidatingPolicy answers in the last of its steps; 1.19 says nothing there of what the policy does not concern, 1.18 does. */
const alwaysAnswer: ReadonlySet<PolicyResponse['step']> = new Set<PolicyResponse['step']>(['mutate', 'verifyImages', 'validate', 'validateAdmission', 'requireImages'])

export interface KeepOptions {
  /** 1.18 keeps the answers of a policy and of what autogen made of it apart; otherwise only the first counts. */
  readonly isBefore119: boolean
}

/**
 * The responses that Kyverno's command line keeps. Policies with rules and ValidatingAdmissionPolicies answer about every resource, if only with
 * nothing; others say nothing of what they do not concern, depending on the shape of their constraints.
 */
export function keepResponses(responses: readonly PolicyResponse[], { isBefore119 }: KeepOptions): readonly PolicyResponse[] {
  return responses.flatMap((response) => {
    const { policy, step, results } = response
    if (alwaysAnswer.has(step)) return [response]
    if ((step === 'validateCel' || step === 'mutateCel') && 'mode' in policy && policy.mode === 'Kubernetes' && !('mutateExisting' in policy && policy.mutateExisting)) {
      const kept = keepVariants(response, policy as ValidatingPolicy | MutatingPolicy, isBefore119)
      return isBefore119 ? kept : kept.slice(0, 1)
    }
    return results.length > 0 ? [response] : []
  })
}

/** A policy for Pods answers once for itself and once for each group of Pod controllers; an answer without results stays where the constraints are more than one plain rule. */
function keepVariants(response: PolicyResponse, policy: ValidatingPolicy | MutatingPolicy, isBefore119: boolean): readonly PolicyResponse[] {
  const generated = computeCelPolicies(policy, { isBefore119 })
  const answered = response.results.length === 0 ? undefined : generated.find(({ matchConstraints }) => isAbout(matchConstraints, response)) ?? policy
  const silent = [policy, ...generated].filter((one) => one !== answered && one.matchConstraints !== undefined && !isPlain(one.matchConstraints))
  return [...answered === undefined ? [] : [response], ...silent.map((): PolicyResponse => ({ ...response, results: [] }))]
}

/** What autogen made names the plurals of Pod controllers, nothing else. */
function isAbout(constraints: MatchConstraints | undefined, { resource }: PolicyResponse): boolean {
  const plural = `${resource?.id.kind.toLowerCase()}s`
  return constraints?.resourceRules.some(({ resources }) => resources.includes(plural)) === true
}

/** Kyverno's `hasSelector`, which means the opposite of its name. */
function isPlain({ resourceRules, excludeResourceRules, namespaceSelector, objectSelector }: MatchConstraints): boolean {
  return isEmpty(namespaceSelector) && isEmpty(objectSelector) && excludeResourceRules.length === 0 && resourceRules.length === 1 && resourceRules[0]?.resourceNames.length === 0
}

function isEmpty(selector: LabelSelector | undefined): boolean {
  return Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0
}
