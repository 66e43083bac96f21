import type { AdmissionPolicyBinding } from '../../model/cel-policy.ts'
import type { PolicyKind } from '../../model/policy-kind.ts'
import { mutatingAdmissionPolicyBinding, validatingAdmissionPolicyBinding } from './admission-policy-binding.ts'
import { kubernetesPolicy, kyvernoCelPolicy } from './cel-policy.ts'
import { cleanupPolicy, clusterCleanupPolicy } from './cleanup-policy.ts'
import { policyException } from './exception.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'
import { clusterPolicy, namespacedPolicy } from './rule-policy.ts'

/** Every kind of document that is a policy, an exception from one, or puts one into force. */
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
  ValidatingAdmissionPolicyBinding: validatingAdmissionPolicyBinding,
  MutatingAdmissionPolicyBinding: mutatingAdmissionPolicyBinding,
} as const satisfies Record<PolicyKind | 'PolicyException' | AdmissionPolicyBinding['kind'], PolicyKindReader>
