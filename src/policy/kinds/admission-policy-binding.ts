// Kubernetes: admissionregistration/v1 ValidatingAdmissionPolicyBinding, MutatingAdmissionPolicyBinding
import type { AdmissionPolicyBinding, ParamRef } from '../../model/cel-policy.ts'
import type { JsonObject } from '../../model/json.ts'
import { readValidationActions } from '../parse-cel-policy.ts'
import { parseLabelSelector } from '../parse-match.ts'
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

/** Which parameters a binding, or a rule with `validate.cel.paramRef`, asks for. */
export function readParamRef(ref: JsonObject | undefined): ParamRef | undefined {
  if (ref === undefined) return undefined
  const action = textField(ref, 'parameterNotFoundAction')
  return {
    ...optional('name', textField(ref, 'name')),
    ...optional('namespace', textField(ref, 'namespace')),
    ...optional('selector', parseLabelSelector(objectField(ref, 'selector'))),
    ...(action === 'Allow' || action === 'Deny' ? { parameterNotFoundAction: action } : {}),
  }
}

export const validatingAdmissionPolicyBinding = reader('ValidatingAdmissionPolicyBinding')
export const mutatingAdmissionPolicyBinding = reader('MutatingAdmissionPolicyBinding')
