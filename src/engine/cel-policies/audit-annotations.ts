// Kyverno: pkg/cel/policies/vpol/compiler/policy.go (evaluateAuditAnnotations)
import type { Program } from '../../expression/cel/index.ts'
import type { CelAuditAnnotation } from '../../model/cel-policy.ts'
import { EvaluationError } from '../../model/errors.ts'
import { prefixErrors } from '../attempt.ts'
import type { CelRun } from './cel-run.ts'
import { expectedTypes, type ExpressionCompiler } from './expression-compiler.ts'

export interface CompiledAnnotation {
  readonly key: string
  readonly program: Program
}

export function compileAnnotations(compiler: ExpressionCompiler, annotations: readonly CelAuditAnnotation[]): readonly CompiledAnnotation[] {
  return annotations.flatMap(({ key, valueExpression }, index) => {
    const program = compiler.compile(valueExpression, ['spec', 'auditAnnotations', index, 'valueExpression'], expectedTypes.text)
    return program === undefined ? [] : [{ key, program }]
  })
}

/** The texts by key; empty ones are left out. */
export function evaluateAnnotations(run: CelRun, annotations: readonly CompiledAnnotation[]): Readonly<Record<string, string>> {
  return Object.fromEntries(annotations.flatMap(({ key, program }) => {
    const value = prefixErrors(`failed to evaluate auditAnnotation '${key}'`, () => run.evaluate(program))
    if (typeof value !== 'string') throw new EvaluationError('TYPE_MISMATCH', `failed to convert auditAnnotation '${key}' expression: the value is no string`)
    return value === '' ? [] : [[key, value] as const]
  }))
}
