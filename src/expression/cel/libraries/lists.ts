// cel-go: ext/lists.go (version 3)
import { fn, method, withCost, type CelLibrary } from '../library.ts'
import type { CelNode } from '../syntax/ast.ts'
import type { MacroCall } from '../syntax/macro.ts'
import { makeLoop } from '../syntax/standard-macros.ts'
import { celType } from '../types/cel-type.ts'
import { formatType, type CelType } from '../types/type.ts'
import { equalValues } from '../values/equality.ts'
import { compareValues } from '../values/order.ts'
import { runtimeType } from '../values/runtime-type.ts'
import { CelBytes, failure, isList, type CelValue } from '../values/value.ts'
import { sizeOf } from './standard/costs.ts'

const { bool, bytes, double, duration, dyn, int, list, string, timestamp, uint, parameter } = celType
const T = parameter('T')

/** Types whose values have an order. */
export const comparableTypes: readonly CelType<CelValue>[] = [int, uint, double, bool, duration, timestamp, string, bytes]

/** Longer lists are refused rather than made: a call may cost no more in Kubernetes, and they exhaust memory. */
const maxRange = 1_000_000n

function range(size: bigint): bigint[] {
  if (size < 0n) throw failure(`lists.range: size must be non-negative, got ${size}`)
  if (size > maxRange) throw failure(`lists.range: size ${size} exceeds maximum allowed (${maxRange})`)
  return Array.from({ length: Number(size) }, (_, index) => BigInt(index))
}

function slice(items: readonly CelValue[], start: bigint, end: bigint): readonly CelValue[] {
  if (start < 0n || end < 0n) throw failure(`cannot slice(${start}, ${end}), negative indexes not supported`)
  if (start > end) throw failure(`cannot slice(${start}, ${end}), start index must be less than or equal to end index`)
  if (end > items.length) throw failure(`cannot slice(${start}, ${end}), list is length ${items.length}`)
  return items.slice(Number(start), Number(end))
}

function flatten(items: readonly CelValue[], depth: bigint): CelValue[] {
  if (depth < 0n) throw failure('level must be non-negative')
  return items.flatMap((item) => (isList(item) && depth > 0n ? flatten(item, depth - 1n) : [item]))
}

/** cel-go does not look at the types of `flatten` before it is called. */
function requireList(value: CelValue, argument: string): readonly CelValue[] {
  if (isList(value)) return value
  throw failure(`no such overload: ${formatType(runtimeType(value))}.flatten(${argument})`)
}

function sortBy(items: readonly CelValue[], keys: readonly CelValue[]): readonly CelValue[] {
  const [first] = keys
  if (items.length !== keys.length) {
    throw failure('@sortByAssociatedKeys() expected a list of the same size as the associated keys list, '
      + `but got ${items.length} and ${keys.length} elements respectively`)
  }
  if (first === undefined) return items
  if (compareValues(first, first) === undefined) throw failure('list elements must be comparable')
  const type = runtimeType(first)
  if (keys.length > 1 && keys.some((key) => runtimeType(key).name !== type.name)) throw failure('list elements must have the same type')
  const order = items.map((_, index) => index).sort((a, b) => compareValues(keys[a] as CelValue, keys[b] as CelValue) || 0)
  return order.map((index) => items[index] as CelValue)
}

/** Scalars are compared by a set, everything else one by one. */
function distinct(items: readonly CelValue[]): CelValue[] {
  const texts = new Set<CelValue>()
  const result: CelValue[] = []
  for (const item of items) {
    if (typeof item === 'string') {
      if (texts.has(item)) continue
      texts.add(item)
    } else if (result.some((other) => equalValues(other, item))) continue
    result.push(item)
  }
  return result
}

/** `list.sortBy(e, key)` sorts by the keys that a map over the list gives. */
function expandSortBy({ target, args, position }: MacroCall): CelNode | undefined {
  const input: CelNode = { kind: 'ident', name: '@__sortBy_input__', position }
  const keys = makeLoop('map', { target: input, args, position })
  const body: CelNode = { kind: 'call', name: '@sortByAssociatedKeys', target: input, args: [keys], position }
  return target === undefined ? undefined : { kind: 'bind', name: input.name, value: target, body, position }
}

/** Of a call that makes a list, `size` being how often an element is touched (cel-go: trackAllocatingListCall). */
const makingCost = (size: number): number => 11 + Math.floor(size)
const resultCost = (_: readonly CelValue[], result: CelValue): number => makingCost(sizeOf(result))

function flattenCost([items, depth = 1n]: readonly CelValue[]): number {
  return makingCost(sizeOf(items) * (typeof depth === 'bigint' && depth >= 0n ? Number(depth) : 1))
}

/** Every element is compared with every other; texts cost a little more. */
function compareCost(items: CelValue | undefined): number {
  const first = items !== undefined && isList(items) ? items[0] : undefined
  return makingCost(sizeOf(items) ** 2 * (typeof first === 'string' || first instanceof CelBytes ? 2.1 : 2))
}

const sortCost = (args: readonly CelValue[]): number => compareCost(args[0])
const sortByCost = (args: readonly CelValue[]): number => compareCost(args[1])

/** Functions on lists. */
export const lists: CelLibrary = {
  name: 'lists',
  summary: 'Cutting, flattening and sorting lists',
  functions: [
    withCost(resultCost, method('slice', [list(T), int, int], list(T), slice)),
    withCost(flattenCost, method('flatten', [list(list(T))], list(T), (items) => flatten(items, 1n))),
    withCost(flattenCost, method('flatten', [list(dyn), int], list(dyn), flatten)),
    withCost(flattenCost, { ...method('flatten', [dyn], list(dyn), (items) => flatten(requireList(items, ''), 1n)), isRuntimeOnly: true }),
    withCost(flattenCost, { ...method('flatten', [dyn, int], list(dyn), (items, depth) => flatten(requireList(items, 'int'), depth)), isRuntimeOnly: true }),
    ...comparableTypes.map((type) => withCost(sortCost, method('sort', [list(type)], list(type), (items) => sortBy(items, items)))),
    withCost(sortCost, { ...method('sort', [list(dyn)], list(dyn), (items) => sortBy(items, items)), isRuntimeOnly: true }),
    ...comparableTypes.map((type) => withCost(sortByCost, method('@sortByAssociatedKeys', [list(T), list(type)], list(T), sortBy))),
    withCost(sortByCost, { ...method('@sortByAssociatedKeys', [list(dyn), list(dyn)], list(dyn), sortBy), isRuntimeOnly: true }),
    withCost(resultCost, fn('lists.range', [int], list(int), range)),
    withCost(resultCost, method('reverse', [list(T)], list(T), (items) => items.toReversed())),
    withCost(sortCost, method('distinct', [list(T)], list(T), distinct)),
  ],
  macros: [{ name: 'sortBy', isReceiver: true, argumentCount: 2, expand: expandSortBy }],
}
