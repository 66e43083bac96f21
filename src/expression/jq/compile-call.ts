// Counterpart: gojq compiler.go (functions, variables)
import { queryFunctions, plainFunctions } from './functions/index.ts'
import type { PlainFunction } from './functions/table.ts'
import { prelude } from './functions/prelude.ts'
import { depthOf, findName, outerScope, valueAt, withFunction, withName, type Compilation, type FunctionBody, type Names } from './names.ts'
import { parseDefinitions } from './parser.ts'
import type { Closure, Filter, Scope, Trail } from './runtime.ts'
import type { Definition, JqValue, Query } from './syntax.ts'
import { syntaxError } from './tokens.ts'

type Of<Type extends Query['type']> = Query & { readonly type: Type }

const keyOf = (name: string, arity: number): string => `${name}/${arity}`
let preludeDefinitions: ReadonlyMap<string, Definition> | undefined

function findPrelude(key: string): Definition | undefined {
  preludeDefinitions ??= new Map(parseDefinitions(prelude).map((definition) => [keyOf(definition.name, definition.parameters.length), definition]))
  return preludeDefinitions.get(key)
}

export function compileVariable({ name }: Of<'variable'>, names: Names | undefined): Filter {
  const entry = findName(names, (each) => each.kind === 'variable' && each.name === name)
  if (entry === undefined) {
    if (name !== '$ENV') throw syntaxError(`variable not defined: ${name}`)
    const empty: JqValue = {}
    return (_value, trail, _scope, emit) => emit(empty, trail)
  }
  const places = depthOf(names) - entry.depth
  return (_value, trail, scope, emit) => emit(valueAt(scope, places) as JqValue, trail)
}

export function compileDefine({ definition, body }: Of<'define'>, names: Names | undefined, compilation: Compilation): Filter {
  return compilation.compile(body, withFunction(names, definition.name, compileFunction(definition, names, compilation)))
}

/** Compiles a function once; it sees itself. `$argument` is the argument's value, once for each of its outputs. */
export function compileFunction({ name, parameters, body }: Definition, names: Names | undefined, compilation: Compilation): FunctionBody {
  const compiled: FunctionBody = { filter: undefined, parameters, depth: depthOf(names) }
  const plain = parameters.map((parameter) => (parameter.startsWith('$') ? parameter.slice(1) : parameter))
  const values = parameters.filter((parameter) => parameter.startsWith('$'))
  const own = plain.reduce<Names | undefined>((outer, parameter) => withName(outer, 'argument', parameter), withFunction(names, name, compiled))
  const inner = compilation.compile(body, values.reduce((outer, parameter) => withName(outer, 'variable', parameter), own))
  compiled.filter = bindValues(parameters, inner)
  return compiled
}

/** Runs `inner` with the values of the `$` arguments in its scope. */
function bindValues(parameters: readonly string[], inner: Filter): Filter {
  const indexes = parameters.flatMap((parameter, index) => (parameter.startsWith('$') ? [parameters.length - 1 - index] : []))
  if (indexes.length === 0) return inner
  return (value, trail, scope, emit) => {
    const bind = (next: number, extended: Scope | undefined): void => {
      const place = indexes[next]
      if (place === undefined) return inner(value, trail, extended, emit)
      const { filter, scope: outer } = valueAt(scope, place) as Closure
      filter(value, undefined, outer, (argument) => bind(next + 1, { value: argument, outer: extended }))
    }
    bind(0, scope)
  }
}

export function compileCall({ name, args }: Of<'call'>, names: Names | undefined, compilation: Compilation): Filter {
  const entry = findName(names, (each) => each.name === name && each.arity === args.length && (each.kind === 'function' || each.kind === 'argument'))
  if (entry?.kind === 'argument') return callArgument(depthOf(names) - entry.depth)
  if (entry?.body !== undefined) return callFunction(entry.body, args, names, compilation)
  return compileBuiltin(name, args, names, compilation)
}

function callArgument(places: number): Filter {
  return (value, trail, scope, emit) => {
    const { filter, scope: outer } = valueAt(scope, places) as Closure
    filter(value, trail, outer, emit)
  }
}

function callFunction(body: FunctionBody, args: readonly Query[], names: Names | undefined, compilation: Compilation): Filter {
  const filters = args.map((argument) => compilation.compile(argument, names))
  const places = depthOf(names) - body.depth
  const { budget } = compilation
  return (value, trail, scope, emit) => {
    budget.spend(1)
    let inner = outerScope(scope, places)
    for (const filter of filters) inner = { value: { filter, scope }, outer: inner }
    const called = body.filter as Filter
    called(value, trail, inner, emit)
  }
}

function compileBuiltin(name: string, args: readonly Query[], names: Names | undefined, compilation: Compilation): Filter {
  const key = keyOf(name, args.length)
  const definition = findPrelude(key)
  if (definition !== undefined) return callFunction(compilation.builtin(key, definition), args, names, compilation)
  const filters = (): Filter[] => args.map((argument) => compilation.compile(argument, names))
  const withQueries = queryFunctions.get(key)
  if (withQueries !== undefined) return withQueries(filters(), compilation)
  const plain = plainFunctions.get(key)
  if (plain !== undefined) return applyPlain(plain, filters())
  if (key === 'builtins/0') return (_value, trail, _scope, emit) => emit(listBuiltins(), trail)
  // A query is given no inputs.
  throw syntaxError(key === 'input/0' || key === 'inputs/0' ? 'input(s)/0 is not allowed' : `function not defined: ${key}`)
}

function listBuiltins(): JqValue {
  findPrelude('')
  return [...preludeDefinitions?.keys() ?? [], ...queryFunctions.keys(), ...plainFunctions.keys(), 'builtins/0'].filter((key) => !key.startsWith('_')).toSorted()
}

/** Arguments are evaluated from the last to the first; in a path, the way goes through them all. */
function applyPlain(compute: PlainFunction, filters: readonly Filter[]): Filter {
  if (filters.length === 0) return (value, trail, _, emit) => emit(compute(value), trail)
  return (value, trail, scope, emit) => {
    const values: JqValue[] = []
    const evaluate = (index: number, way: Trail | undefined): void => {
      const filter = filters[index]
      if (filter === undefined) return emit(compute(value, ...values), way)
      filter(value, way, scope, (argument, end) => {
        values[index] = argument
        evaluate(index - 1, end)
      })
    }
    evaluate(filters.length - 1, trail)
  }
}
