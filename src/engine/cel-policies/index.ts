import type { CelPolicy } from '../../model/cel-policy.ts'
import type { CelPolicyKind } from '../../model/policy-kind.ts'
import type { CelCompiler } from '../cel-compiler.ts'
import type { CompiledPolicy } from '../step.ts'
import { compileAdmissionPolicy } from './admission-policy.ts'
import type { CelOptions } from './cel-options.ts'
import { compileDeletingPolicy } from './deleting-policy.ts'
import { compileGeneratingPolicy } from './generating-policy.ts'
import { compileImageValidatingPolicy } from './image-validating-policy.ts'
import { makeCelTools, type CelTools } from './kyverno-policy.ts'
import { compileMutatingPolicy } from './mutating-policy.ts'
import { compileRuleCel, compileWebhookConditions, findRuleProblems } from './rule-cel.ts'
import { compileValidatingPolicy } from './validating-policy.ts'

type PolicyOf<Kind extends CelPolicyKind, Policy = CelPolicy> = Policy extends { readonly kind: infer Own } ? Kind extends Own ? Policy : never : never

/** What each kind does with its expressions. */
const celPolicyCompilers: { readonly [Kind in CelPolicyKind]: (policy: PolicyOf<Kind>, tools: CelTools) => CompiledPolicy } = {
  ValidatingPolicy: compileValidatingPolicy,
  NamespacedValidatingPolicy: compileValidatingPolicy,
  MutatingPolicy: compileMutatingPolicy,
  NamespacedMutatingPolicy: compileMutatingPolicy,
  GeneratingPolicy: compileGeneratingPolicy,
  NamespacedGeneratingPolicy: compileGeneratingPolicy,
  DeletingPolicy: compileDeletingPolicy,
  NamespacedDeletingPolicy: compileDeletingPolicy,
  ImageValidatingPolicy: compileImageValidatingPolicy,
  NamespacedImageValidatingPolicy: compileImageValidatingPolicy,
  ValidatingAdmissionPolicy: compileAdmissionPolicy,
  MutatingAdmissionPolicy: compileAdmissionPolicy,
}

/** Makes what compiles policies in CEL. Its environments are made once; use one for all policies of a run. */
export function createCelCompiler(options: CelOptions): CelCompiler {
  const tools = makeCelTools(options)
  return {
    compilePolicy: (policy) => (celPolicyCompilers[policy.kind] as (policy: CelPolicy, tools: CelTools) => CompiledPolicy)(policy, tools),
    compileRule: (rule) => compileRuleCel(rule, tools),
    compileMatchConditions: (policy) => compileWebhookConditions(policy, tools),
    findRuleProblems: (policy) => findRuleProblems(policy, tools),
  }
}
