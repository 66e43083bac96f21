import { CelSyntaxError } from './syntax/syntax-error.ts'
import { checkExpression } from './check/checker.ts'
import type { Declarations } from './check/declarations.ts'
import { checkLiterals } from './check/check-literals.ts'
import { Compiler } from './compile/compiler.ts'
import { PlanError } from './compile/plan-error.ts'
import { buildTables, type LibraryTables } from './library-tables.ts'
import type { CelLibrary, CelMessageType, CelOverload } from './library.ts'
import { toProblem } from './problem.ts'
import { Program } from './program.ts'
import type { CelNode, CelProblem } from './syntax/ast.ts'
import { parseExpression } from './syntax/parser.ts'
import { celType } from './types/cel-type.ts'
import type { CelType } from './types/type.ts'

/** What an environment is made of. */
export interface EnvironmentOptions {
  /** In order; of two libraries with one name the first counts. */
  readonly libraries: readonly CelLibrary[]
  /** Global variables and their types; a name may have dots. */
  readonly variables?: Readonly<Record<string, CelType>>
  /** Message types besides those of the libraries, by name. */
  readonly findMessageType?: (name: string) => CelMessageType | undefined
  /** The namespace in which names are tried first. */
  readonly container?: string
  /** Refuses lists and maps whose literals mix types, as Kubernetes does. */
  readonly homogeneousLiterals?: boolean
  /** Refuses literals that a function cannot take (`duration('x')`) where they are written. */
  readonly checkLiterals?: boolean
  /** Computes conversions of constants when compiling; true where absent. */
  readonly foldConstants?: boolean
  /** Knows back-quoted field names; true where absent. */
  readonly quotedFields?: boolean
}

/** What compilation gives. */
export type Compilation =
  | { readonly ok: true; readonly program: Program; readonly type: CelType }
  | { readonly ok: false; readonly problems: readonly [CelProblem, ...CelProblem[]] }

export interface CompileOptions {
  /** Lets types and names be wrong until they matter in an evaluation; Kubernetes never does, but CEL allows it. */
  readonly isUnchecked?: boolean
}

/** A set of libraries, variables and rules against which expressions are compiled. Immutable. */
export class CelEnvironment implements Declarations {
  readonly container: string
  readonly foldConstants: boolean
  private readonly options: EnvironmentOptions
  private readonly tables: LibraryTables
  private readonly variables: ReadonlyMap<string, CelType>

  constructor(options: EnvironmentOptions, tables: LibraryTables) {
    this.options = options
    this.tables = tables
    this.container = options.container ?? ''
    this.foldConstants = options.foldConstants ?? true
    this.variables = new Map(Object.entries(options.variables ?? {}))
  }

  /** The environment with more libraries, variables or message types; other options are replaced. */
  extend(more: Partial<EnvironmentOptions>): CelEnvironment {
    const findMore = more.findMessageType
    const libraries = [...this.options.libraries, ...(more.libraries ?? [])]
    const options: EnvironmentOptions = {
      ...this.options, ...more, libraries,
      variables: { ...this.options.variables, ...more.variables },
      findMessageType: (name) => findMore?.(name) ?? this.options.findMessageType?.(name),
    }
    return new CelEnvironment(options, more.libraries === undefined ? this.tables : buildTables(libraries))
  }

  findVariable(name: string): CelType | undefined {
    return this.variables.get(name)
  }

  findFunction(name: string): readonly CelOverload[] | undefined {
    return this.tables.functions.get(name)
  }

  findTypeName(name: string): CelType | undefined {
    return this.tables.typeNames.get(name) ?? (this.findMessageType(name) === undefined ? undefined : celType.object(name))
  }

  findMessageType(name: string): CelMessageType | undefined {
    return this.options.findMessageType?.(name) ?? this.tables.findMessageType(name)
  }

  /** Parses, checks and compiles an expression; never throws because of it. */
  compile(expression: string, options: CompileOptions = {}): Compilation {
    try {
      const tree = parseExpression(expression, { macros: this.tables.macros, quotedFields: this.options.quotedFields ?? true })
      return this.compileTree(expression, tree, options)
    } catch (error) {
      if (error instanceof CelSyntaxError) return { ok: false, problems: [toProblem(expression, error)] }
      if (error instanceof PlanError) return { ok: false, problems: [{ ...toProblem(expression, error), isFromPlanning: true }] }
      throw error
    }
  }

  private compileTree(expression: string, tree: CelNode, { isUnchecked = false }: CompileOptions): Compilation {
    const { checked, type, problems } = checkExpression(tree, this)
    const callChecks = this.options.checkLiterals === true ? this.tables.callChecks : []
    const found = problems.length > 0 ? problems : checkLiterals(tree, checked, { callChecks, homogeneous: this.options.homogeneousLiterals ?? false })
    const all = isUnchecked ? [] : found
    const [first, ...rest] = all.toSorted((a, b) => a.position - b.position).map((problem) => toProblem(expression, problem))
    if (first !== undefined) return { ok: false, problems: [first, ...rest] }
    const compiler = new Compiler(checked, this)
    const { run } = compiler.compile(tree)
    return { ok: true, program: new Program(run, compiler.variables), type }
  }
}

/** Makes an environment. Building one costs milliseconds, extending it with variables next to nothing: make few, extend them. */
export function createEnvironment(options: EnvironmentOptions): CelEnvironment {
  return new CelEnvironment(options, buildTables(options.libraries))
}
