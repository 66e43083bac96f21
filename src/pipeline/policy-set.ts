import type { AdmissionPolicyBinding, CelPolicyException } from '../model/cel-policy.ts'
import type { Problem } from '../model/errors.ts'
import type { Policy, PolicyException } from '../model/policy.ts'

/** Policies, exceptions and what is wrong with them, from any number of places. */
export interface PolicySet {
  readonly policies: readonly Policy[]
  readonly exceptions: readonly PolicyException[]
  readonly celExceptions: readonly CelPolicyException[]
  readonly bindings: readonly AdmissionPolicyBinding[]
  readonly problems: readonly Problem[]
}

export const emptyPolicySet: PolicySet = { policies: [], exceptions: [], celExceptions: [], bindings: [], problems: [] }

/** Puts sets together, in order. */
export function mergePolicySets(sets: readonly PolicySet[]): PolicySet {
  return {
    policies: sets.flatMap((set) => set.policies),
    exceptions: sets.flatMap((set) => set.exceptions),
    celExceptions: sets.flatMap((set) => set.celExceptions),
    bindings: sets.flatMap((set) => set.bindings),
    problems: sets.flatMap((set) => set.problems),
  }
}
