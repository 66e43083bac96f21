import type { Problem } from '../../model/errors.ts'
import type { RulePolicy } from '../../model/policy.ts'
import { ProblemCollector } from '../problem-collector.ts'
import { autogen } from './autogen.ts'
import { conditions } from './conditions.ts'
import { expressions } from './expressions.ts'
import { patches } from './patches.ts'
import { podSecurity } from './pod-security.ts'
import type { Trap } from './trap.ts'

/** What Kyverno accepts and does not do the way it reads, one file a subject. */
const traps = { autogen, conditions, expressions, patches, podSecurity } as const satisfies Record<string, Trap>

/** The traps that a policy has stepped into, as warnings with their places. */
export function findTraps(policy: RulePolicy): readonly Problem[] {
  const collector = new ProblemCollector({ object: policy.document, source: policy.source, locate: (path) => policy.locate(path) })
  for (const trap of Object.values(traps)) trap(policy, (path, code, message) => collector.warning(path, code, message))
  return collector.problems
}
