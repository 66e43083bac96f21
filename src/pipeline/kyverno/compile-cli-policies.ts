import { compilePolicy, loadCelPolicies, needsCel, type CompiledPolicy } from '../../engine/index.ts'
import type { KindTable } from '../../kubernetes/kinds.ts'
import type { JsonObject } from '../../model/json.ts'
import type { PolicySet } from '../policy-set.ts'

export interface CompileOptions {
  readonly semantics: 'cli' | 'cluster'
  readonly kinds: KindTable
  /** Candidates for the parameters of admission policies. */
  readonly parameters: readonly JsonObject[]
}

/** Compiles the policies of a run; what evaluates CEL is loaded only where one needs it. */
export async function compileCliPolicies(set: Pick<PolicySet, 'policies' | 'celExceptions' | 'bindings'>, options: CompileOptions): Promise<readonly CompiledPolicy[]> {
  const cel = set.policies.some(needsCel)
    ? (await loadCelPolicies()).createCelCompiler({ ...options, exceptions: set.celExceptions, bindings: set.bindings })
    : undefined
  return set.policies.map((policy) => compilePolicy(policy, cel))
}
