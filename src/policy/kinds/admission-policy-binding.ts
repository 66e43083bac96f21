// Kubernetes: admissionregistration/v1 ValidatingAdmissionPolicyBinding, MutatingAdmissionPolicyBinding
import type { AdmissionPolicyBinding } from '../../model/cel-policy.ts'
import { readParamRef, readValidationActions } from '../parse-cel-policy.ts'
import { parseMatchConstraints } from '../parse-match-constraints.ts'
import { readPolicyDocument } from '../policy-document.ts'
import { objectField, optional, textField } from '../read-fields.ts'
import { mutatingAdmissionPolicyBindingSchema, validatingAdmissionPolicyBindingSchema } from '../schema/cel-schemas.ts'
import { checkSchema } from '../schema/check-schema.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'

const apiVersions = ['admissionregistration.k8s.io/v1', 'admissionregistration.k8s.io/v1beta1', 'admissionregistration.k8s.io/v1alpha1']

function reader(kind: AdmissionPolicyBinding['kind']): PolicyKindReader {
  const schema = kind === 'ValidatingAdmissionPolicyBinding' ? validatingAdmissionPolicyBindingSchema : mutatingAdmissionPolicyBindingSchema
  return {
    apiVersions,
    read(source, problems): AdmissionPolicyBinding | undefined {
      checkSchema(source.object, schema, [], (path, code, message) => problems.error(path, code, message))
      if (problems.hasErrors) return undefined
      const spec = objectField(source.object, 'spec') ?? {}
      return {
        kind,
        name: readPolicyDocument(source).name,
        policyName: textField(spec, 'policyName') ?? '',
        ...optional('paramRef', readParamRef(objectField(spec, 'paramRef'))),
        ...optional('matchResources', parseMatchConstraints(objectField(spec, 'matchResources'))),
        validationActions: readValidationActions(spec),
        ...optional('source', source.source),
      }
    },
  }
}

export const validatingAdmissionPolicyBinding = reader('ValidatingAdmissionPolicyBinding')
export const mutatingAdmissionPolicyBinding = reader('MutatingAdmissionPolicyBinding')
