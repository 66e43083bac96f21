// Kyverno: pkg/engine/mutation.go, pkg/engine/handlers/mutation/mutate_resource.go
import type { RuleBody } from '../../../model/rule.ts'
import { diffJson } from '../../../patch/diff-json.ts'
import type { RuleOutcome } from '../outcome.ts'
import type { RuleCompiler, RuleHandler } from '../rule-compiler.ts'
import { describeMutated } from './describe-mutated.ts'
import { compileMutateExisting } from './mutate-existing.ts'
import { compileMutator } from './mutate-object.ts'
import type { Mutator } from './mutation.ts'

/** Prepares a mutate rule: it changes the resource at hand, or others that exist already. */
export const compileMutate: RuleCompiler = (rule, policy) => {
  if (rule.body.type !== 'mutate') return undefined
  const mutate = compileMutator(rule, rule.body, { policyNamespace: policy.namespace ?? '' })
  return isAboutOthers(rule.body) ? compileMutateExisting(rule.body, policy, mutate) : { mutate: mutateTrigger(mutate) }
}

function isAboutOthers({ targets }: Extract<RuleBody, { type: 'mutate' }>): boolean {
  return targets.length > 0
}

function mutateTrigger(mutate: Mutator): RuleHandler {
  return {
    evaluate(run): RuleOutcome | undefined {
      const before = run.fields.state.current?.resource.object
      if (before === undefined) return undefined
      const mutation = mutate(run, before)
      if (mutation.status === 'skip') return mutation
      if (mutation.status === 'error') return { ...mutation, losesObject: true }
      return { status: 'pass', message: describeMutated(mutation.object), changes: diffJson(before, mutation.object), object: mutation.object }
    },
  }
}
