// Counterpart: gojq compiler.go (_assign, _modify)
import { getPath } from './access.ts'
import { describe } from './encode.ts'
import { BreakSignal, fail } from './failure.ts'
import { isTruthy } from './compare.ts'
import { runLabelled } from './compile-flow.ts'
import type { Compilation, Names } from './names.ts'
import { binaryOperators } from './operators.ts'
import { isIntact, trailKeys, type Emit, type Filter, type Scope, type Trail } from './runtime.ts'
import { deletePaths, setPath } from './set-path.ts'
import { identity, type BinaryOperator, type JqValue, type Query } from './syntax.ts'

type Of<Type extends Query['type']> = Query & { readonly type: Type }

export function compileUpdate({ operator, left, right }: Of<'update'>, names: Names | undefined, compilation: Compilation): Filter {
  const [places, values] = [compilation.compile(left, names), compilation.compile(right, names)]
  if (operator === '=') {
    const path = readConstantPath(left)
    if (path !== undefined) return (value, trail, scope, emit) => values(value, trail, scope, (other, way) => emit(setPath(value, path, other), way))
    return compileAssign(places, values, compilation)
  }
  if (operator === '|=') return (value, trail, scope, emit) => emit(modify({ value, trail, scope, places, compilation, change: values }), trail)
  const combine = operator === '//=' ? (current: JqValue, other: JqValue) => (isTruthy(current) ? current : other) : binaryOperators[operator.slice(0, -1) as BinaryOperator]
  return (value, trail, scope, emit) => values(value, trail, scope, (other, way) => {
    const change: Filter = (current, currentTrail, _, put) => put(combine(current, other), currentTrail)
    emit(modify({ value, trail: way, scope, places, compilation, change }), way)
  })
}

/** A place that is named by constants alone is set at once; seen only in the words of errors. */
function readConstantPath(query: Query): JqValue[] | undefined {
  if (query.type !== 'index') return undefined
  const before = query.target === identity ? [] : readConstantPath(query.target)
  return before === undefined ? undefined : [...before, query.key]
}

function compileAssign(places: Filter, values: Filter, { budget }: Compilation): Filter {
  return (value, trail, scope, emit) => values(value, undefined, scope, (other) => {
    let result = value
    places(value, startTrail(value), scope, (place, way) => {
      budget.spend(1)
      result = setPath(result, finishTrail(place, way), other)
    })
    emit(result, trail)
  })
}

/** Where an output of `path(…)` is; throws where the query computed something else than a part of its input. */
export function finishTrail(value: JqValue, trail: Trail | undefined): JqValue[] {
  if (trail === undefined || !isIntact(value, trail)) throw fail(() => `invalid path against: ${describe(value)}`)
  return trailKeys(trail)
}

/** A trail that starts here. */
export function startTrail(value: JqValue): Trail {
  return { before: undefined, key: undefined, value }
}

export interface Modification {
  readonly value: JqValue
  readonly trail: Trail | undefined
  readonly scope: Scope | undefined
  readonly places: Filter
  /** Its first output replaces what it is given; without one the place is deleted. */
  readonly change: Filter
  readonly compilation: Compilation
}

/** `places |= change`. */
export function modify({ value, trail, scope, places, change, compilation }: Modification): JqValue {
  let result = value
  const deleted: JqValue[] = []
  places(value, startTrail(value), scope, (place, way) => {
    compilation.budget.spend(1)
    const keys = finishTrail(place, way)
    const current = getPath(result, keys)
    const first = firstOutput((put) => change(current, followTrail(trail, result, keys, current), scope, put))
    if (first === undefined) deleted.push(keys)
    else result = setPath(result, keys, first)
  })
  return deletePaths(result, deleted)
}

/** `getpath` in a path: every key leads to the value that is found in the end. */
export function followTrail(trail: Trail | undefined, from: JqValue, keys: readonly JqValue[], found: JqValue): Trail | undefined {
  if (trail === undefined) return undefined
  if (!isIntact(from, trail)) throw fail(() => `invalid path against: ${describe(from)}`)
  let way = trail
  for (const key of keys) way = { before: way, key, value: found }
  return way
}

function firstOutput(run: (emit: Emit) => void): JqValue | undefined {
  const label = {}
  let first: JqValue | undefined
  runLabelled(label, () => run((output) => {
    first = output
    throw new BreakSignal(label)
  }))
  return first
}
