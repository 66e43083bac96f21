import type { AdmissionPolicyBinding, CelPolicyException } from '../model/cel-policy.ts'
import type { Problem } from '../model/errors.ts'
import type { KyvernoConfiguration } from '../model/kyverno-configuration.ts'
import type { Policy, PolicyException } from '../model/policy.ts'

/** Policies, exceptions and what is wrong with them, from any number of places. */
export interface PolicySet {
  readonly policies: readonly Policy[]
  readonly exceptions: readonly PolicyException[]
  readonly celExceptions: readonly CelPolicyException[]
  readonly bindings: readonly AdmissionPolicyBinding[]
  /** Only of what was named as policies: a change to what is checked must not open the gate for itself. */
  readonly configurations: readonly KyvernoConfiguration[]
  readonly problems: readonly Problem[]
}

export const emptyPolicySet: PolicySet = { policies: [], exceptions: [], celExceptions: [], bindings: [], configurations: [], problems: [] }

/** Puts sets together, in order. */
export function mergePolicySets(sets: readonly PolicySet[]): PolicySet {
  return {
    policies: sets.flatMap((set) => set.policies),
    exceptions: sets.flatMap((set) => set.exceptions),
    celExceptions: sets.flatMap((set) => set.celExceptions),
    bindings: sets.flatMap((set) => set.bindings),
    configurations: sets.flatMap((set) => set.configurations),
    problems: sets.flatMap((set) => set.problems),
  }
}

/** What is left alone must not look like what passes. */
export function describeConfigurations({ configurations }: PolicySet): readonly string[] {
  return configurations.map(({ source }) => `${source?.file ?? "Kyverno's ConfigMap"} says what Kyverno leaves alone: such resources are not evaluated`)
}
