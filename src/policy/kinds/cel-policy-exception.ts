// Kyverno: api/policies.kyverno.io/v1beta1/policy_exception_types.go
import type { CelPolicyException } from '../../model/cel-policy.ts'
import { readNamedExpressions } from '../parse-cel-policy.ts'
import { readPolicyDocument } from '../policy-document.ts'
import { objectField, objectsField, optional, textField, textsField } from '../read-fields.ts'
import { celExceptionSchema } from '../schema/cel-schemas.ts'
import { checkSchema } from '../schema/check-schema.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'

export const celPolicyException: PolicyKindReader = {
  apiVersions: ['policies.kyverno.io/v1', 'policies.kyverno.io/v1beta1', 'policies.kyverno.io/v1alpha1'],
  read(source, problems): CelPolicyException | undefined {
    checkSchema(source.object, celExceptionSchema, [], (path, code, message) => problems.error(path, code, message))
    if (problems.hasErrors) return undefined
    const { name, namespace = '', labels } = readPolicyDocument(source)
    const spec = objectField(source.object, 'spec') ?? {}
    return {
      name, namespace, labels,
      policyRefs: objectsField(spec, 'policyRefs').map((ref) => ({ name: textField(ref, 'name') ?? '', kind: textField(ref, 'kind') ?? '' })),
      matchConditions: readNamedExpressions(spec, 'matchConditions'),
      images: textsField(spec, 'images'),
      allowedValues: textsField(spec, 'allowedValues'),
      reportResult: textField(spec, 'reportResult') === 'pass' ? 'pass' : 'skip',
      ...optional('source', source.source),
      locate: (path) => source.locate(path),
    }
  },
}
