// Kyverno: api/policies.kyverno.io; Kubernetes: admissionregistration.k8s.io
import type { CelPolicy } from '../../model/policy.ts'
import type { CelPolicyKind } from '../../model/policy-kind.ts'
import { readPolicyDocument } from '../policy-document.ts'
import { objectField } from '../read-fields.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'

const kyvernoVersions = ['policies.kyverno.io/v1', 'policies.kyverno.io/v1beta1', 'policies.kyverno.io/v1alpha1']
const kubernetesVersions = ['admissionregistration.k8s.io/v1', 'admissionregistration.k8s.io/v1beta1', 'admissionregistration.k8s.io/v1alpha1']

function reader(kind: CelPolicyKind, apiVersions: readonly string[]): PolicyKindReader {
  return {
    apiVersions,
    read(source, problems): CelPolicy | undefined {
      const spec = objectField(source.object, 'spec')
      const document = readPolicyDocument(source)
      if (document.name === '') problems.error(['metadata'], 'MISSING_FIELD', 'metadata.name is missing')
      if (spec === undefined) problems.error([], 'MISSING_FIELD', 'spec is missing')
      return spec === undefined || problems.hasErrors ? undefined : { ...document, kind, spec }
    },
  }
}

/** A reader for one of Kyverno's CEL kinds. */
export function kyvernoCelPolicy(kind: CelPolicyKind): PolicyKindReader {
  return reader(kind, kyvernoVersions)
}

/** A reader for one of Kubernetes' own admission policies. */
export function kubernetesPolicy(kind: CelPolicyKind): PolicyKindReader {
  return reader(kind, kubernetesVersions)
}
