// apiserver: pkg/cel/library/lists.go
import { method, withCost, type CelLibrary, type CelOverload } from '../library.ts'
import { celType } from '../types/cel-type.ts'
import { equalValues } from '../values/equality.ts'
import { checkedDuration, checkedInt, checkedUint } from '../values/integer.ts'
import { compareValues } from '../values/order.ts'
import { CelDuration, CelUint, failure, type CelValue } from '../values/value.ts'
import { comparableTypes } from './lists.ts'
import { deepTraversalCost } from './standard/costs.ts'

const { bool, double, duration, int, list, uint, parameter } = celType
const A = parameter('A')

/** Elements that have no order (the list's type looks at the first only) count as equal. */
function compare(a: CelValue, b: CelValue): number {
  return Number.isNaN(a) || Number.isNaN(b) ? 0 : compareValues(a, b) ?? 0
}

function isSorted(items: readonly CelValue[]): boolean {
  return items.every((item, index) => index === 0 || compare(items[index - 1] as CelValue, item) <= 0)
}

function extreme(name: 'min' | 'max', sign: 1 | -1): CelOverload[] {
  const find = (items: readonly CelValue[]): CelValue => {
    if (items.length === 0) throw failure(`${name} called on empty list`)
    return items.reduce((best, item) => (compare(best, item) * sign > 0 ? item : best))
  }
  return comparableTypes.map((type) => withCost(cost, method(name, [list(type)], type, find)))
}

/** The list's elements need not be what its type says. */
function only<T extends CelValue>(items: readonly CelValue[], isOne: (item: CelValue) => item is T): readonly T[] {
  if (!items.every(isOne)) throw failure('no such overload')
  return items
}

const isInt = (item: CelValue): item is bigint => typeof item === 'bigint'
const isDouble = (item: CelValue): item is number => typeof item === 'number'
const isUint = (item: CelValue): item is CelUint => item instanceof CelUint
const isDuration = (item: CelValue): item is CelDuration => item instanceof CelDuration

const cost = (args: readonly CelValue[]): number => deepTraversalCost(args[0])

/** Kubernetes' own functions on lists. */
export const kubernetesLists: CelLibrary = {
  name: 'kubernetesLists',
  summary: 'Sums, extremes and positions in lists',
  functions: [
    ...comparableTypes.map((type) => withCost(cost, method('isSorted', [list(type)], bool, isSorted))),
    withCost(cost, method('sum', [list(int)], int, (items) => only(items, isInt).reduce((sum, item) => checkedInt(sum + item), 0n))),
    withCost(cost, method('sum', [list(uint)], uint,
      (items) => only(items, isUint).reduce((sum, item) => checkedUint(sum.value + item.value), new CelUint(0n)))),
    withCost(cost, method('sum', [list(double)], double, (items) => only(items, isDouble).reduce((sum, item) => sum + item, 0))),
    withCost(cost, method('sum', [list(duration)], duration,
      (items) => only(items, isDuration).reduce((sum, item) => checkedDuration(sum.nanoseconds + item.nanoseconds), new CelDuration(0n)))),
    ...extreme('max', -1),
    ...extreme('min', 1),
    withCost(cost, method('indexOf', [list(A), A], int, (items, value) => BigInt(items.findIndex((item) => equalValues(item, value))))),
    withCost(cost, method('lastIndexOf', [list(A), A], int, (items, value) => BigInt(items.findLastIndex((item) => equalValues(item, value))))),
  ],
}
