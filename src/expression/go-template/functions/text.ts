// Sprig: strings.go. Lengths and positions count bytes, as in Go.
import { goQuote } from '../../../values/go-quote.ts'
import { goLowerCase, goUpperCase } from '../../../values/letter-case.ts'
import { trimSpace } from '../../../values/trim-space.ts'
import { showValue, type TemplateValue } from '../value.ts'
import { castToText } from './casts.ts'
import { failure, tooMuch } from './failure.ts'
import { fixed, variadic, type TemplateFunction } from './template-function.ts'

const maxText = 10_000_000
const present = (value: TemplateValue): boolean => value !== undefined && value !== null

/** Texts. The text to work on comes last, so that it can be piped. */
export const text: Readonly<Record<string, TemplateFunction>> = {
  trim: fixed(['string'], trimSpace),
  upper: fixed(['string'], goUpperCase),
  lower: fixed(['string'], goLowerCase),
  trimAll: fixed(['string', 'string'], (cut, value) => trimCharacters(value, cut)),
  trimall: fixed(['string', 'string'], (cut, value) => trimCharacters(value, cut)),
  trimSuffix: fixed(['string', 'string'], (suffix, value) => (suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value)),
  trimPrefix: fixed(['string', 'string'], (prefix, value) => (value.startsWith(prefix) ? value.slice(prefix.length) : value)),
  contains: fixed(['string', 'string'], (part, value) => value.includes(part)),
  hasPrefix: fixed(['string', 'string'], (prefix, value) => value.startsWith(prefix)),
  hasSuffix: fixed(['string', 'string'], (suffix, value) => value.endsWith(suffix)),
  quote: variadic([], 'any', (_, values) => values.filter(present).map((value) => goQuote(castToText(value))).join(' ')),
  squote: variadic([], 'any', (_, values) => values.filter(present).map((value) => `'${showValue(value)}'`).join(' ')),
  cat: variadic([], 'any', (_, values) => values.filter(present).map((value) => showValue(value)).join(' ')),
  indent: fixed(['int', 'string'], (spaces, value) => indent(Number(spaces), value)),
  nindent: fixed(['int', 'string'], (spaces, value) => `\n${indent(Number(spaces), value)}`),
  replace: fixed(['string', 'string', 'string'], replaceAll),
  repeat: fixed(['int', 'string'], (count, value) => repeat(value, Number(count))),
  plural: fixed(['string', 'string', 'int'], (one, many, count) => (count === 1n ? one : many)),
  trunc: fixed(['int', 'string'], (count, value) => truncate(Number(count), value)),
  abbrev: fixed(['int', 'string'], (width, value) => (width < 4n ? value : abbreviate(value, 0, Number(width)))),
  abbrevboth: fixed(['int', 'int', 'string'], (left, right, value) => (right < 4n || (left > 0n && right < 7n) ? value : abbreviate(value, Number(left), Number(right)))),
  substr: fixed(['int', 'int', 'string'], (start, end, value) => substring(Number(start), Number(end), value)),
  split: fixed(['string', 'string'], (separator, value) => numbered(splitAll(value, separator))),
  splitn: fixed(['string', 'int', 'string'], (separator, count, value) => numbered(splitFirst(value, separator, Number(count)))),
  splitList: fixed(['string', 'string'], (separator, value) => splitAll(value, separator)),
}

function trimCharacters(value: string, cut: string): string {
  const characters = new Set(cut)
  const all = [...value]
  let [start, end] = [0, all.length]
  while (start < end && characters.has(all[start] as string)) start++
  while (end > start && characters.has(all[end - 1] as string)) end--
  return all.slice(start, end).join('')
}

function repeat(value: string, count: number): string {
  if (count < 0) throw failure('strings: negative Repeat count')
  if (value.length * count > maxText) throw tooMuch(`a text of a template has more than ${maxText} characters`)
  return value.repeat(count)
}

function indent(spaces: number, value: string): string {
  const pad = repeat(' ', spaces)
  return replaceAll('\n', `\n${pad}`, pad + value)
}

function replaceAll(old: string, replacement: string, value: string): string {
  const parts = old === '' ? ['', ...value, ''] : value.split(old)
  if (value.length + parts.length * replacement.length > maxText) throw tooMuch(`a text of a template has more than ${maxText} characters`)
  return parts.join(replacement)
}

function bytes(value: string, start: number, end?: number): string {
  return Buffer.from(value).subarray(start, end).toString('utf8')
}

function truncate(count: number, value: string): string {
  const length = Buffer.byteLength(value)
  if (count < 0 && length + count > 0) return bytes(value, length + count)
  return count >= 0 && length > count ? bytes(value, 0, count) : value
}

function substring(start: number, end: number, value: string): string {
  const length = Buffer.byteLength(value)
  const last = end < 0 || end > length ? length : end
  if (start < 0 && (end < 0 || end > length)) throw failure('slice bounds out of range')
  if (start > last) throw failure('slice bounds out of range')
  return bytes(value, Math.max(start, 0), last)
}

function abbreviate(value: string, from: number, width: number): string {
  const length = Buffer.byteLength(value)
  if (length <= width) return value
  const limited = Math.min(from, length)
  const offset = length - limited < width - 3 ? length - (width - 3) : limited
  if (offset <= 4) return `${bytes(value, 0, width - 3)}...`
  if (offset + width - 3 < length) return `...${abbreviate(bytes(value, offset), 0, width - 3)}`
  return `...${bytes(value, length - (width - 3))}`
}

function splitAll(value: string, separator: string): readonly string[] {
  return separator === '' ? [...value] : value.split(separator)
}

/** strings.SplitN: the last part keeps what is left. */
function splitFirst(value: string, separator: string, count: number): readonly string[] {
  const parts = splitAll(value, separator)
  if (count === 0) return []
  return count < 0 || parts.length <= count ? parts : [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)]
}

function numbered(parts: readonly string[]): Map<string, string> {
  return new Map(parts.map((part, index) => [`_${index}`, part]))
}
