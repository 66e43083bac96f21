// Kyverno: api/policies.kyverno.io; Kubernetes: admissionregistration.k8s.io
import type { CelPolicy } from '../../model/cel-policy.ts'
import type { CelPolicyKind } from '../../model/policy-kind.ts'
import { parseCelPolicy } from '../parse-cel-policy.ts'
import { readPolicyDocument } from '../policy-document.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { objectField, objectsField, textField } from '../read-fields.ts'
import {
  deletingPolicySchema, generatingPolicySchema, imageValidatingPolicySchema, mutatingAdmissionPolicySchema, mutatingPolicySchema,
  validatingAdmissionPolicySchema, validatingPolicySchema,
} from '../schema/cel-schemas.ts'
import { checkSchema } from '../schema/check-schema.ts'
import type { ObjectSchema } from '../schema/schema.ts'
import { checkName } from '../validation/check-name.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'

const schemas: Readonly<Record<CelPolicyKind, ObjectSchema>> = {
  ValidatingPolicy: validatingPolicySchema,
  NamespacedValidatingPolicy: validatingPolicySchema,
  MutatingPolicy: mutatingPolicySchema,
  NamespacedMutatingPolicy: mutatingPolicySchema,
  GeneratingPolicy: generatingPolicySchema,
  NamespacedGeneratingPolicy: generatingPolicySchema,
  DeletingPolicy: deletingPolicySchema,
  NamespacedDeletingPolicy: deletingPolicySchema,
  ImageValidatingPolicy: imageValidatingPolicySchema,
  NamespacedImageValidatingPolicy: imageValidatingPolicySchema,
  ValidatingAdmissionPolicy: validatingAdmissionPolicySchema,
  MutatingAdmissionPolicy: mutatingAdmissionPolicySchema,
}

const kyvernoVersions = ['policies.kyverno.io/v1', 'policies.kyverno.io/v1beta1']
const kubernetesVersions = ['admissionregistration.k8s.io/v1', 'admissionregistration.k8s.io/v1beta1', 'admissionregistration.k8s.io/v1alpha1']

function reader(kind: CelPolicyKind, apiVersions: readonly string[]): PolicyKindReader {
  return {
    apiVersions,
    read(source, problems): CelPolicy | undefined {
      checkSchema(source.object, schemas[kind], [], (path, code, message) => problems.error(path, code, message))
      const document = readPolicyDocument(source)
      checkName(document.name, problems)
      if (document.name === '' && !problems.hasErrors) problems.error(['metadata'], 'MISSING_FIELD', 'metadata.name is missing')
      if (problems.hasErrors) return undefined
      const policy = parseCelPolicy(kind, document, objectField(source.object, 'spec') ?? {})
      checkNames(policy, problems)
      checkMutations(policy, problems)
      return problems.hasErrors ? undefined : policy
    },
  }
}

/** Names must tell entries apart: of two variables with one name the second would silently win. An API server takes them in an ImageValidatingPolicy all the same. */
function checkNames(policy: CelPolicy, problems: ProblemCollector): void {
  const report = policy.kind.endsWith('ImageValidatingPolicy') ? problems.warning.bind(problems) : problems.error.bind(problems)
  for (const field of ['matchConditions', 'variables', 'conditions', 'targetMatchConditions', 'images', 'attestors', 'attestations']) {
    const names = new Set<string>()
    objectsField(policy.spec, field).forEach((entry, index) => {
      const name = textField(entry, 'name') ?? ''
      if (names.has(name)) report(['spec', field, index, 'name'], 'INVALID_POLICY', `two entries of spec.${field} are named "${name}"`)
      names.add(name)
    })
  }
}

function checkMutations(policy: CelPolicy, problems: ProblemCollector): void {
  if (!('mutations' in policy)) return
  const used = new Set(policy.mutations.map(({ path }) => path[1]))
  objectsField(policy.spec, 'mutations').forEach((entry, index) => {
    if (used.has(index)) return
    const patchType = textField(entry, 'patchType') ?? ''
    const field = patchType === 'JSONPatch' ? 'jsonPatch' : 'applyConfiguration'
    problems.warning(['spec', 'mutations', index], 'INVALID_POLICY', `the mutation has patchType ${patchType} but no ${field}: it does nothing`)
  })
}

/** A reader for one of Kyverno's CEL kinds. The oldest version knows no kinds of namespaces. */
export function kyvernoCelPolicy(kind: CelPolicyKind): PolicyKindReader {
  return reader(kind, kind.startsWith('Namespaced') ? kyvernoVersions : [...kyvernoVersions, 'policies.kyverno.io/v1alpha1'])
}

/** A reader for one of Kubernetes' own admission policies. */
export function kubernetesPolicy(kind: CelPolicyKind): PolicyKindReader {
  return reader(kind, kubernetesVersions)
}
