import { computeRules } from '../policy/index.ts'
import type { Problem } from '../model/errors.ts'
import type { RulePolicy } from '../model/policy.ts'
import type { PolicyRef } from '../model/result.ts'
import type { Rule } from '../model/rule.ts'
import type { CelCompiler } from './cel-compiler.ts'
import { checkVariables } from './check-variables.ts'
import { compileRule, type CompiledRule } from './compile-rule.ts'
import type { CompiledRulePolicy, StepRule } from './compiled-rule-policy.ts'
import { QueryCompiler } from './context/query-compiler.ts'
import { evaluateRulePolicy } from './evaluate-policy.ts'
import { policyKey } from './exceptions.ts'
import { nothingHappened, steps, type CompiledPolicy, type Step, type StepEvaluator } from './step.ts'

/** Prepares a ClusterPolicy or Policy. */
export function compileRulePolicy(policy: RulePolicy, cel?: CelCompiler): CompiledPolicy {
  const invalid = [...checkVariables(policy), ...(cel?.findRuleProblems(policy) ?? [])]
  // Kyverno refuses such a policy, so it does nothing.
  if (invalid.length > 0) return { policy, problems: invalid, steps: {} }
  const compiled = prepare(policy, cel)
  const concerns = policy.matchConditions.length === 0 ? undefined : cel?.compileMatchConditions(policy)
  const evaluators: Partial<Record<Step, StepEvaluator>> = {}
  const rules = policy.rules.map((rule) => compileRule(policy, rule, cel))
  for (const step of steps.filter((name) => rules.some(({ handlers }) => handlers?.[name] !== undefined))) {
    evaluators[step] = (input) => (concerns === undefined || concerns(input) ? evaluateRulePolicy(compiled, step, input) : nothingHappened)
  }
  return { policy, problems: rules.filter(({ handlers }) => handlers === undefined).map(({ rule }) => reportUnsupported(policy, rule)), steps: evaluators }
}

function reportUnsupported(policy: RulePolicy, { name, path, body }: Rule): Problem {
  const what = body.type === 'validate' ? `${body.type}.${body.check.kind}` : body.type
  const location = policy.locate(path)
  return {
    code: 'UNSUPPORTED_RULE', severity: 'error', message: `rule "${name}" is read but not evaluated: this version of presync cannot evaluate ${what}`,
    policy: policy.name, rule: name, ...(location ? { location } : {}),
  }
}

function prepare(policy: RulePolicy, cel: CelCompiler | undefined): CompiledRulePolicy {
  // Rules of several kinds are mostly the same rules: each is prepared once.
  const prepared = new Map<object, CompiledRule>()
  const prepareRule = (rule: Rule): CompiledRule => {
    const known = prepared.get(rule.document)
    if (known) return known
    const compiled = compileRule(policy, rule, cel)
    prepared.set(rule.document, compiled)
    return compiled
  }
  const select = (step: Step, kind: string): readonly StepRule[] =>
    // Kyverno: only the validate step narrows the generated rules to the kind at hand.
    computeRules(policy, step === 'validate' ? kind : '').map(prepareRule)
      .filter(({ matcher }) => matcher.mayMatchKind(kind))
      .flatMap((compiled) => {
        const handler = compiled.handlers?.[step]
        return handler ? [{ compiled, handler }] : []
      })
  const tables: { readonly [S in Step]: Map<string, readonly StepRule[]> } = { mutate: new Map(), verifyImages: new Map(), validate: new Map(), generate: new Map() }
  return {
    policy,
    ref: makeRef(policy),
    key: policyKey(policy),
    queries: new QueryCompiler(),
    rulesFor(step, kind) {
      let rules = tables[step].get(kind)
      if (rules === undefined) tables[step].set(kind, rules = select(step, kind))
      return rules
    },
  }
}

function makeRef(policy: RulePolicy): PolicyRef {
  return {
    kind: policy.kind, name: policy.name, annotations: policy.annotations,
    ...(policy.kind === 'Policy' && policy.namespace !== undefined ? { namespace: policy.namespace } : {}),
    ...(policy.source ? { source: policy.source } : {}),
  }
}
