import type { LoopNode } from '../syntax/ast.ts'
import { isMap, mapEntries, mapFromEntries, mapKeys, mapSize } from '../values/map.ts'
import { goTypeName } from '../values/runtime-type.ts'
import { failure, isList, type CelValue } from '../values/value.ts'
import { absorb } from './absorb.ts'
import type { Frame, Run } from './frame.ts'

/** The compiled parts of a loop and the slots of its variables. */
export interface LoopParts {
  readonly range: Run
  readonly condition?: Run
  readonly body: Run
  readonly slots: readonly number[]
}

/**
 * What a loop costs besides its condition and body, in cel-go's count (interpreter/runtimecost.go over the expansion of the macros in
 * parser/macro.go): a test of the accumulator before each iteration, adding to it (leaving it
 * as it is costs nothing), and reading the result.
 */
const costs = {
  all: { test: 2, step: 1, skip: 0, end: 1 },
  exists: { test: 3, step: 1, skip: 0, end: 1 },
  existsOne: { test: 0, step: 2, skip: 0, end: 2 },
  map: { test: 0, step: 12, skip: 0, end: 1 },
  filter: { test: 0, step: 12, skip: 0, end: 1 },
  transformMap: { test: 0, step: 3, skip: 0, end: 1 },
  transformMapEntry: { test: 0, step: 2, skip: 0, end: 1 },
} as const

type LoopCost = (typeof costs)[LoopNode['loop']]

/** Compiles a comprehension. */
export function compileLoop({ loop }: LoopNode, parts: LoopParts): Run {
  switch (loop) {
    case 'all': return compileQuantifier(parts, false, costs.all)
    case 'exists': return compileQuantifier(parts, true, costs.exists)
    case 'existsOne': return compileExistsOne(parts)
    case 'map': case 'filter': return compileList(parts, costs[loop])
    case 'transformMap': return compileMap(parts, costs.transformMap, (key, value) => [[key, value]])
    case 'transformMapEntry': return compileMap(parts, costs.transformMapEntry, (_, value) => entriesOf(value))
  }
}

/** Calls `visit` once an element, the variables set, until it answers false. */
type Iterate = (frame: Frame, range: CelValue, visit: () => boolean) => void

function iterate({ slots: [first = 0, second] }: LoopParts): Iterate {
  if (second === undefined) {
    return (frame, range, visit) => {
      for (const element of elementsOf(range)) {
        frame.slots[first] = element
        if (!visit()) return
      }
    }
  }
  return (frame, range, visit) => {
    if (!isList(range) && !isMap(range)) throw failure(`unsupported comprehension range type: ${goTypeName(range)}`)
    let index = 0n
    const entries: Iterable<CelValue | readonly [CelValue, CelValue]> = isMap(range) ? mapEntries(range) : elementsOf(range)
    for (const entry of entries) {
      const [key, value] = isMap(range) ? entry as readonly [CelValue, CelValue] : [index++, entry as CelValue]
      frame.slots[first] = key
      frame.slots[second] = value
      if (!visit()) return
    }
  }
}

function elementsOf(range: CelValue): readonly CelValue[] {
  if (isList(range)) return range
  if (isMap(range)) return mapKeys(range)
  throw failure(`got '${goTypeName(range)}', expected iterable type`)
}

/** `all` and `exists`: like a long `&&` or `||`, errors are irrelevant once an element decides. */
function compileQuantifier(parts: LoopParts, deciding: boolean, cost: LoopCost): Run {
  return parts.slots.length === 1 ? compileOverElements(parts, deciding, cost) : compileOverEntries(parts, deciding, cost)
}

function compileOverElements({ range, body, slots: [slot = 0] }: LoopParts, deciding: boolean, cost: LoopCost): Run {
  return (frame) => {
    let error: Error | undefined
    const elements = elementsOf(range(frame))
    for (let index = 0; index < elements.length; index++) {
      frame.slots[slot] = elements[index]
      frame.spend(cost.test + cost.step)
      try {
        const value = body(frame)
        if (value === deciding) {
          frame.cost += cost.end + (index + 1 < elements.length ? cost.test : 0)
          return deciding
        }
        if (value !== !deciding) error ??= failure('no such overload')
      } catch (thrown) {
        error = absorb(error, thrown)
      }
    }
    frame.cost += cost.end
    if (error !== undefined) throw error
    return !deciding
  }
}

function compileOverEntries(parts: LoopParts, deciding: boolean, cost: LoopCost): Run {
  const { range, body } = parts
  const each = iterate(parts)
  return (frame) => {
    let error: Error | undefined
    let decided = false
    each(frame, range(frame), () => {
      frame.spend(decided ? cost.test : cost.test + cost.step)
      if (decided) return false
      try {
        const value = body(frame)
        if (value === deciding) decided = true
        else if (value !== !deciding) error ??= failure('no such overload')
      } catch (thrown) {
        error = absorb(error, thrown)
      }
      return true
    })
    frame.cost += cost.end
    if (!decided && error !== undefined) throw error
    return decided === deciding
  }
}

/** A condition that is not a bool is an error, as the conditional operator has it. */
function holds(condition: Run | undefined, frame: Frame): boolean {
  if (condition === undefined) return true
  const value = condition(frame)
  if (typeof value !== 'boolean') throw failure('no such overload')
  return value
}

function compileExistsOne(parts: LoopParts): Run {
  const { range, body } = parts
  const each = iterate(parts)
  return (frame) => {
    let count = 0
    each(frame, range(frame), () => {
      const isOne = holds(body, frame)
      if (isOne) count++
      frame.spend(isOne ? costs.existsOne.step : costs.existsOne.skip)
      return true
    })
    frame.cost += costs.existsOne.end
    return count === 1
  }
}

function compileList(parts: LoopParts, cost: LoopCost): Run {
  const { range, condition, body } = parts
  const each = iterate(parts)
  return (frame) => {
    const result: CelValue[] = []
    each(frame, range(frame), () => {
      const isWanted = holds(condition, frame)
      frame.spend(isWanted ? cost.step : cost.skip)
      if (isWanted) result.push(body(frame))
      return true
    })
    frame.cost += cost.end
    return result
  }
}

function compileMap(parts: LoopParts, cost: LoopCost, entries: (key: CelValue, value: CelValue) => Iterable<readonly [CelValue, CelValue]>): Run {
  const { range, condition, body, slots: [keySlot = 0] } = parts
  const each = iterate(parts)
  return (frame) => {
    const result: (readonly [CelValue, CelValue])[] = []
    each(frame, range(frame), () => {
      const isWanted = holds(condition, frame)
      frame.spend(isWanted ? cost.step : cost.skip)
      if (isWanted) result.push(...entries(frame.slots[keySlot] as CelValue, body(frame)))
      return true
    })
    frame.cost += cost.end
    const map = mapFromEntries(result)
    if (mapSize(map) < result.length) throw failure(`insert failed: key ${repeatedKey(result)} already exists`)
    return map
  }
}

function repeatedKey(entries: readonly (readonly [CelValue, CelValue])[]): string {
  const keys = entries.map(([key]) => String(key))
  return keys.find((key, index) => keys.indexOf(key) < index) ?? ''
}

function entriesOf(value: CelValue): Iterable<readonly [CelValue, CelValue]> {
  if (!isMap(value)) throw failure('no such overload')
  return mapEntries(value)
}
