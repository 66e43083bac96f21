import { compilePolicy, loadCelPolicies, needsCel, type CelOptions, type CompiledPolicy } from '../../engine/index.ts'
import type { KindTable } from '../../kubernetes/kinds.ts'
import { schemaCatalog, withCustomResources } from '../../kubernetes/schema/schema-catalog.ts'
import type { JsonObject } from '../../model/json.ts'
import type { PolicySet } from '../policy-set.ts'

export interface CompileOptions {
  readonly semantics: 'cli' | 'cluster'
  /** The release whose answers are wanted where releases differ. */
  readonly kyvernoVersion?: NonNullable<CelOptions['kyvernoVersion']>
  readonly kinds: KindTable
  /** Candidates for the parameters of admission policies. */
  readonly parameters: readonly JsonObject[]
  /** CustomResourceDefinitions: what is known of the fields of their kinds. */
  readonly definitions: readonly JsonObject[]
}

/** Compiles the policies of a run; what evaluates CEL is loaded only where one needs it. */
export async function compileCliPolicies(set: Pick<PolicySet, 'policies' | 'celExceptions' | 'bindings'>, { definitions, ...options }: CompileOptions): Promise<readonly CompiledPolicy[]> {
  const cel = set.policies.some(needsCel)
    ? (await loadCelPolicies()).createCelCompiler({ ...options, ...(definitions.length === 0 ? {} : { schemas: withCustomResources(schemaCatalog(), definitions) }), exceptions: set.celExceptions, bindings: set.bindings })
    : undefined
  return set.policies.map((policy) => compilePolicy(policy, cel))
}
