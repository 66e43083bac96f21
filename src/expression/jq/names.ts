import type { BreakLabel, Budget, Closure, Filter, Scope } from './runtime.ts'
import type { Definition, JqValue, Query } from './syntax.ts'

/** What is visible at a point of a query, the innermost first. All but functions hold a place in the scope at run time. */
export interface Names {
  readonly kind: 'variable' | 'argument' | 'label' | 'function'
  readonly name: string
  readonly arity: number
  readonly outer: Names | undefined
  /** Places in the scope, this one included. */
  readonly depth: number
  readonly body?: FunctionBody
}

/** A function of the query. The filter is there once its definition is compiled, which may call itself. */
export interface FunctionBody {
  filter: Filter | undefined
  readonly parameters: readonly string[]
  /** Places in the scope where it was defined. */
  readonly depth: number
}

/** What the compilation of every kind of query needs. */
export interface Compilation {
  readonly budget: Budget
  compile(query: Query, names: Names | undefined): Filter
  /** A function that is written in jq, compiled once for each query that uses it. */
  builtin(key: string, definition: Definition): FunctionBody
}

export function depthOf(names: Names | undefined): number {
  return names?.depth ?? 0
}

/** Adds a variable (its name with `$`), a function's argument, or a label. */
export function withName(names: Names | undefined, kind: 'variable' | 'argument' | 'label', name: string): Names {
  return { kind, name, arity: 0, outer: names, depth: depthOf(names) + 1 }
}

export function withFunction(names: Names | undefined, name: string, body: FunctionBody): Names {
  return { kind: 'function', name, arity: body.parameters.length, outer: names, depth: depthOf(names), body }
}

export function findName(names: Names | undefined, matches: (entry: Names) => boolean): Names | undefined {
  let entry = names
  while (entry !== undefined && !matches(entry)) entry = entry.outer
  return entry
}

/** The scope some places further out. */
export function outerScope(scope: Scope | undefined, places: number): Scope | undefined {
  let found = scope
  for (let place = 0; place < places; place++) found = found?.outer
  return found
}

/** What is in the scope some places further out. */
export function valueAt(scope: Scope | undefined, places: number): JqValue | Closure | BreakLabel {
  const found = outerScope(scope, places)
  if (found === undefined) throw new Error('a name was resolved to a place that the scope does not have')
  return found.value
}
