import type { Report } from '../model/report.ts'
import { findTraps } from '../policy/index.ts'
import { compilePolicies } from './evaluate.ts'
import { toPolicyRef } from './policy-ref.ts'
import { loadPolicies, type LoadPoliciesOptions } from './load-policies.ts'

/** Loads and compiles policies and reports what is wrong with them; there are no results, because nothing is evaluated. */
export async function lintPolicies(sources: readonly string[], options: LoadPoliciesOptions): Promise<Report> {
  const set = await loadPolicies(sources, options)
  const { problems } = await compilePolicies(set)
  const policies = set.policies.map(toPolicyRef)
  const traps = set.policies.flatMap((policy) => (policy.kind === 'ClusterPolicy' || policy.kind === 'Policy' ? findTraps(policy) : []))
  return { results: [], problems: [...set.problems, ...problems, ...traps], sources: [], policies, resourceCount: 0, notices: [] }
}
