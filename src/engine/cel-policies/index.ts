import type { CelPolicy } from '../../model/cel-policy.ts'
import type { CelCompiler } from '../cel-compiler.ts'
import type { CompiledPolicy } from '../step.ts'
import type { CelOptions } from './cel-options.ts'
import { compileAdmissionPolicy } from './admission-policy.ts'
import { compileDeletingPolicy } from './deleting-policy.ts'
import { compileGeneratingPolicy } from './generating-policy.ts'
import { makeCelTools, type CelTools } from './kyverno-policy.ts'
import { compileMutatingPolicy } from './mutating-policy.ts'
import { compileRuleCel, compileWebhookConditions, findRuleProblems } from './rule-cel.ts'
import { compileValidatingPolicy } from './validating-policy.ts'

/** Makes what compiles policies in CEL. Its environments are made once; use one for all policies of a run. */
export function createCelCompiler(options: CelOptions): CelCompiler {
  const tools = makeCelTools(options)
  return {
    compilePolicy: (policy) => compileCelPolicy(policy, tools),
    compileRule: (rule) => compileRuleCel(rule, tools),
    compileMatchConditions: (policy) => compileWebhookConditions(policy, tools),
    findRuleProblems: (policy) => findRuleProblems(policy, tools),
  }
}

function compileCelPolicy(policy: CelPolicy, tools: CelTools): CompiledPolicy {
  switch (policy.kind) {
    case 'ValidatingPolicy': case 'NamespacedValidatingPolicy': return compileValidatingPolicy(policy, tools)
    case 'MutatingPolicy': case 'NamespacedMutatingPolicy': return compileMutatingPolicy(policy, tools)
    case 'GeneratingPolicy': case 'NamespacedGeneratingPolicy': return compileGeneratingPolicy(policy, tools)
    case 'DeletingPolicy': case 'NamespacedDeletingPolicy': return compileDeletingPolicy(policy, tools)
    case 'ValidatingAdmissionPolicy': case 'MutatingAdmissionPolicy': return compileAdmissionPolicy(policy, tools)
    default: return { policy, problems: [], steps: {} }
  }
}
