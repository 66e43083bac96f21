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
 * What an iteration costs besides condition and body, in cel-go's count: reading and testing the accumulator, and adding to it
 * (interpreter/runtimecost.go over the expansion of the macros in parser/macro.go).
 */
const iterationCosts = { all: 3, exists: 4, existsOne: 1, map: 12, filter: 12, transformMap: 3, transformMapEntry: 2 } as const

/** Compiles a comprehension. */
export function compileLoop({ loop }: LoopNode, parts: LoopParts): Run {
  switch (loop) {
    case 'all': return compileQuantifier(parts, false, iterationCosts.all)
    case 'exists': return compileQuantifier(parts, true, iterationCosts.exists)
    case 'existsOne': return compileExistsOne(parts)
    case 'map': case 'filter': return compileList(parts, iterationCosts[loop])
    case 'transformMap': return compileMap(parts, iterationCosts.transformMap, (key, value) => [[key, value]])
    case 'transformMapEntry': return compileMap(parts, iterationCosts.transformMapEntry, (_, value) => entriesOf(value))
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
function compileQuantifier(parts: LoopParts, deciding: boolean, cost: number): Run {
  const { range, body, slots: [slot = 0, second] } = parts
  const each = iterate(parts)
  if (second === undefined) {
    return (frame) => {
      let error: Error | undefined
      for (const element of elementsOf(range(frame))) {
        frame.slots[slot] = element
        frame.spend(cost)
        try {
          const value = body(frame)
          if (value === deciding) return deciding
          if (value !== !deciding) error ??= failure('no such overload')
        } catch (thrown) {
          error = absorb(error, thrown)
        }
      }
      if (error !== undefined) throw error
      return !deciding
    }
  }
  return (frame) => {
    let error: Error | undefined
    let decided = false
    each(frame, range(frame), () => {
      frame.spend(cost)
      try {
        const value = body(frame)
        if (value === deciding) decided = true
        else if (value !== !deciding) error ??= failure('no such overload')
      } catch (thrown) {
        error = absorb(error, thrown)
      }
      return !decided
    })
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
      frame.spend(iterationCosts.existsOne)
      if (holds(body, frame)) count++
      return true
    })
    return count === 1
  }
}

function compileList(parts: LoopParts, cost: number): Run {
  const { range, condition, body } = parts
  const each = iterate(parts)
  return (frame) => {
    const result: CelValue[] = []
    each(frame, range(frame), () => {
      const isWanted = holds(condition, frame)
      frame.spend(isWanted ? cost : 1)
      if (isWanted) result.push(body(frame))
      return true
    })
    return result
  }
}

function compileMap(parts: LoopParts, cost: number, entries: (key: CelValue, value: CelValue) => Iterable<readonly [CelValue, CelValue]>): Run {
  const { range, condition, body, slots: [keySlot = 0] } = parts
  const each = iterate(parts)
  return (frame) => {
    const result: (readonly [CelValue, CelValue])[] = []
    each(frame, range(frame), () => {
      const isWanted = holds(condition, frame)
      frame.spend(isWanted ? cost : 1)
      if (isWanted) result.push(...entries(frame.slots[keySlot] as CelValue, body(frame)))
      return true
    })
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
