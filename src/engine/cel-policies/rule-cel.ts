// Kyverno: pkg/engine/handlers/validation/validate_cel.go, pkg/engine/internal/match.go (checkMatchConditions)
import { costLimits, type CelValue } from '../../expression/cel/index.ts'
import type { NamedExpression, ParamKind, ParamRef } from '../../model/cel-policy.ts'
import type { Problem } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { Rule } from '../../model/rule.ts'
import type { FieldPath } from '../../model/source.ts'
import { readCelCheck } from '../../policy/index.ts'
import { attempt } from '../attempt.ts'
import { fail, failToEvaluate, pass, skip, type RuleOutcome } from '../rules/outcome.ts'
import type { RuleHandler } from '../rules/rule-compiler.ts'
import type { StepInput } from '../step.ts'
import { AdmissionCompiler, optionalVariables } from './admission-expressions.ts'
import {
  admissionConditionsHold, compileAdmissionCore, compileAdmissionValidations, evaluateAdmissionValidations, startAdmissionRun, type AdmissionCore,
  type AdmissionInput, type AdmissionValidation,
} from './admission-run.ts'
import { toCelSubject } from './cel-subject.ts'
import { ExpressionCompiler } from './expression-compiler.ts'
import type { CelTools } from './kyverno-policy.ts'
import { createMentionFinder, type FindMentioned } from './mentioned-paths.ts'
import { findParams } from './params.ts'
import { forKubernetes } from './request-variables.ts'

interface CompiledRuleCel {
  readonly core: AdmissionCore
  readonly validations: readonly AdmissionValidation[]
  readonly findMentioned: FindMentioned
  readonly param: { readonly kind: ParamKind; readonly ref: ParamRef } | undefined
}

function compile(rule: Rule, tools: CelTools, problems?: ExpressionCompiler): CompiledRuleCel {
  const { body } = rule
  const cel = body.type === 'validate' && body.check.kind === 'cel' ? body.check.cel : {}
  const { validations, variables, paramKind, paramRef } = readCelCheck(cel)
  const message = body.type === 'validate' ? body.message : ''
  const compiler = new AdmissionCompiler(tools.findEnvironment('admission'), problems, optionalVariables({ hasParams: paramKind !== undefined, hasAuthorizer: true }))
  const path = [...rule.path, 'validate', 'cel']
  return {
    core: compileAdmissionCore(compiler, { matchConditions: rule.celPreconditions, variables }, { conditions: [...rule.path, 'celPreconditions'], variables: [...path, 'variables'] }),
    validations: compileAdmissionValidations(compiler, validations.map((one) => (one.message === undefined || one.message === '' ? { ...one, message } : one)), [...path, 'expressions']),
    findMentioned: createMentionFinder(variables),
    param: paramKind === undefined ? undefined : { kind: paramKind, ref: paramRef ?? {} },
  }
}

/** Prepares the `validate.cel` of a rule. */
export function compileRuleCel(rule: Rule, tools: CelTools): RuleHandler {
  const compiled = compile(rule, tools)
  const passed = pass(`Validation rule '${rule.name}' passed.`)
  return {
    evaluate(run) {
      const { state, trigger, environment } = run.fields
      const input = { state, trigger, environment }
      const params = attempt(() => paramsOf(compiled, input, tools))
      if (params.error !== undefined) return failToEvaluate('error in parameterized resource', params.error)
      for (const param of params.value) {
        const outcome = evaluateFor(compiled, toInput(input, param, tools), state.matched?.object)
        if (outcome !== undefined) return outcome
      }
      return passed
    },
  }
}

/** Nothing where all holds. Under Kyverno a rule fails also where an expression cannot be evaluated: it has no failurePolicy of its own. */
function evaluateFor({ core, validations, findMentioned }: CompiledRuleCel, input: AdmissionInput, object: JsonObject | undefined): RuleOutcome | undefined {
  const matches = attempt(() => admissionConditionsHold(core, input))
  if (matches.error !== undefined) return fail(matches.error.message)
  if (!matches.value) return skip('cel preconditions not met')
  const run = startAdmissionRun(core, input, costLimits.policy)
  const found = evaluateAdmissionValidations(run, validations, { object, findMentioned })
  return found?.outcome.status === 'error' ? fail(found.outcome.message) : found?.outcome
}

function toInput({ state, environment }: StepInput, params: CelValue, tools: CelTools): AdmissionInput {
  const subject = toCelSubject(state, tools.kinds, environment.semantics)
  return { variables: forKubernetes(state, subject, { isRule: true, semantics: environment.semantics }), params, lookups: environment.lookups }
}

function paramsOf({ param }: CompiledRuleCel, input: StepInput, tools: CelTools): readonly CelValue[] {
  return param === undefined ? [null] : findParams(param.kind, param.ref, input, tools)
}

/** Prepares the conditions of a policy's webhook; a request for which they cannot be evaluated is not for the policy. */
export function compileWebhookConditions(policy: RulePolicy, tools: CelTools): (input: StepInput) => boolean {
  const core = compileConditions(policy.matchConditions, tools)
  return (input) => {
    const result = attempt(() => input.state.matched !== undefined && admissionConditionsHold(core, toInput(input, null, tools)))
    return result.error === undefined && result.value
  }
}

const conditionsPath: FieldPath = ['spec', 'webhookConfiguration', 'matchConditions']

function compileConditions(matchConditions: readonly NamedExpression[], tools: CelTools, problems?: ExpressionCompiler): AdmissionCore {
  const compiler = new AdmissionCompiler(tools.findEnvironment('admission'), problems, {})
  return compileAdmissionCore(compiler, { matchConditions, variables: [] }, { conditions: conditionsPath, variables: [] })
}

/** What is wrong with the expressions of a policy with rules: Kyverno refuses such a policy in a cluster, and fails its rules on the command line. */
export function findRuleProblems(policy: RulePolicy, tools: CelTools): readonly Problem[] {
  if (tools.options.semantics === 'cli') return []
  return [
    ...problemsOf(policy, tools, (problems) => compileConditions(policy.matchConditions, tools, problems)),
    ...policy.rules.filter(({ body }) => body.type === 'validate' && body.check.kind === 'cel')
      .flatMap((rule) => problemsOf(policy, tools, (problems) => compile(rule, tools, problems)).map((problem) => ({ ...problem, rule: rule.name }))),
  ]
}

function problemsOf(policy: RulePolicy, tools: CelTools, run: (problems: ExpressionCompiler) => unknown): readonly Problem[] {
  const problems = new ExpressionCompiler(tools.findEnvironment('admission'), policy)
  run(problems)
  return problems.problems
}
