// cel-go: ext/sets.go
import { fn, withCost, type CelLibrary } from '../library.ts'
import { celType } from '../types/cel-type.ts'
import { equalValues } from '../values/equality.ts'
import type { CelValue } from '../values/value.ts'
import { sizeOf } from './standard/costs.ts'

const { bool, list, parameter } = celType
const listOfT = list(parameter('T'))

function has(items: readonly CelValue[], value: CelValue): boolean {
  return items.some((item) => equalValues(item, value))
}

function contains(items: readonly CelValue[], part: readonly CelValue[]): boolean {
  return part.every((value) => has(items, value))
}

const productCost = (factor: number) => ([a, b]: readonly CelValue[]): number => 1 + sizeOf(a) * sizeOf(b) * factor

/** Lists as sets. */
export const sets: CelLibrary = {
  name: 'sets',
  summary: 'Lists as sets: containment, equivalence, intersection',
  functions: [
    withCost(productCost(1), fn('sets.contains', [listOfT, listOfT], bool, contains)),
    withCost(productCost(2), fn('sets.equivalent', [listOfT, listOfT], bool, (a, b) => contains(a, b) && contains(b, a))),
    withCost(productCost(1), fn('sets.intersects', [listOfT, listOfT], bool, (a, b) => a.some((value) => has(b, value)))),
  ],
}
