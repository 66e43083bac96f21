// cel-go: ext/strings.go. Positions are code points; a text without astral characters, which is nearly every text, is searched as it is.
import { codePointCount, isBasic } from '../../values/code-points.ts'
import { failure, type CelValue } from '../../values/value.ts'

function outOfRange(index: bigint): Error {
  return failure(`index out of range: ${index}`)
}

/** The character at a position; the empty text at the end. */
export function charAt(text: string, index: bigint): string {
  const characters = isBasic(text) ? text : [...text]
  if (index < 0n || index > characters.length) throw outOfRange(index)
  return characters[Number(index)] ?? ''
}

/** The first position of a text at or after a position; -1 if there is none. */
export function indexOf(text: string, part: string, from = 0n): bigint {
  if (from < 0n) throw outOfRange(from)
  const length = codePointCount(text)
  if (part === '') return from > length ? BigInt(length) : from
  if (from >= length) return -1n
  const found = text.indexOf(part, toUnits(text, Number(from)))
  return found < 0 ? -1n : toPoints(text, found)
}

/** The last position of a text at or before a position; -1 if there is none. */
export function lastIndexOf(text: string, part: string, from?: bigint): bigint {
  const length = codePointCount(text)
  if (from === undefined) return part === '' ? BigInt(length) : toPoints(text, text.lastIndexOf(part))
  if (from < 0n) throw outOfRange(from)
  if (part === '') return from > length ? BigInt(length) : from
  if (from >= length) return -1n
  return toPoints(text, text.lastIndexOf(part, toUnits(text, Number(from))))
}

function toUnits(text: string, points: number): number {
  return isBasic(text) ? points : [...text].slice(0, points).join('').length
}

function toPoints(text: string, units: number): bigint {
  if (units < 0) return -1n
  return BigInt(isBasic(text) ? units : codePointCount(text.slice(0, units)))
}

/** The part between two positions; to the end if only one is given. */
export function substring(text: string, start: bigint, end?: bigint): string {
  if (end !== undefined && start > end) throw failure(`invalid substring range. start: ${start}, end: ${end}`)
  const length = codePointCount(text)
  for (const index of [start, end ?? start]) if (index < 0n || index > length) throw outOfRange(index)
  if (isBasic(text)) return text.slice(Number(start), end === undefined ? undefined : Number(end))
  return [...text].slice(Number(start), end === undefined ? undefined : Number(end)).join('')
}

/** Changes the case of ASCII letters only. */
export function changeAscii(text: string, change: (letters: string) => string): string {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return text.replace(/[a-zA-Z]+/g, change)
  return change(text)
}

/** Replaces the first `limit` occurrences; all if it is negative. An empty text occurs between all characters. */
export function replaceText(text: string, old: string, replacement: string, limit = -1n): string {
  if (limit === 0n) return text
  if (limit < 0n) return old === '' ? interleave(text, replacement, Infinity) : text.replaceAll(old, () => replacement)
  if (old === '') return interleave(text, replacement, Number(limit))
  const parts = splitText(text, old, limit + 1n)
  return parts.join(replacement)
}

function interleave(text: string, inserted: string, limit: number): string {
  let count = 0
  let result = ''
  for (const character of text) result += count++ < limit ? inserted + character : character
  return count < limit ? result + inserted : result
}

/** Splits into at most `limit` parts, the last being the rest; as many as there are if it is negative. */
export function splitText(text: string, separator: string, limit = -1n): string[] {
  if (limit === 0n) return []
  const parts = separator === '' ? [...text] : text.split(separator)
  if (limit < 0n || parts.length <= limit) return parts
  const count = Number(limit)
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)]
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\u0007', '\\a'], ['\b', '\\b'], ['\f', '\\f'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t'], ['\v', '\\v'], ['\\', '\\\\'], ['"', '\\"'],
])

/** The text as a literal. */
export function quote(text: string): string {
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(text))
  return `"${Array.from(wellFormed, (character) => escapes.get(character) ?? character).join('')}"`
}

/** Joins texts; anything else in the list is an error. */
export function joinTexts(items: readonly CelValue[], separator = ''): string {
  for (const item of items) if (typeof item !== 'string') throw failure(`join: invalid input: ${String(item)}`)
  return items.join(separator)
}
