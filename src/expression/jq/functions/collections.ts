// Counterpart: gojq func.go (arrays and objects)
import { isJsonArray, isJsonObject, type JsonObject } from '../../../model/json.ts'
import { sortedKeys } from '../../../values/text-order.ts'
import { findIndices } from '../access.ts'
import { compareValues } from '../compare.ts'
import { encodeJson, preview, typeName } from '../encode.ts'
import { fail } from '../failure.ts'
import { isNumber, toFloat, toIndex } from '../numbers.ts'
import { add } from '../operators.ts'
import type { JqValue } from '../syntax.ts'
import { notApplicable, notApplicableBecause, type PlainFunction, type PlainFunctions } from './table.ts'

type List = readonly JqValue[]

function listOf(name: string, input: JqValue): List {
  if (!isJsonArray(input)) throw notApplicable(name, input)
  return input
}

/** The items of a list, or the values of an object in the order of its keys. */
function valuesOf(input: JqValue): List | undefined {
  if (isJsonArray(input)) return input
  return isJsonObject(input) ? sortedKeys(input).map((key) => input[key] as JqValue) : undefined
}

const length: PlainFunction = (input) => {
  if (input === null) return 0n
  if (typeof input === 'bigint') return input < 0n ? -input : input
  if (typeof input === 'number') return Math.abs(input)
  if (typeof input === 'string') return BigInt([...input].length)
  if (typeof input === 'boolean') throw notApplicable('length', input)
  return BigInt(isJsonArray(input) ? input.length : Object.keys(input).length)
}

const keys: PlainFunction = (input) => {
  if (isJsonArray(input)) return input.map((_, index) => BigInt(index))
  if (!isJsonObject(input)) throw notApplicable('keys', input)
  return sortedKeys(input)
}

const has: PlainFunction = (input, key = null) => {
  if (input === null) return false
  if (isJsonObject(input) && typeof key === 'string') return Object.hasOwn(input, key)
  const index = isJsonArray(input) ? toIndex(key) : undefined
  if (index === undefined) throw notApplicable('has', input, key)
  return index >= 0 && index < (input as List).length
}

const addAll: PlainFunction = (input) => {
  const values = valuesOf(input)
  if (values === undefined) throw notApplicable('add', input)
  return addValues(values)
}

/** Adds in one go what would be copied over and over one by one. */
function addValues(values: List): JqValue {
  const present = values.filter((value) => value !== null)
  if (present.length > 1) {
    if (present.every(isJsonArray)) return present.flat(1) as List
    if (present.every((value) => typeof value === 'string')) return present.join('')
    if (present.every(isJsonObject)) return Object.fromEntries(present.flatMap((object) => Object.entries(object as JsonObject))) as JqValue
  }
  return present.reduce<JqValue>(add, null)
}

/** Whether the second is in the first: texts in texts, items in lists, entries in objects. */
const contains: PlainFunction = (input, part = null) => {
  if (typeof input === 'string' && typeof part === 'string') return input.includes(part)
  if (isJsonArray(input) && isJsonArray(part)) return part.every((item) => input.some((each) => containsSafely(each, item)))
  if (isJsonObject(input) && isJsonObject(part)) return containsEntries(input, part)
  if (isNumber(input) && isNumber(part)) return compareValues(input, part) === 0
  if (input !== part) throw notApplicable('contains', input, part)
  return true
}

function containsEntries(object: JsonObject, part: JsonObject): boolean {
  return Object.keys(part).every((key) => Object.hasOwn(object, key) && containsSafely(object[key] as JqValue, part[key] as JqValue))
}

/** Inside, values that cannot be compared just do not match. */
function containsSafely(value: JqValue, part: JqValue): boolean {
  const comparable = typeName(value) === typeName(part) && (typeof value !== 'boolean' || value === part)
  return comparable && contains(value, part) === true
}

function find(name: string, pick: (found: List) => JqValue): PlainFunction {
  return (input, part = null) => {
    if (input === null) return null
    if (isJsonArray(input)) return pick(findIndices(input, isJsonArray(part) ? part : [part]))
    if (typeof input !== 'string' || typeof part !== 'string') throw notApplicable(name, input, part)
    return pick(findIndices([...input], [...part]))
  }
}

function pairUp(name: string, input: JqValue, keyList: JqValue): readonly (readonly [value: JqValue, key: JqValue])[] {
  if (!isJsonArray(input) || !isJsonArray(keyList)) throw notApplicable(name, input, keyList)
  if (input.length !== keyList.length) throw notApplicableBecause('length mismatch', name, input, keyList)
  return input.map((value, index) => [value, keyList[index] as JqValue] as const)
}

function sortPairs(pairs: ReturnType<typeof pairUp>): ReturnType<typeof pairUp> {
  return pairs.toSorted(([, left], [, right]) => compareValues(left, right))
}

function groupPairs(pairs: ReturnType<typeof pairUp>): JqValue[][] {
  const groups: JqValue[][] = []
  let last: JqValue = null
  for (const [value, key] of sortPairs(pairs)) {
    if (groups.length === 0 || compareValues(last, key) !== 0) groups.push([])
    groups.at(-1)?.push(value)
    last = key
  }
  return groups
}

/** Of equal ones the first is the least, and the last the greatest. */
function extreme(pairs: ReturnType<typeof pairUp>, least: boolean): JqValue {
  let best = pairs[0]
  for (const pair of pairs.slice(1)) if (best !== undefined && (compareValues(best[1], pair[1]) > 0) === least) best = pair
  return best?.[0] ?? null
}

const own = (name: string, input: JqValue): ReturnType<typeof pairUp> => listOf(name, input).map((value) => [value, value] as const)

const flatten: PlainFunction = (input, depth = -1n) => {
  const values = valuesOf(input)
  if (values === undefined) throw notApplicable('flatten', input)
  const levels = toFloat(depth)
  if (levels === undefined) throw notApplicable('flatten', depth)
  if (depth !== -1n && (levels < 0 || Number.isNaN(levels))) throw fail(() => `flatten depth should not be negative: ${preview(levels)}`)
  const flat: JqValue[] = []
  const visit = (list: List, left: number): void => {
    for (const item of list) {
      if (isJsonArray(item) && left !== 0) visit(item, left - 1)
      else flat.push(item)
    }
  }
  visit(values, levels)
  return flat
}

const transpose: PlainFunction = (input) => {
  const rows = listOf('transpose', input)
  if (!rows.every(isJsonArray)) throw notApplicable('transpose', input)
  const width = rows.reduce((most, row) => Math.max(most, (row as List).length), 0)
  return Array.from({ length: width }, (_, column) => rows.map((row) => (row as List)[column] ?? null))
}

const bsearch: PlainFunction = (input, wanted = null) => {
  if (!isJsonArray(input)) throw notApplicable('bsearch', input, wanted)
  let [low, high] = [0, input.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareValues(input[middle] as JqValue, wanted) >= 0) high = middle
    else low = middle + 1
  }
  return BigInt(low < input.length && compareValues(input[low] as JqValue, wanted) === 0 ? low : -low - 1)
}

const join: PlainFunction = (input, separator = null) => {
  const values = valuesOf(input)
  if (values === undefined) throw notApplicable('join', input, separator)
  if (values.length === 0) return ''
  return addValues(values.flatMap((value, index) => [index === 0 ? '' : separator, typeof value === 'boolean' || isNumber(value) ? encodeJson(value) : value]))
}

export const collectionFunctions: PlainFunctions = {
  'length/0': length,
  'keys/0': keys,
  'has/1': has,
  'add/0': addAll,
  'contains/1': contains,
  'inside/1': (input, whole = null) => contains(whole, input),
  'indices/1': find('indices', (found) => found),
  'index/1': find('index', (found) => found[0] ?? null),
  'rindex/1': find('rindex', (found) => found.at(-1) ?? null),
  'reverse/0': (input) => listOf('reverse', input).toReversed(),
  'join/1': join,
  'flatten/0': flatten,
  'flatten/1': (input, depth = null) => flatten(input, depth === -1n ? -1.5 : depth),
  'min/0': (input) => extreme(own('min', input), true),
  'max/0': (input) => extreme(own('max', input), false),
  '_min_by/1': (input, list = null) => extreme(pairUp('min_by', input, list), true),
  '_max_by/1': (input, list = null) => extreme(pairUp('max_by', input, list), false),
  'sort/0': (input) => sortPairs(own('sort', input)).map(([value]) => value),
  '_sort_by/1': (input, list = null) => sortPairs(pairUp('sort_by', input, list)).map(([value]) => value),
  '_group_by/1': (input, list = null) => groupPairs(pairUp('group_by', input, list)),
  'unique/0': (input) => groupPairs(own('unique', input)).map((group) => group[0] as JqValue),
  '_unique_by/1': (input, list = null) => groupPairs(pairUp('unique_by', input, list)).map((group) => group[0] as JqValue),
  'transpose/0': transpose,
  'bsearch/1': bsearch,
  'type/0': typeName,
}
