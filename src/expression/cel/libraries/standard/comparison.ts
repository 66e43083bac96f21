// cel-go: common/stdlib/standard.go
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { fn, withCost, type CelOverload } from '../../library.ts'
import { equalValues } from '../../values/equality.ts'
import { isMap, mapGet } from '../../values/map.ts'
import { compareValues } from '../../values/order.ts'
import { CelUint, failure, isPlainMap, type CelValue } from '../../values/value.ts'
import { comparisonCost, sizeOf } from './costs.ts'

const { bool, bytes, double, duration, int, list, map, string, timestamp, uint, parameter } = celType
const [A, B] = [parameter('A'), parameter('B')]

/** Pairs of types that have an order; numbers of different types have one, too. */
const orderedPairs: readonly (readonly [CelType<CelValue>, CelType<CelValue>])[] = [
  [bool, bool],
  [int, int], [int, double], [int, uint],
  [uint, uint], [uint, double], [uint, int],
  [double, double], [double, int], [double, uint],
  [string, string], [bytes, bytes], [timestamp, timestamp], [duration, duration],
]

function ordering(name: string, holds: (order: number) => boolean): CelOverload[] {
  return orderedPairs.map((pair) => {
    const row = fn(name, pair, bool, (a, b) => {
      const order = compareValues(a, b)
      if (order === undefined) throw failure('no such overload')
      return holds(order)
    })
    return pair[0] === string || pair[0] === bytes ? withCost(comparisonCost, row) : row
  })
}

/** `key in map`: a key of a type that no map has is simply not there. */
function containsKey(key: CelValue, container: CelValue): boolean {
  if (isPlainMap(container)) return typeof key === 'string' && Object.hasOwn(container, key)
  const isKey = typeof key !== 'object' || key instanceof CelUint
  return isKey && isMap(container) && mapGet(container, key) !== undefined
}

export const comparison: readonly CelOverload[] = [
  withCost(comparisonCost, fn('_==_', [A, A], bool, (a, b) => equalValues(a, b))),
  withCost(comparisonCost, fn('_!=_', [A, A], bool, (a, b) => !equalValues(a, b))),
  ...ordering('_<_', (order) => order < 0),
  ...ordering('_<=_', (order) => order <= 0),
  ...ordering('_>_', (order) => order > 0),
  ...ordering('_>=_', (order) => order >= 0),
  withCost((args) => sizeOf(args[1]), fn('@in', [A, list(A)], bool, (value, items) => items.some((item) => equalValues(item, value)))),
  fn('@in', [A, map(A, B)], bool, containsKey),
]
