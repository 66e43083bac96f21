import type { KindTable } from '../../kubernetes/kinds.ts'
import type { SchemaCatalog } from '../../kubernetes/schema/schema-catalog.ts'
import type { AdmissionPolicyBinding, CelPolicyException } from '../../model/cel-policy.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Environment } from '../environment.ts'
import type { KyvernoVersion } from './environments.ts'

/** What policies in CEL are compiled with. */
export interface CelOptions {
  readonly semantics: Environment['semantics']
  readonly exceptions?: readonly CelPolicyException[]
  readonly bindings?: readonly AdmissionPolicyBinding[]
  /** Candidates for the parameters of bindings, as `kyverno apply --parameter-resource`; absent: parameters are looked up. */
  readonly parameters?: readonly JsonObject[]
  /** The release whose answers are wanted where releases differ; the newest where absent. */
  readonly kyvernoVersion?: KyvernoVersion
  readonly kinds?: KindTable
  readonly schemas?: SchemaCatalog
}
