// Counterpart: gojq execute.go (opindex, opiter, _index, _slice): the queries that lead somewhere, and remember the way when asked.
import { isJsonArray, isJsonObject } from '../../model/json.ts'
import { sortedKeys } from '../../values/text-order.ts'
import { indexValue, sliceValue } from './access.ts'
import { describe } from './encode.ts'
import { fail } from './failure.ts'
import type { Compilation, Names } from './names.ts'
import { isIntact, type Budget, type Emit, type Filter, type Trail } from './runtime.ts'
import { identity, type JqValue, type Query } from './syntax.ts'

type Of<Type extends Query['type']> = Query & { readonly type: Type }

/** The trail one key further; throws where the value is not what the trail leads to. */
export function extendTrail(trail: Trail | undefined, from: JqValue, key: JqValue, value: JqValue): Trail | undefined {
  if (trail === undefined) return undefined
  if (!isIntact(from, trail)) throw fail(() => `invalid path against: ${describe(from)}`)
  return { before: trail, key, value }
}

export function compileIndex({ target, key }: Of<'index'>, names: Names | undefined, compilation: Compilation): Filter {
  const step: Filter = (value, trail, _, emit) => {
    const inner = indexValue(value, key)
    emit(inner, extendTrail(trail, value, key, inner))
  }
  if (target === identity) return step
  const before = compilation.compile(target, names)
  return (value, trail, scope, emit) => before(value, trail, scope, (found, way) => step(found, way, scope, emit))
}

/** Keys are evaluated on the term's input, for which no path is kept; then the target. */
export function compileIndexBy({ target, key }: Of<'indexBy'>, names: Names | undefined, compilation: Compilation): Filter {
  const [keys, before] = [compilation.compile(key, names), compilation.compile(target, names)]
  return (value, trail, scope, emit) => keys(value, undefined, scope, (each) => {
    before(value, trail, scope, (found, way) => {
      const inner = indexValue(found, each)
      emit(inner, extendTrail(way, found, each, inner))
    })
  })
}

const nothing: Filter = (_value, trail, _scope, emit) => emit(null, trail)

export function compileSlice({ target, from, to }: Of<'slice'>, names: Names | undefined, compilation: Compilation): Filter {
  const compile = (query: Query | undefined): Filter => query === undefined ? nothing : compilation.compile(query, names)
  const [before, starts, ends] = [compilation.compile(target, names), compile(from), compile(to)]
  return (value, trail, scope, emit) => starts(value, undefined, scope, (start) => ends(value, undefined, scope, (end) => {
    before(value, trail, scope, (found, way) => {
      const part = sliceValue(found, start, end)
      emit(part, extendTrail(way, found, { start, end }, part))
    })
  }))
}

export function compileIterate({ target }: Of<'iterate'>, names: Names | undefined, compilation: Compilation): Filter {
  const { budget } = compilation
  if (target === identity) return (value, trail, _, emit) => iterate(value, trail, emit, budget)
  const before = compilation.compile(target, names)
  return (value, trail, scope, emit) => before(value, trail, scope, (found, way) => iterate(found, way, emit, budget))
}

/** Every item of a list, or every value of an object in the order of its keys. */
export function iterate(value: JqValue, trail: Trail | undefined, emit: Emit, budget: Budget): void {
  if (value === null || typeof value !== 'object') throw fail(() => `cannot iterate over: ${describe(value)}`)
  if (trail !== undefined && !isIntact(value, trail)) throw fail(() => `invalid path on iterating against: ${describe(value)}`)
  if (isJsonArray(value)) {
    for (const [index, item] of value.entries()) {
      budget.spend(1)
      emit(item, trail && { before: trail, key: BigInt(index), value: item })
    }
  } else if (isJsonObject(value)) {
    for (const key of sortedKeys(value)) {
      budget.spend(1)
      const item = value[key] as JqValue
      emit(item, trail && { before: trail, key, value: item })
    }
  }
}
