import type { AdmissionPolicyBinding, CelPolicyException } from '../../model/cel-policy.ts'
import type { Policy, PolicyException } from '../../model/policy.ts'
import type { PolicySource } from '../policy-source.ts'
import type { ProblemCollector } from '../problem-collector.ts'

/** What a document can turn out to be. */
export type PolicyLike = Policy | PolicyException | CelPolicyException | AdmissionPolicyBinding

/** Reads one kind of policy document. */
export interface PolicyKindReader {
  readonly apiVersions: readonly string[]
  /** Reports what is wrong; returns nothing where the document cannot be used. */
  read(source: PolicySource, problems: ProblemCollector): PolicyLike | undefined
}
