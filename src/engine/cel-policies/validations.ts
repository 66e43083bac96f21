// Kyverno: pkg/cel/policies/vpol/compiler/policy.go (evaluateWithData)
import type { Program } from '../../expression/cel/index.ts'
import type { CelValidation } from '../../model/cel-policy.ts'
import type { JsonObject } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { attempt } from '../attempt.ts'
import { fail, failToEvaluate } from '../rules/outcome.ts'
import { evaluateAnnotations, type CompiledAnnotation } from './audit-annotations.ts'
import type { CelOutcome } from './cel-result.ts'
import type { CelRun } from './cel-run.ts'
import { expectedTypes, type ExpressionCompiler } from './expression-compiler.ts'
import type { FindMentioned } from './mentioned-paths.ts'

export interface CompiledValidation {
  readonly program: Program
  readonly message: string
  readonly messageProgram: Program | undefined
  readonly expression: string
  readonly place: FieldPath
}

export function compileValidations(compiler: ExpressionCompiler, validations: readonly CelValidation[]): readonly CompiledValidation[] {
  return validations.flatMap(({ expression, message = '', messageExpression = '' }, index) => {
    const place = ['spec', 'validations', index]
    const program = compiler.compile(expression, [...place, 'expression'], expectedTypes.bool)
    const messageProgram = messageExpression === '' ? undefined : compiler.compile(messageExpression, [...place, 'messageExpression'], expectedTypes.string)
    return program === undefined ? [] : [{ program, message, messageProgram, expression, place: [...place, 'expression'] }]
  })
}

/** What validations are evaluated with. */
export interface ValidationFrame {
  readonly validations: readonly CompiledValidation[]
  readonly annotations: readonly CompiledAnnotation[]
  readonly findMentioned: FindMentioned
  /** Up to 1.18 an error had a rule name of its own, and nothing said which validation it was. */
  readonly isBefore119: boolean
  /** The name of the rule in results. */
  readonly rule: string
}

/** The first validation that is false or cannot be evaluated decides; where all hold there is nothing to say. */
export function evaluateValidations(run: CelRun, frame: ValidationFrame, object: JsonObject | undefined): CelOutcome | undefined {
  for (let index = 0; index < frame.validations.length; index++) {
    const validation = frame.validations[index] as CompiledValidation
    const result = attempt(() => run.evaluate(validation.program))
    if (result.error === undefined && result.value === true) continue
    const properties = frame.isBefore119 ? {} : { 'cel.validationIndex': String(index) }
    const annotations = result.error === undefined ? attempt(() => evaluateAnnotations(run, frame.annotations)) : result
    if (annotations.error !== undefined) {
      const outcome = frame.isBefore119 ? failToEvaluate('failed to load context', annotations.error) : failToEvaluate('error', annotations.error)
      return { ...outcome, rule: frame.isBefore119 && frame.rule === '' ? 'evaluation' : frame.rule, place: validation.place, properties }
    }
    const message = chooseMessage(run, validation, index)
    const path = object === undefined ? [] : frame.findMentioned(validation.expression, object)
    return { ...fail(message, [{ path, message }]), rule: frame.rule, place: validation.place, properties: { ...properties, ...annotations.value } }
  }
  return undefined
}

/** A message expression replaces the message, also where it fails: unlike in Kubernetes. */
function chooseMessage(run: CelRun, { message, messageProgram }: CompiledValidation, index: number): string {
  if (messageProgram === undefined) return message === '' ? defaultMessage(index) : message
  const result = attempt(() => run.evaluate(messageProgram))
  if (result.error !== undefined) return `failed to evaluate message expression: ${result.error.message}`
  if (typeof result.value !== 'string') return 'failed to convert message expression to string: the value is no string'
  return result.value === '' ? defaultMessage(index) : result.value
}

function defaultMessage(index: number): string {
  return `CEL expression validation failed at index ${index}`
}
