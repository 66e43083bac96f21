import type { Problem } from '../model/errors.ts'
import type { Policy, PolicyException } from '../model/policy.ts'

/** Policies, exceptions and what is wrong with them, from any number of places. */
export interface PolicySet {
  readonly policies: readonly Policy[]
  readonly exceptions: readonly PolicyException[]
  readonly problems: readonly Problem[]
}

export const emptyPolicySet: PolicySet = { policies: [], exceptions: [], problems: [] }

/** Puts sets together, in order. */
export function mergePolicySets(sets: readonly PolicySet[]): PolicySet {
  return {
    policies: sets.flatMap((set) => set.policies),
    exceptions: sets.flatMap((set) => set.exceptions),
    problems: sets.flatMap((set) => set.problems),
  }
}
