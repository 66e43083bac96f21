// Kyverno: pkg/cel/policies/vpol/{compiler/policy.go,engine/engine.go}
import type { CelPolicy, ValidatingPolicy } from '../../model/cel-policy.ts'
import type { Problem } from '../../model/errors.ts'
import type { RuleResult } from '../../model/result.ts'
import { computeCelPolicies } from '../../policy/index.ts'
import { attempt } from '../attempt.ts'
import { failToEvaluate, pass, skip } from '../rules/outcome.ts'
import { nothingHappened, type CompiledPolicy, type StepEvaluator, type StepInput } from '../step.ts'
import { evaluateAnnotations } from './audit-annotations.ts'
import { makeCelResult, type CelOutcome } from './cel-result.ts'
import type { CelRun } from './cel-run.ts'
import { conditionsHold } from './conditions.ts'
import { applyExceptions, compileCore, firstProblems, matchSubject, startRun, startRunWith, type CelCore, type CelTools } from './kyverno-policy.ts'
import { createMentionFinder } from './mentioned-paths.ts'
import { compileValidations, evaluateValidations, type ValidationFrame } from './validations.ts'

interface Compiled {
  readonly policy: ValidatingPolicy
  readonly core: CelCore
  readonly frame: ValidationFrame
  readonly problems: readonly Problem[]
}

/** Prepares a ValidatingPolicy, with what autogen makes of it. */
export function compileValidatingPolicy(policy: ValidatingPolicy, tools: CelTools): CompiledPolicy {
  // Policies for HTTP and Envoy decide on calls of services; no resource is any of their business.
  if (policy.mode === 'HTTP' || policy.mode === 'Envoy') return { policy, problems: [], steps: {} }
  const variants = [policy, ...withAutogen(policy, tools)].map((variant) => compileVariant(variant as ValidatingPolicy, variant === policy ? '' : ' (for Pod controllers)', tools))
  const problems = firstProblems(variants)
  if (problems.length > 0) return { policy, problems, steps: {} }
  const validateCel: StepEvaluator = (input) => {
    let results: RuleResult[] | undefined
    for (const variant of variants) {
      const outcome = evaluate(variant, input)
      if (outcome === undefined) continue
      const result = makeCelResult(variant.core.frame, outcome, input)
      // Most policies have one form for a resource.
      if (results === undefined) results = [result]
      else results.push(result)
    }
    return results === undefined ? nothingHappened : { results }
  }
  return { policy, problems, steps: { validateCel } }
}

/** Also of a policy about JSON, which then answers once for each variant: nothing looks at constraints there. */
function withAutogen(policy: ValidatingPolicy, { version }: CelTools): readonly CelPolicy[] {
  return computeCelPolicies(policy, { isBefore119: version === '1.18' })
}

function compileVariant(policy: ValidatingPolicy, remark: string, tools: CelTools): Compiled {
  const { core, compiler, problems } = compileCore(policy, tools, { profile: 'validating', ruleType: 'validate', remark })
  const validations = compileValidations(compiler, policy.validations)
  return {
    policy, core, problems: problems(),
    frame: {
      validations, annotations: policy.mode === 'JSON' ? [] : core.annotations, findMentioned: createMentionFinder(policy.variables),
      isBefore119: tools.version === '1.18', rule: '',
    },
  }
}

function evaluate(compiled: Compiled, input: StepInput): CelOutcome | undefined {
  const { policy, core, frame } = compiled
  const run = policy.mode === 'JSON' ? startJsonRun(input) : startMatching(core, input)
  if (run === undefined) return undefined
  const ignoreErrors = policy.failurePolicy === 'Ignore'
  const before = attempt(() => decideBefore(run, core, ignoreErrors))
  if (before.error !== undefined) return { ...failToEvaluate('failed to load context', before.error), rule: 'evaluation', place: ['spec', 'matchConditions'] }
  if (before.value !== undefined) return before.value
  run.bindVariables(core.variables, ({ program }) => run.evaluate(program))
  const failed = evaluateValidations(run, frame, input.state.matched?.object)
  if (failed !== undefined) return failed
  if (frame.annotations.length === 0) return passed
  const annotations = attempt(() => evaluateAnnotations(run, frame.annotations))
  if (annotations.error !== undefined) return { ...failToEvaluate('failed to load context', annotations.error), rule: 'evaluation', place: ['spec', 'auditAnnotations'] }
  return { ...passed, properties: annotations.value }
}

const passed: CelOutcome = { ...pass('success'), rule: '' }

/** Exceptions and match conditions may end it. */
function decideBefore(run: CelRun, core: CelCore, ignoreErrors: boolean): CelOutcome | undefined {
  const exemption = applyExceptions(run, core, { ignoreErrors })
  if (exemption.outcome !== undefined) return { ...exemption.outcome, rule: 'exception' }
  const matches = attempt(() => conditionsHold(run, core.conditions))
  if (matches.error !== undefined && !ignoreErrors) throw matches.error
  return matches.error === undefined && matches.value ? undefined : { ...skip('skip'), rule: '' }
}

function startMatching(core: CelCore, input: StepInput): CelRun | undefined {
  const subject = matchSubject(core, input)
  return subject && startRun(subject, input)
}

/** Policies about JSON see the document alone. Admission never asks them; the command line does, of whatever it is given. */
function startJsonRun({ state, environment }: StepInput): CelRun | undefined {
  if (environment.semantics === 'cluster' || state.matched === undefined) return undefined
  return startRunWith({ object: state.matched.object, oldObject: null, request: null, namespaceObject: null }, environment.lookups, {})
}
