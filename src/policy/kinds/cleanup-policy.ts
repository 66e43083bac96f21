// Kyverno: api/kyverno/v2/cleanup_policy_types.go
import type { CleanupPolicy } from '../../model/policy.ts'
import type { CleanupPolicyKind } from '../../model/policy-kind.ts'
import { parseContext } from '../parse-context.ts'
import { parseMatch } from '../parse-match.ts'
import { readPolicyDocument } from '../policy-document.ts'
import { field, objectField, optional, textField } from '../read-fields.ts'
import { checkSchema } from '../schema/check-schema.ts'
import { cleanupPolicySchema } from '../schema/other-schemas.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'

function reader(kind: CleanupPolicyKind): PolicyKindReader {
  return {
    apiVersions: ['kyverno.io/v2', 'kyverno.io/v2beta1'],
    read(source, problems): CleanupPolicy | undefined {
      checkSchema(source.object, cleanupPolicySchema, [], (path, code, message) => problems.error(path, code, message))
      if (problems.hasErrors) return undefined
      const spec = objectField(source.object, 'spec') ?? {}
      const exclude = objectField(spec, 'exclude')
      return {
        ...readPolicyDocument(source),
        kind,
        schedule: textField(spec, 'schedule') ?? '',
        match: parseMatch(objectField(spec, 'match') ?? {}),
        ...optional('exclude', exclude && parseMatch(exclude)),
        context: parseContext(spec),
        ...optional('conditions', field(spec, 'conditions')),
      }
    },
  }
}

export const cleanupPolicy = reader('CleanupPolicy')
export const clusterCleanupPolicy = reader('ClusterCleanupPolicy')
