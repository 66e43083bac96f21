import type { Resource, Trigger } from '../model/resource.ts'
import { deepEquals } from '../values/equality.ts'
import type { Environment } from './environment.ts'
import { evaluatePolicies } from './evaluate-policies.ts'
import type { CelStep, CompiledPolicy, Step } from './step.ts'

const mutatingSteps = ['mutateAdmission', 'mutate', 'mutateCel', 'verifyImages', 'verifyImagesCel'] as const satisfies readonly (Step | CelStep)[]

/**
 * Whether a policy leaves alone what it changed itself: mutating the resource twice gives what mutating it once gives. One that does not settle changes
 * the resource again each time it is applied, and a GitOps controller never comes to rest.
 */
export function settles(policy: CompiledPolicy, trigger: Trigger, environment: Environment): boolean {
  const once = mutate(policy, trigger, environment)
  if (once === trigger.resource) return true
  return deepEquals(mutate(policy, { ...trigger, resource: once }, environment).object, once.object)
}

/** The resource after the policy's mutations alone; the very same where there are none. */
function mutate(policy: CompiledPolicy, trigger: Trigger, environment: Environment): Resource {
  return evaluatePolicies(mutatingPart(policy), trigger, environment).resource
}

/** Made once a policy, like everything that is compiled. */
const parts = new WeakMap<CompiledPolicy, readonly CompiledPolicy[]>()

function mutatingPart(policy: CompiledPolicy): readonly CompiledPolicy[] {
  let part = parts.get(policy)
  if (part === undefined) {
    const steps = Object.fromEntries(mutatingSteps.flatMap((step) => (policy.steps[step] === undefined ? [] : [[step, policy.steps[step]]])))
    parts.set(policy, part = [{ ...policy, steps }])
  }
  return part
}
