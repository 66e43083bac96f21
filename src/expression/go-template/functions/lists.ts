// Sprig: list.go. The forms with `must` differ in how they fail only, which templates cannot see.
import { compareText } from '../../../values/text-order.ts'
import { isDeepEqual, isList, isTrue, kindName, type TemplateValue } from '../value.ts'
import { castToInteger, castToText } from './casts.ts'
import { toTexts } from './conversions.ts'
import { failure, tooMuch } from './failure.ts'
import { fixed, variadic, type TemplateFunction } from './template-function.ts'

const maxItems = 1_000_000

type Items = readonly TemplateValue[]

/** Each name with its `must` twin. */
function twins(functions: Readonly<Record<string, TemplateFunction>>): Readonly<Record<string, TemplateFunction>> {
  return Object.fromEntries(Object.entries(functions).flatMap(([name, one]) => [[name, one], [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`, one]]))
}

const contains = (items: Items, wanted: TemplateValue): boolean => items.some((item) => isDeepEqual(wanted, item))
const list = variadic([], 'any', (_, values) => [...values])

/** Lists; none of these changes its argument. */
export const lists: Readonly<Record<string, TemplateFunction>> = {
  list, tuple: list,
  ...twins({
    append: fixed(['any', 'any'], (items, value) => [...itemsOf(items, 'push on'), value]),
    push: fixed(['any', 'any'], (items, value) => [...itemsOf(items, 'push on'), value]),
    prepend: fixed(['any', 'any'], (items, value) => [value, ...itemsOf(items, 'prepend on')]),
    first: fixed(['any'], (items) => itemsOf(items, 'find first on')[0] ?? null),
    last: fixed(['any'], (items) => itemsOf(items, 'find last on').at(-1) ?? null),
    rest: fixed(['any'], (items) => itemsOf(items, 'find rest on').slice(1)),
    initial: fixed(['any'], (items) => itemsOf(items, 'find initial on').slice(0, -1)),
    reverse: fixed(['any'], (items) => [...itemsOf(items, 'find reverse on')].reverse()),
    compact: fixed(['any'], (items) => itemsOf(items, 'compact on').filter(isTrue)),
    uniq: fixed(['any'], (items) => distinct(itemsOf(items, 'find uniq on'))),
    without: variadic(['any'], 'any', ([items], omitted) => itemsOf(items, 'find without on').filter((item) => !contains(omitted, item))),
    has: fixed(['any', 'any'], (wanted, items) => (items === null || items === undefined ? false : contains(itemsOf(items, 'find has on'), wanted))),
    slice: variadic(['any'], 'any', ([items], bounds) => slice(items, bounds)),
    chunk: fixed(['int', 'any'], (size, items) => chunk(Number(size), itemsOf(items, 'chunk'))),
  }),
  concat: variadic([], 'any', (_, values) => limited(values.flatMap((items) => itemsOf(items, 'concat')))),
  sortAlpha: fixed(['any'], (items) => (isList(items) ? [...toTexts(items)].sort(compareText) : [castToText(items)])),
  join: fixed(['string', 'any'], (separator, items) => toTexts(items).join(separator)),
  until: fixed(['int'], (count) => countFrom(0n, count, count < 0n ? -1n : 1n)),
  untilStep: fixed(['int', 'int', 'int'], countFrom),
  seq: variadic([], 'int', (_, bounds) => sequence(bounds)),
}

function itemsOf(value: TemplateValue, doing: string): Items {
  if (isList(value)) return value
  throw failure(`Cannot ${doing} type ${kindName(value)}`)
}

function limited(items: Items): Items {
  if (items.length > maxItems) throw tooMuch(`a list of a template has more than ${maxItems} items`)
  return items
}

function distinct(items: Items): Items {
  if (items.length > 10_000) throw tooMuch('uniq is given more than 10000 items')
  return items.reduce<TemplateValue[]>((kept, item) => { if (!contains(kept, item)) kept.push(item); return kept }, [])
}

function slice(value: TemplateValue, [from, to]: Items): TemplateValue {
  if (!isList(value)) throw failure(`list should be type of slice or array but ${kindName(value)}`)
  if (value.length === 0) return null
  const start = from === undefined ? 0 : Number(castToInteger(from))
  const end = to === undefined ? value.length : Number(castToInteger(to))
  if (start < 0 || end < start || end > value.length) throw failure('slice index out of bounds')
  return value.slice(start, end)
}

function chunk(size: number, items: Items): Items {
  if (size < 1) throw failure('the size of a chunk must be positive')
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))
}

function countFrom(start: bigint, stop: bigint, step: bigint): readonly bigint[] {
  const numbers: bigint[] = []
  if (stop < start ? step >= 0n : step <= 0n) return numbers
  for (let index = start; stop < start ? index > stop : index < stop; index += step) {
    numbers.push(index)
    if (numbers.length > maxItems) throw tooMuch(`a list of a template has more than ${maxItems} items`)
  }
  return numbers
}

/** `seq 3`, `seq 1 3`, `seq 1 2 9`: both ends count. */
function sequence(bounds: readonly bigint[]): string {
  const [first, second, third] = bounds
  if (first === undefined || bounds.length > 3) return ''
  const [start, end] = third !== undefined ? [first, third] : second !== undefined ? [first, second] : [1n, first]
  const direction = end < start ? -1n : 1n
  const step = third === undefined ? direction : second as bigint
  return end < start && step > 0n ? '' : countFrom(start, end + direction, step).join(' ')
}
