import type { PolicyKind } from '../../model/policy-kind.ts'
import { kubernetesPolicy, kyvernoCelPolicy } from './cel-policy.ts'
import { cleanupPolicy, clusterCleanupPolicy } from './cleanup-policy.ts'
import { policyException } from './policy-exception.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'
import { clusterPolicy, namespacedPolicy } from './rule-policy.ts'

/** Every kind of document that is a policy or an exception from one. */
export const policyKinds = {
  ClusterPolicy: clusterPolicy,
  Policy: namespacedPolicy,
  PolicyException: policyException,
  CleanupPolicy: cleanupPolicy,
  ClusterCleanupPolicy: clusterCleanupPolicy,
  ValidatingPolicy: kyvernoCelPolicy('ValidatingPolicy'),
  NamespacedValidatingPolicy: kyvernoCelPolicy('NamespacedValidatingPolicy'),
  MutatingPolicy: kyvernoCelPolicy('MutatingPolicy'),
  NamespacedMutatingPolicy: kyvernoCelPolicy('NamespacedMutatingPolicy'),
  GeneratingPolicy: kyvernoCelPolicy('GeneratingPolicy'),
  NamespacedGeneratingPolicy: kyvernoCelPolicy('NamespacedGeneratingPolicy'),
  DeletingPolicy: kyvernoCelPolicy('DeletingPolicy'),
  NamespacedDeletingPolicy: kyvernoCelPolicy('NamespacedDeletingPolicy'),
  ImageValidatingPolicy: kyvernoCelPolicy('ImageValidatingPolicy'),
  NamespacedImageValidatingPolicy: kyvernoCelPolicy('NamespacedImageValidatingPolicy'),
  ValidatingAdmissionPolicy: kubernetesPolicy('ValidatingAdmissionPolicy'),
  MutatingAdmissionPolicy: kubernetesPolicy('MutatingAdmissionPolicy'),
} as const satisfies Record<PolicyKind | 'PolicyException', PolicyKindReader>
