/** Policies written as rules (`kyverno.io/v1`, `v2beta1`). */
export type RulePolicyKind = 'ClusterPolicy' | 'Policy'
/** Kyverno's CEL kinds (`policies.kyverno.io`), Kubernetes' own admission policies, and their namespaced forms. */
export type CelPolicyKind =
  | 'ValidatingPolicy' | 'NamespacedValidatingPolicy' | 'MutatingPolicy' | 'NamespacedMutatingPolicy'
  | 'GeneratingPolicy' | 'NamespacedGeneratingPolicy' | 'DeletingPolicy' | 'NamespacedDeletingPolicy'
  | 'ImageValidatingPolicy' | 'NamespacedImageValidatingPolicy' | 'ValidatingAdmissionPolicy' | 'MutatingAdmissionPolicy'
export type CleanupPolicyKind = 'CleanupPolicy' | 'ClusterCleanupPolicy'
export type PolicyKind = RulePolicyKind | CelPolicyKind | CleanupPolicyKind
