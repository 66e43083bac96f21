// Counterpart: gojq builtin.jq and compiler.go: the functions that decide how often, and on what, their arguments run.
import { compareValues, isTruthy } from '../compare.ts'
import { iterate } from '../compile-path.ts'
import { finishTrail, followTrail, startTrail } from '../compile-update.ts'
import { runLabelled } from '../compile-flow.ts'
import { getPath } from '../access.ts'
import { BreakSignal, raised } from '../failure.ts'
import { isNumber } from '../numbers.ts'
import { add, binaryOperators } from '../operators.ts'
import { isIntact, type Emit, type Filter, type Trail } from '../runtime.ts'
import { deletePaths } from '../set-path.ts'
import type { JqValue } from '../syntax.ts'
import { notApplicable, type QueryFunction, type QueryFunctions } from './table.ts'

const one = (filters: readonly Filter[]): Filter => filters[0] as Filter
const two = (filters: readonly Filter[]): [Filter, Filter] => filters as [Filter, Filter]

/** `.[]?`, which is silent also where no path leads to the value. */
const items: QueryFunction = (_, { budget }) => (value, trail, _scope, emit) => {
  if (value === null || typeof value !== 'object' || (trail !== undefined && !isIntact(value, trail))) return
  iterate(value, trail, emit, budget)
}

const recurse: QueryFunction = (filters, compilation) => {
  const step = filters[0] ?? items([], compilation)
  const condition = filters[1]
  return (value, trail, scope, emit) => {
    const visit: Emit = (found, way) => {
      compilation.budget.spend(1)
      emit(found, way)
      if (condition === undefined) step(found, way, scope, visit)
      else step(found, way, scope, (next, nextWay) => condition(next, undefined, scope, (holds) => isTruthy(holds) && visit(next, nextWay)))
    }
    visit(value, trail)
  }
}

const range: QueryFunction = (filters, { budget }) => {
  const [starts, ends, steps] = filters.length === 1 ? [undefined, filters[0], undefined] : filters
  const all = (filter: Filter | undefined, otherwise: JqValue): Filter => filter ?? ((_value, trail, _scope, emit) => emit(otherwise, trail))
  const [from, to, by] = [all(starts, 0n), all(ends, 0n), all(steps, 1n)]
  return (value, trail, scope, emit) => from(value, undefined, scope, (start) => to(value, undefined, scope, (end) => by(value, undefined, scope, (step) => {
    for (const bound of [start, end, step]) if (!isNumber(bound)) throw notApplicable('range', bound)
    const direction = Math.sign(compareValues(step, 0n))
    for (let current: JqValue = start; direction * Math.sign(compareValues(current, end)) < 0; current = add(current, step)) {
      budget.spend(1)
      emit(current, trail)
    }
  })))
}

/** At most as many outputs as the first argument says. */
const limit: QueryFunction = (filters) => {
  const [counts, source] = two(filters)
  return (value, trail, scope, emit) => counts(value, undefined, scope, (count) => {
    if (compareValues(count, 0n) === 0) return
    if (compareValues(count, 0n) < 0) throw raised("limit doesn't support negative count")
    const label = {}
    let left = count
    runLabelled(label, () => source(value, trail, scope, (output, way) => {
      left = binaryOperators['-'](left, 1n)
      emit(output, way)
      if (compareValues(left, 0n) <= 0) throw new BreakSignal(label)
    }))
  })
}

const skipOutputs = (source: Filter, count: JqValue): Filter => (value, trail, scope, emit) => {
  let left = count
  source(value, trail, scope, (output, way) => {
    if (compareValues(left, 0n) <= 0) return emit(output, way)
    left = binaryOperators['-'](left, 1n)
  })
}

const skip: QueryFunction = (filters) => {
  const [counts, source] = two(filters)
  return (value, trail, scope, emit) => counts(value, undefined, scope, (count) => {
    if (compareValues(count, 0n) < 0) throw raised("skip doesn't support negative count")
    skipOutputs(source, count)(value, trail, scope, emit)
  })
}

const firstOf = (source: Filter): Filter => (value, trail, scope, emit) => {
  const label = {}
  runLabelled(label, () => source(value, trail, scope, (output, way) => {
    emit(output, way)
    throw new BreakSignal(label)
  }))
}

const nth: QueryFunction = (filters) => {
  const [counts, source] = two(filters)
  return (value, trail, scope, emit) => counts(value, undefined, scope, (count) => {
    if (compareValues(count, 0n) < 0) throw raised("nth doesn't support negative index")
    firstOf(skipOutputs(source, count))(value, trail, scope, emit)
  })
}

const last: QueryFunction = (filters) => (value, trail, scope, emit) => {
  let found: { readonly output: JqValue } | undefined
  one(filters)(value, trail, scope, (output) => {
    found = { output }
  })
  if (found !== undefined) emit(found.output, trail)
}

/** True where the source has no output; the way then is the input's. */
const isEmpty = (source: Filter): Filter => (value, trail, scope, emit) => {
  const label = {}
  let way: { readonly trail: Trail | undefined } | undefined
  runLabelled(label, () => source(value, trail, scope, (_, end) => {
    way = { trail: end }
    throw new BreakSignal(label)
  }))
  emit(way === undefined, way === undefined ? trail : way.trail)
}

/** Whether the condition holds (`any`), or fails (`all`), for some output. */
function quantify(filters: readonly Filter[], wanted: boolean, items: Filter): Filter {
  const [source, condition] = filters.length === 2 ? two(filters) : [items, filters[0]]
  const chosen: Filter = (value, trail, scope, emit) => source(value, trail, scope, (item, way) => {
    if (condition === undefined) return isTruthy(item) === wanted ? emit(item, way) : undefined
    condition(item, undefined, scope, (holds) => isTruthy(holds) === wanted && emit(item, way))
  })
  return (value, trail, scope, emit) => isEmpty(chosen)(value, trail, scope, (empty, way) => emit(wanted ? !isTruthy(empty) : empty, way))
}

const allItems: QueryFunction = (_, { budget }) => (value, trail, _scope, emit) => iterate(value, trail, emit, budget)

const until: QueryFunction = (filters, { budget }) => {
  const [condition, next] = two(filters)
  return (value, trail, scope, emit) => {
    const visit: Emit = (current, way) => {
      budget.spend(1)
      condition(current, undefined, scope, (holds) => (isTruthy(holds) ? emit(current, way) : next(current, way, scope, visit)))
    }
    visit(value, trail)
  }
}

const whileHolds: QueryFunction = (filters, { budget }) => {
  const [condition, next] = two(filters)
  return (value, trail, scope, emit) => {
    const visit: Emit = (current, way) => {
      budget.spend(1)
      condition(current, undefined, scope, (holds) => {
        if (!isTruthy(holds)) return
        emit(current, way)
        next(current, way, scope, visit)
      })
    }
    visit(value, trail)
  }
}

/** gojq repeats on the input, not on the outputs. */
const repeat: QueryFunction = (filters, { budget }) => (value, trail, scope, emit) => {
  for (;;) {
    budget.spend(1)
    one(filters)(value, trail, scope, emit)
  }
}

const path: QueryFunction = (filters) => (value, trail, scope, emit) => {
  one(filters)(value, startTrail(value), scope, (place, way) => emit(finishTrail(place, way), trail))
}

const del: QueryFunction = (filters) => (value, trail, scope, emit) => {
  const paths: JqValue[] = []
  one(filters)(value, startTrail(value), scope, (place, way) => {
    paths.push(finishTrail(place, way))
  })
  emit(deletePaths(value, paths), trail)
}

const getpath: QueryFunction = (filters) => (value, trail, scope, emit) => one(filters)(value, undefined, scope, (keys) => {
  const found = getPath(value, keys)
  emit(found, followTrail(trail, value, keys as readonly JqValue[], found))
})

const select: QueryFunction = (filters) => (value, trail, scope, emit) => one(filters)(value, undefined, scope, (holds) => isTruthy(holds) && emit(value, trail))

/** What a query reads from outside is empty. */
const environment: QueryFunction = () => {
  const empty: JqValue = {}
  return (_value, trail, _scope, emit) => emit(empty, trail)
}

export const controlFunctions: QueryFunctions = {
  'empty/0': () => () => undefined,
  'env/0': environment,
  'select/1': select,
  'recurse/0': recurse,
  'recurse/1': recurse,
  'recurse/2': recurse,
  'range/1': range,
  'range/2': range,
  'range/3': range,
  'limit/2': limit,
  'skip/2': skip,
  'first/1': (filters) => firstOf(one(filters)),
  'nth/2': nth,
  'last/1': last,
  'isempty/1': (filters) => isEmpty(one(filters)),
  'any/0': (filters, compilation) => quantify(filters, true, allItems([], compilation)),
  'any/1': (filters, compilation) => quantify(filters, true, allItems([], compilation)),
  'any/2': (filters, compilation) => quantify(filters, true, allItems([], compilation)),
  'all/0': (filters, compilation) => quantify(filters, false, allItems([], compilation)),
  'all/1': (filters, compilation) => quantify(filters, false, allItems([], compilation)),
  'all/2': (filters, compilation) => quantify(filters, false, allItems([], compilation)),
  'until/2': until,
  'while/2': whileHolds,
  'repeat/1': repeat,
  'path/1': path,
  'del/1': del,
  'getpath/1': getpath,
}
