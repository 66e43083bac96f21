// Counterpart: gojq func.go (_index, _slice, getpath)
import { isJsonArray, isJsonObject, type JsonObject } from '../../model/json.ts'
import { compareValues } from './compare.ts'
import { emptyPart } from './empty-lists.ts'
import { describe, preview } from './encode.ts'
import { fail, JqFailure } from './failure.ts'
import { isNumber, toEndIndex, toIndex } from './numbers.ts'
import { ownEntry } from './runtime.ts'
import type { JqValue } from './syntax.ts'

/** `value[key]`. */
export function indexValue(value: JqValue, key: JqValue): JqValue {
  if (typeof key === 'string') {
    if (value === null) return null
    if (isJsonObject(value)) return ownEntry(value, key) ?? null
    throw fail(() => `expected an object but got: ${describe(value)}`)
  }
  if (isNumber(key)) return indexByNumber(value, toIndex(key) as number)
  if (isJsonArray(key)) {
    if (value === null) return null
    if (isJsonArray(value)) return findIndices(value, key)
    throw fail(() => `expected an array but got: ${describe(value)}`)
  }
  if (isJsonObject(key)) return value === null ? null : sliceByObject(value, key)
  throw badKey(value, key)
}

function badKey(value: JqValue, key: JqValue): JqFailure {
  const what = isJsonArray(value) ? 'a number for indexing an array' : typeof value === 'string' ? 'a number for indexing a string' : 'a string for object key'
  return fail(() => `expected ${what} but got: ${describe(key)}`)
}

function indexByNumber(value: JqValue, index: number): JqValue {
  if (value === null) return null
  if (isJsonArray(value)) return value[index < 0 ? index + value.length : index] ?? null
  if (typeof value !== 'string') throw fail(() => `expected an array but got: ${describe(value)}`)
  const characters = [...value]
  return characters[index < 0 ? index + characters.length : index] ?? null
}

/** Where a list occurs in another. */
export function findIndices(list: readonly JqValue[], part: readonly JqValue[]): JqValue[] {
  const found: JqValue[] = []
  if (part.length === 0) return found
  for (let start = 0; start + part.length <= list.length; start++) {
    if (part.every((item, index) => compareValues(list[start + index] as JqValue, item) === 0)) found.push(BigInt(start))
  }
  return found
}

/** The bounds of a slice path; throws where the object is none. */
export function readBounds(key: JsonObject): { readonly start: JqValue; readonly end: JqValue } {
  const [start, end] = [ownEntry(key, 'start'), ownEntry(key, 'end')]
  if (start === undefined || end === undefined) throw fail(() => `expected "start" and "end" for slicing but got: ${describe(key)}`)
  return { start, end }
}

function sliceByObject(value: JqValue, key: JsonObject): JqValue {
  const { start, end } = readBounds(key)
  return sliceValue(value, start, end)
}

/** `value[start:end]`. */
export function sliceValue(value: JqValue, start: JqValue, end: JqValue): JqValue {
  if (value === null) return null
  if (isJsonArray(value)) {
    const [from, to] = sliceRange(value.length, start, end, 'an array')
    if (from === 0 && to === value.length) return value
    return from === to ? emptyPart(value) : value.slice(from, to)
  }
  if (typeof value !== 'string') throw fail(() => `expected an array but got: ${describe(value)}`)
  const characters = [...value]
  return characters.slice(...sliceRange(characters.length, start, end, 'a string')).join('')
}

/** Both ends of a slice within a length; negative ones count from the end. */
export function sliceRange(length: number, start: JqValue, end: JqValue, what: string): [from: number, to: number] {
  const from = start === null ? 0 : clamp(bound(start, toIndex, what), 0, length)
  const to = end === null ? length : clamp(bound(end, toEndIndex, what), from, length)
  return [from, to]
}

function bound(value: JqValue, convert: (value: JqValue) => number | undefined, what: string): number {
  const index = convert(value)
  if (index === undefined) throw fail(() => `expected a number for indexing ${what} but got: ${describe(value)}`)
  return index
}

function clamp(index: number, least: number, length: number): number {
  return Math.max(least, Math.min(index < 0 ? index + length : index, length))
}

/** `getpath`. */
export function getPath(value: JqValue, path: JqValue): JqValue {
  const wrong = () => fail(() => `getpath(${preview(path)}) cannot be applied to: ${describe(value)}`)
  if (!isJsonArray(path)) throw wrong()
  let current = value
  for (const key of path) {
    if (current !== null && typeof current !== 'object') throw wrong()
    current = wrapFailure(() => indexValue(current, key), () => `getpath(${preview(path)}) cannot be applied to ${preview(value)}`)
  }
  return current
}

/** Puts what was called in front of an error's message. */
export function wrapFailure<T>(work: () => T, prefix: () => string): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof JqFailure) throw fail(() => `${prefix()}: ${error.message}`)
    throw error
  }
}
