// Counterpart: gojq compiler.go (compilePattern)
import { isJsonArray } from '../../model/json.ts'
import { indexValue } from './access.ts'
import { extendTrail } from './compile-path.ts'
import { describe } from './encode.ts'
import { fail } from './failure.ts'
import { withName, type Compilation, type Names } from './names.ts'
import type { Filter, Scope, Trail } from './runtime.ts'
import type { JqValue, Pattern, PatternEntry } from './syntax.ts'

/** Binds the variables of a pattern: once for each way in which its keys can be evaluated. */
export interface Binding {
  /** What is visible once it is bound. */
  readonly names: Names | undefined
  run(value: JqValue, trail: Trail | undefined, scope: Scope | undefined, bound: (scope: Scope | undefined, trail: Trail | undefined) => void): void
}

export function compilePattern(pattern: Pattern, names: Names | undefined, compilation: Compilation): Binding {
  if (pattern.type === 'variable') {
    return { names: withName(names, 'variable', pattern.name), run: (value, trail, outer, bound) => bound({ value, outer }, trail) }
  }
  if (pattern.type === 'list') return compileList(pattern.items, names, compilation)
  let binding: Binding = { names, run: (_, trail, scope, bound) => bound(scope, trail) }
  for (const entry of pattern.entries) binding = sequence(binding, compileEntry(entry, binding.names, compilation))
  return binding
}

/** Both patterns look at the same value; the second sees the variables of the first. */
function sequence(first: Binding, second: Binding): Binding {
  return {
    names: second.names,
    run: (value, trail, scope, bound) => first.run(value, trail, scope, (inner, way) => second.run(value, way, inner, bound)),
  }
}

function compileList(items: readonly Pattern[], names: Names | undefined, compilation: Compilation): Binding {
  let binding: Binding = { names, run: (_, trail, scope, bound) => bound(scope, trail) }
  for (const [index, item] of items.entries()) {
    const inner = compilePattern(item, binding.names, compilation)
    const key = BigInt(index)
    binding = sequence(binding, {
      names: inner.names,
      run: (value, trail, scope, bound) => {
        if (value !== null && !isJsonArray(value)) throw fail(() => `expected an array but got: ${describe(value)}`)
        const found = indexValue(value, key)
        inner.run(found, extendTrail(trail, value, key, found), scope, bound)
      },
    })
  }
  return binding
}

/** A key that is a query is evaluated on the value that is taken apart. */
function compileEntry({ key, variable, value: pattern }: PatternEntry, names: Names | undefined, compilation: Compilation): Binding {
  const keys: Filter = typeof key === 'string' ? (_value, trail, _scope, emit) => emit(key, trail) : compilation.compile(key, names)
  const own: Binding = variable === undefined
    ? { names, run: (_, trail, scope, bound) => bound(scope, trail) }
    : { names: withName(names, 'variable', variable), run: (value, trail, outer, bound) => bound({ value, outer }, trail) }
  const inner = pattern === undefined ? own : sequence(own, compilePattern(pattern, own.names, compilation))
  return {
    names: inner.names,
    run: (value, trail, scope, bound) => keys(value, trail, scope, (each, way) => {
      const found = indexValue(value, each)
      inner.run(found, extendTrail(way, value, each, found), scope, bound)
    }),
  }
}

/** The variables that a pattern binds. */
export function listVariables(pattern: Pattern): string[] {
  if (pattern.type === 'variable') return [pattern.name]
  if (pattern.type === 'list') return pattern.items.flatMap(listVariables)
  return pattern.entries.flatMap(({ variable, value }) => [...(variable === undefined ? [] : [variable]), ...(value === undefined ? [] : listVariables(value))])
}
