// apiserver: pkg/admission/plugin/cel/{compile,composition,condition}.go
import {
  authorizerTypes, CostBudget, formatProblem, formatType, toDeclaredType, celType, type Bindings, type CallContext, type CelEnvironment, type CelType, type CelValue, type Program,
} from '../../expression/cel/index.ts'
import type { NamedExpression } from '../../model/cel-policy.ts'
import { EvaluationError } from '../../model/errors.ts'
import type { FieldPath } from '../../model/source.ts'
import { prefixErrors } from '../attempt.ts'
import type { ExpectedType, ExpressionCompiler } from './expression-compiler.ts'

/** An expression, or why it cannot be evaluated: the API server finds out about a broken one when it is asked for. */
export type AdmissionProgram = { readonly expression: string; readonly path: FieldPath } & (
  | { readonly program: Program; readonly error?: undefined }
  | { readonly program?: undefined; readonly error: EvaluationError }
)

const variablesType = 'kubernetes.variables'

/** Names that only some policies may use. */
export function optionalVariables({ hasParams, hasAuthorizer }: { readonly hasParams: boolean; readonly hasAuthorizer: boolean }): Readonly<Record<string, CelType>> {
  return {
    ...(hasParams ? { params: celType.dyn } : {}),
    ...(hasAuthorizer ? { authorizer: authorizerTypes.authorizer, 'authorizer.requestResource': authorizerTypes.requestResource } : {}),
  }
}

/** Compiles expressions as the API server does. */
export class AdmissionCompiler {
  readonly #types = new Map<string, CelType>()
  /** Told of what is wrong, where that is to be reported beforehand. */
  readonly #problems: ExpressionCompiler | undefined
  #environment: CelEnvironment

  constructor(environment: CelEnvironment, problems: ExpressionCompiler | undefined, variables: Readonly<Record<string, CelType>>) {
    const types = this.#types
    this.#problems = problems
    this.#environment = environment.extend({
      variables: { ...variables, variables: celType.object(variablesType) },
      findMessageType: (name) => (name === variablesType ? { name, field: (field) => types.get(field) } : undefined),
    })
  }

  compile(expression: string, path: FieldPath, expected: ExpectedType): AdmissionProgram {
    const compilation = this.#environment.compile(expression)
    if (compilation.ok && expected.accepts(compilation.type)) return { expression, path, program: compilation.program }
    if (compilation.ok) this.#problems?.reportType(expression, path, { expected, found: compilation.type })
    else this.#problems?.report(expression, path, compilation.problems)
    const message = compilation.ok
      ? `must evaluate to ${expected.description} but got ${formatType(compilation.type)}`
      : `compilation failed: ${compilation.problems.map((problem) => formatProblem(expression, problem)).join('\n')}`
    return { expression, path, error: new EvaluationError('INVALID_EXPRESSION', `compilation error: ${message}`) }
  }

  compileVariables(variables: readonly NamedExpression[], path: FieldPath): readonly (AdmissionProgram & { readonly name: string })[] {
    return variables.map(({ name, expression }, index) => {
      const place = [...path, index, 'expression']
      const compilation = this.#environment.compile(expression)
      this.#types.set(name, compilation.ok ? toDeclaredType(compilation.type) : celType.dyn)
      if (compilation.ok) return { name, expression, path: place, program: compilation.program }
      this.#problems?.report(expression, place, compilation.problems)
      return { name, expression, path: place, error: new EvaluationError('INVALID_EXPRESSION', `compilation failed: ${compilation.problems.map((problem) => formatProblem(expression, problem)).join('\n')}`) }
    })
  }
}

/** Evaluates within a budget; errors of the expression itself say which it was. */
export function evaluateAdmission(compiled: AdmissionProgram, evaluate: (program: Program) => CelValue): CelValue {
  if (compiled.program === undefined) throw compiled.error
  const { program, expression } = compiled
  return prefixErrors(`expression '${expression}' resulted in error`, () => evaluate(program))
}

/** Evaluates programs within one budget. */
export function withinBudget(total: number): (program: Program, bindings: Bindings, context: CallContext) => CelValue {
  const budget = new CostBudget(total)
  return (program, bindings, context) => budget.evaluate(program, bindings, { context })
}
