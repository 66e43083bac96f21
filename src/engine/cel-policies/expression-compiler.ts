// Kyverno: pkg/cel/compiler/{matchconditions,validation,variables,compiler}.go
import { celType, formatType, isSameType, type CelEnvironment, type CelProblem, type CelType, type Program } from '../../expression/cel/index.ts'
import type { NamedExpression } from '../../model/cel-policy.ts'
import type { Problem } from '../../model/errors.ts'
import type { FieldPath, SourceLocation } from '../../model/source.ts'

/** Which static types a place takes. Types must fit exactly: dyn is not bool. */
export interface ExpectedType {
  readonly description: string
  accepts(type: CelType): boolean
}

function exactly(type: CelType, description: string): ExpectedType {
  return { description, accepts: (found) => isSameType(found, type) }
}

/** The types of every place in a policy. */
export const expectedTypes = {
  any: { description: 'anything', accepts: () => true },
  bool: exactly(celType.bool, 'bool'),
  string: exactly(celType.string, 'string'),
  text: { description: 'string or null_type', accepts: ({ kind }) => kind === 'string' || kind === 'null' },
  jsonPatch: exactly(celType.list(celType.object('JSONPatch')), 'list(JSONPatch)'),
  applyConfiguration: exactly(celType.object('Object'), 'Object'),
  target: { description: 'map(string, any)', accepts: (type) => type.kind === 'map' && type.parameters[0]?.kind === 'string' },
  images: {
    description: 'list(string)',
    accepts: (type) => type.kind === 'dyn' || (type.kind === 'list' && (type.parameters[0]?.kind === 'string' || type.parameters[0]?.kind === 'dyn')),
  },
} as const satisfies Record<string, ExpectedType>

/** A compiled variable. */
export interface CompiledVariable {
  readonly name: string
  readonly program: Program
}

/** What an expression's places and problems are named after. */
export interface ExpressionOrigin {
  readonly name: string
  locate(path: FieldPath): SourceLocation | undefined
}

/** Compiles the expressions of one policy; collects what is wrong, each with its place. */
export class ExpressionCompiler {
  readonly problems: Problem[] = []
  readonly #types = new Map<string, CelType>()
  readonly #policy: string
  readonly #origin: ExpressionOrigin
  readonly #remark: string
  #environment: CelEnvironment

  /** `remark` says what the policy was made into, where autogen did. */
  constructor(environment: CelEnvironment, origin: ExpressionOrigin, { policy = origin.name, remark = '' } = {}) {
    this.#environment = environment
    this.#policy = policy
    this.#origin = origin
    this.#remark = remark
  }

  /** From here on expressions may say `variables`. */
  introduceVariables(): void {
    const types = this.#types
    this.#environment = this.#environment.extend({
      variables: { variables: celType.object(variablesType) },
      findMessageType: (name) => (name === variablesType ? { name, field: (field) => types.get(field) } : undefined),
    })
  }

  introduce(variables: Readonly<Record<string, CelType>>): void {
    this.#environment = this.#environment.extend({ variables })
  }

  /** Compiles variables in order: each has the static type of its expression, and sees those before it. */
  compileVariables(variables: readonly NamedExpression[], path: FieldPath, declare: (type: CelType) => CelType = (type) => type): readonly CompiledVariable[] {
    return variables.flatMap(({ name, expression }, index) => {
      const compilation = this.#environment.compile(expression)
      if (!compilation.ok) {
        this.report(expression, [...path, index, 'expression'], compilation.problems)
        return []
      }
      this.#types.set(name, declare(compilation.type))
      return [{ name, program: compilation.program }]
    })
  }

  /** Nothing where the expression is wrong, which then is among the problems. */
  compile(expression: string, path: FieldPath, expected: ExpectedType): Program | undefined {
    const compilation = this.#environment.compile(expression)
    if (!compilation.ok) {
      this.report(expression, path, compilation.problems)
      return undefined
    }
    if (expected.accepts(compilation.type)) return compilation.program
    this.reportType(expression, path, { expected, found: compilation.type })
    return undefined
  }

  /** Adds a result of the wrong type to the problems. */
  reportType(expression: string, path: FieldPath, { expected, found }: { readonly expected: ExpectedType; readonly found: CelType }): void {
    this.report(expression, path, [{ message: `the result must be ${expected.description}, but is ${formatType(found)}${adviceFor(expected, found)}`, line: 1, column: 1 }])
  }

  compileConditions(conditions: readonly NamedExpression[], path: FieldPath): readonly Program[] {
    return conditions.flatMap(({ expression }, index) => this.compile(expression, [...path, index, 'expression'], expectedTypes.bool) ?? [])
  }

  /** Adds what is wrong with an expression to the problems. */
  report(expression: string, path: FieldPath, problems: readonly CelProblem[]): void {
    const start = this.#origin.locate(path)
    const isLong = expression.trimEnd().includes('\n')
    for (const problem of problems) {
      // A text of several lines is a block below its key.
      const location = start && isLong ? { ...start, line: start.line + problem.line } : start
      const place = isLong ? `line ${problem.line}, column ${problem.column}` : `column ${problem.column}`
      this.problems.push({
        code: 'INVALID_EXPRESSION', severity: 'error', policy: this.#policy, ...(location ? { location } : {}),
        message: `${formatPath(path)}${this.#remark}, ${place}: ${problem.message}; in: ${lineOf(expression, problem.line)}`,
      })
    }
  }
}

const variablesType = 'kyverno.variables'

/** Most often a field of a resource, whose type nobody knows beforehand. */
function adviceFor({ description }: ExpectedType, { kind }: CelType): string {
  if (kind !== 'dyn') return ''
  if (description === 'bool') return ': compare it (== true) or convert it with bool(…)'
  return description.startsWith('string') ? ': convert it with string(…)' : ''
}

const mostShown = 120

function lineOf(expression: string, line: number): string {
  const text = (expression.split('\n')[line - 1] ?? '').trim()
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text
}

/** `spec.validations[0].expression`. */
export function formatPath(path: FieldPath): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}
