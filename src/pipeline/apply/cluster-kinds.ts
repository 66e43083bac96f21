// Kyverno: cmd/cli/kubectl-kyverno/utils/common/fetch.go (extractResourcesFromPolicies)
import type { KindTable } from '../../kubernetes/kinds.ts'
import type { MatchConstraints } from '../../model/cel-policy.ts'
import type { Policy } from '../../model/policy.ts'
import { computeCelPolicies, computeRules } from '../../policy/index.ts'
import type { PolicySet } from '../policy-set.ts'
import type { ClusterKind } from './apply-options.ts'

/** The kinds that policies are about; those of a cluster are asked for, and no others. */
export function listClusterKinds({ policies }: Pick<PolicySet, 'policies'>, kinds: KindTable): readonly ClusterKind[] {
  const found = new Map<string, ClusterKind>()
  for (const kind of policies.flatMap((policy) => kindsOf(policy, kinds))) found.set(`${kind.group}/${kind.version}/${kind.kind}`, kind)
  return [...found.values()]
}

function kindsOf(policy: Policy, kinds: KindTable): readonly ClusterKind[] {
  switch (policy.kind) {
    case 'ClusterPolicy': case 'Policy':
      return computeRules(policy, '').flatMap(({ match }) => match.filters.flatMap((filter) => filter.kinds)).map(readKind)
    case 'CleanupPolicy': case 'ClusterCleanupPolicy': return policy.match.filters.flatMap((filter) => filter.kinds).map(readKind)
    case 'ValidatingPolicy': case 'NamespacedValidatingPolicy': case 'MutatingPolicy': case 'NamespacedMutatingPolicy':
    case 'ImageValidatingPolicy': case 'NamespacedImageValidatingPolicy':
      return [policy, ...computeCelPolicies(policy, { isBefore119: false })].flatMap(({ matchConstraints }) => constrainedKinds(matchConstraints, kinds))
    default: return constrainedKinds(policy.matchConstraints, kinds)
  }
}

/** `Pod`, `apps/v1/Deployment`; subresources cannot be listed, and count as their kind. */
function readKind(text: string): ClusterKind {
  const parts = text.split('/')
  const version = parts.findIndex((part) => /^(?:v\d+(?:(?:alpha|beta)\d+)?|\*)$/.test(part))
  const kind = (version < 0 ? parts[0] : parts[version + 1]) ?? '*'
  return { group: version > 0 ? parts.slice(0, version).join('/') : '*', version: (version < 0 ? undefined : parts[version]) ?? '*', kind: kind.split('.')[0] ?? '*' }
}

function constrainedKinds(constraints: MatchConstraints | undefined, kinds: KindTable): readonly ClusterKind[] {
  return (constraints?.resourceRules ?? []).flatMap(({ apiGroups, apiVersions, resources }) => apiGroups.flatMap((group) => apiVersions.flatMap((version) => resources.flatMap((resource) => {
    const plural = resource.split('/')[0] ?? '*'
    if (plural === '*') return [{ group, version, kind: '*' }]
    const facts = kinds.findByPlural(group, plural) ?? [...kinds.all()].find((one) => one.plural === plural)
    return facts === undefined ? [] : [{ group, version, kind: facts.kind }]
  }))))
}
