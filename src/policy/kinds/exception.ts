import { textField } from '../read-fields.ts'
import { celPolicyException } from './cel-policy-exception.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'
import { policyException as rulePolicyException } from './policy-exception.ts'

/** Two kinds share the name PolicyException: the group tells whether it is about rules or about policies in CEL. */
export const policyException: PolicyKindReader = {
  apiVersions: [...rulePolicyException.apiVersions, ...celPolicyException.apiVersions],
  read(source, problems) {
    const isCel = celPolicyException.apiVersions.includes(textField(source.object, 'apiVersion') ?? '')
    return (isCel ? celPolicyException : rulePolicyException).read(source, problems)
  },
}
