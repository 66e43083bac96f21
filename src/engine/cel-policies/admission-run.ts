// apiserver: pkg/admission/plugin/policy/validating/validator.go, webhook/matchconditions/matcher.go
import { costLimits, type CelValue } from '../../expression/cel/index.ts'
import type { CelValidation, NamedExpression } from '../../model/cel-policy.ts'
import { EvaluationError } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Lookups } from '../../model/lookups.ts'
import type { FieldPath } from '../../model/source.ts'
import { attempt, prefixErrors } from '../attempt.ts'
import { fail, failToEvaluate, type RuleOutcome } from '../rules/outcome.ts'
import { evaluateAdmission, withinBudget, type AdmissionCompiler, type AdmissionProgram } from './admission-expressions.ts'
import { CelRun } from './cel-run.ts'
import { expectedTypes } from './expression-compiler.ts'
import type { FindMentioned } from './mentioned-paths.ts'
import type { AdmissionVariables } from './request-variables.ts'

/** What all policies that the API server evaluates have, compiled. */
export interface AdmissionCore {
  readonly conditions: readonly AdmissionProgram[]
  readonly variables: readonly (AdmissionProgram & { readonly name: string })[]
}

export function compileAdmissionCore(
  compiler: AdmissionCompiler, { matchConditions, variables }: { readonly matchConditions: readonly NamedExpression[]; readonly variables: readonly NamedExpression[] },
  paths: { readonly conditions: FieldPath; readonly variables: FieldPath },
): AdmissionCore {
  const compiled = compiler.compileVariables(variables, paths.variables)
  return {
    variables: compiled,
    conditions: matchConditions.map(({ expression }, index) => compiler.compile(expression, [...paths.conditions, index, 'expression'], expectedTypes.bool)),
  }
}

/** What an evaluation sees. */
export interface AdmissionInput {
  readonly variables: AdmissionVariables
  readonly params: CelValue
  readonly lookups: Lookups
}

/** Starts an evaluation with a budget of its own. */
export function startAdmissionRun({ variables }: AdmissionCore, input: AdmissionInput, budget: number): CelRun {
  const run = new CelRun({ ...input.variables, params: input.params }, { lookups: input.lookups }, withinBudget(budget))
  run.bindVariables(variables, (variable) => prefixErrors(`composited variable "${variable.name}" fails to evaluate`, () => {
    if (variable.program === undefined) throw variable.error
    return run.evaluate(variable.program)
  }))
  return run
}

/** Whether all conditions hold; one that is false outweighs errors, which otherwise are thrown. */
export function admissionConditionsHold(core: AdmissionCore, input: AdmissionInput): boolean {
  const run = startAdmissionRun(core, input, costLimits.matchConditions)
  const errors: EvaluationError[] = []
  for (const condition of core.conditions) {
    const result = attempt(() => evaluateAdmission(condition, (program) => run.evaluate(program)))
    if (result.error !== undefined) errors.push(result.error)
    else if (result.value !== true) return false
  }
  const [first, ...rest] = errors
  if (first === undefined) return true
  if (rest.length === 0) throw first
  throw new EvaluationError(first.code, `[${[...new Set(errors.map(({ message }) => message))].join(', ')}]`, { cause: first })
}

export interface AdmissionValidation {
  readonly check: AdmissionProgram
  readonly message: string
  readonly messageProgram: AdmissionProgram | undefined
}

export function compileAdmissionValidations(compiler: AdmissionCompiler, validations: readonly CelValidation[], path: FieldPath): readonly AdmissionValidation[] {
  return validations.map(({ expression, message = '', messageExpression = '' }, index) => ({
    check: compiler.compile(expression, [...path, index, 'expression'], expectedTypes.bool),
    message,
    messageProgram: messageExpression === '' ? undefined : compiler.compile(messageExpression, [...path, index, 'messageExpression'], expectedTypes.string),
  }))
}

export interface AdmissionValidationOptions {
  readonly object: JsonObject | undefined
  readonly findMentioned: FindMentioned
}

/** The first validation that is false or cannot be evaluated; nothing where all hold. */
export function evaluateAdmissionValidations(
  run: CelRun, validations: readonly AdmissionValidation[], { object, findMentioned }: AdmissionValidationOptions,
): { readonly outcome: RuleOutcome; readonly place: FieldPath } | undefined {
  const evaluate = (program: AdmissionProgram): CelValue => evaluateAdmission(program, (one) => run.evaluate(one))
  for (const { check, message, messageProgram } of validations) {
    const result = attempt(() => evaluate(check))
    if (result.error !== undefined) return { outcome: { ...failToEvaluate('', result.error), message: result.error.message }, place: check.path }
    if (result.value === true) continue
    const made = messageProgram && attempt(() => evaluate(messageProgram))
    const text = chooseMessage(made?.error === undefined ? made?.value : undefined, message, check.expression)
    return { outcome: fail(text, [{ path: object === undefined ? [] : findMentioned(check.expression, object), message: text }]), place: check.path }
  }
  return undefined
}

/** Longer ones, and those of several lines, are refused (apis/cel/config.go). */
const longestMessage = 5 * 1024

function chooseMessage(made: CelValue | undefined, message: string, expression: string): string {
  const text = typeof made === 'string' ? made.trim() : ''
  if (text !== '' && !text.includes('\n') && new TextEncoder().encode(text).length <= longestMessage) return text
  return message.trim() === '' ? `failed expression: ${expression.trim()}` : message.trim()
}
