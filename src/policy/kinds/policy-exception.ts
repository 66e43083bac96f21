// Kyverno: api/kyverno/v2/policy_exception_types.go
import type { PolicyException } from '../../model/policy.ts'
import { parseMatch } from '../parse-match.ts'
import { readPolicyDocument } from '../policy-document.ts'
import { field, flagField, objectField, objectsField, optional, textField, textsField } from '../read-fields.ts'
import { checkSchema } from '../schema/check-schema.ts'
import { policyExceptionSchema } from '../schema/other-schemas.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'

export const policyException: PolicyKindReader = {
  apiVersions: ['kyverno.io/v2', 'kyverno.io/v2beta1'],
  read(source, problems): PolicyException | undefined {
    checkSchema(source.object, policyExceptionSchema, [], (path, code, message) => problems.error(path, code, message))
    if (problems.hasErrors) return undefined
    const { name, namespace = '' } = readPolicyDocument(source)
    const spec = objectField(source.object, 'spec') ?? {}
    return {
      name,
      namespace,
      exceptions: objectsField(spec, 'exceptions').map((entry) => ({
        policyName: textField(entry, 'policyName') ?? '', ruleNames: textsField(entry, 'ruleNames'),
      })),
      match: parseMatch(objectField(spec, 'match') ?? {}),
      ...optional('conditions', field(spec, 'conditions')),
      podSecurity: objectsField(spec, 'podSecurity'),
      background: flagField(spec, 'background') ?? true,
      ...optional('source', source.source),
    }
  },
}
