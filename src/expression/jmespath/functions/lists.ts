// kyverno/go-jmespath: functions.go

import type { JsonValue } from '../../../model/json.ts'
import { compareText } from '../../../values/text-order.ts'
import { failure } from '../failure.ts'
import { define, defineVariadic } from '../function-row.ts'
import type { Run } from '../run.ts'
import { isList, isObject, ObjectList, orNull, sameValue, toJson, typeName, type Reference } from '../value.ts'

/** Functions on lists and objects in general. */
export const lists = [
  define({
    name: 'length', parameters: ['string|array|object'], returns: 'number', summary: 'the number of characters, items or keys',
    implementation: ([value]) => (typeof value === 'string' ? Array.from(value).length : isList(value) ? value.length : Object.keys(value).length),
  }),
  define({
    name: 'contains', parameters: ['array|string', 'any'], returns: 'boolean', summary: 'tells whether a text contains a text, or a list an item that is no list or object',
    implementation: ([search, wanted], run) => {
      if (typeof search === 'string') return typeof wanted === 'string' && search.includes(wanted)
      run.spend(search.length)
      return ordinary('contains', search).some((item) => {
        // Go panics where it compares two lists or two objects this way; Kyverno's request fails.
        if (typeof item === 'object' && item !== null && typeName(item) === typeName(wanted)) throw failure('contains', `cannot look for an ${typeName(item)}`)
        return sameValue(item, wanted)
      })
    },
  }),
  define({
    name: 'reverse', parameters: ['array|string'], returns: 'array|string', summary: 'a list or text from its end to its beginning',
    implementation: ([value], run) => {
      run.spend(value.length)
      return typeof value === 'string' ? Array.from(value).reverse().join('') : [...ordinary('reverse', value)].reverse()
    },
  }),
  define({
    name: 'sort', parameters: ['array[string]|array[number]'], returns: 'array', summary: 'a list of texts or numbers in ascending order',
    implementation: ([items], run) => {
      spendOnSort(items, run)
      return [...items].sort(order)
    },
  }),
  define({
    name: 'sort_by', parameters: ['array', 'expression'], returns: 'array', summary: 'a list in ascending order of what an expression gives for each item',
    implementation: ([items, key], run) => {
      const list = ordinary('sort_by', items)
      if (list.length < 2) return list
      spendOnSort(list, run)
      return withKeys('sort_by', list, key).sort((a, b) => order(a.key, b.key)).map(({ item }) => item)
    },
  }),
  define({
    name: 'max_by', parameters: ['array', 'expression'], returns: 'any', summary: 'the item for which an expression gives the greatest value; null if there is none',
    implementation: ([items, key], run) => bestBy('max_by', { items, key, direction: 1 }, run),
  }),
  define({
    name: 'min_by', parameters: ['array', 'expression'], returns: 'any', summary: 'the item for which an expression gives the least value; null if there is none',
    implementation: ([items, key], run) => bestBy('min_by', { items, key, direction: -1 }, run),
  }),
  define({
    name: 'map', parameters: ['expression', 'array'], returns: 'array', summary: 'what an expression gives for each item, nulls included',
    implementation: ([expression, items], run) => {
      run.spend(items.length)
      return ordinary('map', items).map((item) => toJson(expression(item)))
    },
  }),
  define({ name: 'keys', parameters: ['object'], returns: 'array', summary: 'the keys of an object', implementation: ([object], run) => counted(Object.keys(object), run) }),
  define({ name: 'values', parameters: ['object'], returns: 'array', summary: 'the values of an object', implementation: ([object], run) => counted(Object.values(object), run) }),
  defineVariadic({
    name: 'merge', parameters: ['object'], returns: 'object', summary: 'one object with the keys of all, the last one counting',
    implementation: (objects, run) => Object.fromEntries(objects.flatMap((object) => {
      if (!isObject(object)) throw failure('merge', `takes objects, not ${typeName(object)}`)
      return counted(Object.entries(object), run)
    })),
  }),
  defineVariadic({
    name: 'not_null', parameters: ['any'], returns: 'any', summary: 'the first argument that is not null',
    implementation: (values) => values.find((value) => value !== null) ?? null,
  }),
  define({ name: 'to_array', parameters: ['any'], returns: 'array', summary: 'a list as it is, anything else as a list of one',
    implementation: ([value]) => (isList(value) && !(value instanceof ObjectList) ? value : [toJson(value)]) }),
] as const

/** Go's functions want []any and crash on the list that items() makes. */
function ordinary(name: string, list: readonly JsonValue[]): readonly JsonValue[] {
  if (list instanceof ObjectList) throw failure(name, 'does not take the list that items() makes')
  return list
}

function counted<T>(list: T[], run: Run): T[] {
  run.spend(list.length)
  return list
}

function spendOnSort(list: readonly unknown[], run: Run): void {
  run.spend(list.length * Math.ceil(Math.log2(list.length + 1)))
}

function order(left: string | number, right: string | number): number {
  if (typeof left === 'string') return compareText(left, String(right))
  // Go sorts NaN first.
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) ? (Number.isNaN(right) ? 0 : -1) : 1
  return left - Number(right)
}

/** Keys must be all numbers or all texts. */
function withKeys(name: string, list: readonly JsonValue[], expression: Reference): { item: JsonValue; key: string | number }[] {
  let type: string | undefined
  return list.map((item) => {
    const key = orNull(expression(item))
    type ??= typeof key
    if ((typeof key !== 'string' && typeof key !== 'number') || typeof key !== type) throw failure(name, 'the expression must give only numbers or only strings')
    return { item, key }
  })
}

interface Search {
  readonly items: readonly JsonValue[]
  readonly key: Reference
  readonly direction: 1 | -1
}

function bestBy(name: string, { items, key, direction }: Search, run: Run): JsonValue {
  const list = ordinary(name, items)
  run.spend(list.length)
  if (list.length < 2) return list[0] ?? null
  const [first, ...rest] = withKeys(name, list, key)
  let best = first as { item: JsonValue; key: string | number }
  for (const candidate of rest) {
    if (Math.sign(order(candidate.key, best.key)) === direction) best = candidate
  }
  return best.item
}
