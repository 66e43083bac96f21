import type { Report } from '../model/report.ts'
import { compilePolicies } from './evaluate.ts'
import { toPolicyRef } from './policy-ref.ts'
import { loadPolicies, type LoadPoliciesOptions } from './load-policies.ts'

/** Loads and compiles policies and reports what is wrong with them; there are no results, because nothing is evaluated. */
export async function lintPolicies(sources: readonly string[], options: LoadPoliciesOptions): Promise<Report> {
  const set = await loadPolicies(sources, options)
  const { problems } = await compilePolicies(set)
  const policies = set.policies.map(toPolicyRef)
  return { results: [], problems: [...set.problems, ...problems], sources: [], policies, resourceCount: 0, notices: [] }
}
