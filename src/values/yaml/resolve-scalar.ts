// Types of scalars as Go's go.yaml.in/yaml/v2 resolve.go finds them: YAML 1.1 without base 60, integers as strconv.ParseInt with base 0.
import { formatFloat } from '../number-text.ts'

/** A number keeps its Go type, which decides how it is written as a key. */
export type ResolvedScalar = string | boolean | null | { readonly type: 'int'; readonly value: bigint | number } | { readonly type: 'float'; readonly value: number }

/** Why a scalar does not have the type that its tag demands. */
export class ScalarTypeError extends Error {}

const prefix = 'tag:yaml.org,2002:'
const resolvable: ReadonlySet<string> = new Set(['str', 'bool', 'int', 'float', 'null', 'timestamp'])

const words: ReadonlyMap<string, ResolvedScalar> = new Map<string, ResolvedScalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { type: 'float', value: Number.NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, { type: 'float', value: Infinity }] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { type: 'float', value: -Infinity }] as const),
])
const longestWord = 5
/** What a scalar that is no text can start with, as in resolve.go: digits and signs, letters of words, a point. */
const hints = Uint8Array.from({ length: 128 }, (_, code) => ('0123456789+-'.includes(String.fromCharCode(code)) ? 1 : 'yYnNtTfFoO~'.includes(String.fromCharCode(code)) ? 2 : code === 0x2e ? 3 : 0))

/** The value of a scalar without quotes and without a tag. */
export function resolvePlainScalar(text: string): ResolvedScalar {
  if (text === '') return null
  const hint = hints[text.charCodeAt(0)]
  if (hint === 1) return words.get(text) ?? resolveNumber(text)
  if (hint === 2) return text.length > longestWord ? text : toWord(text)
  return hint === 3 ? words.get(text) ?? resolveFraction(text) : text
}

function toWord(text: string): ResolvedScalar {
  const word = words.get(text)
  return word === undefined ? text : word
}

/** The value of a scalar with a tag. A tag that is not one of YAML's own makes it a text. */
export function resolveTaggedScalar(tag: string, text: string): ResolvedScalar {
  if (tag === '') return resolvePlainScalar(text)
  const type = tag.startsWith(prefix) ? tag.slice(prefix.length) : ''
  if (type === 'binary') return decodeBinary(text)
  const value = !resolvable.has(type) || type === 'str' ? text : toType(type, text)
  if (value !== undefined) return value
  throw new ScalarTypeError(`${JSON.stringify(text.slice(0, 40))} is not of the type !!${type} that its tag demands`)
}

function toType(type: string, text: string): ResolvedScalar | undefined {
  if (type === 'timestamp') return isTimestamp(text) ? text : undefined
  const value = resolvePlainScalar(text)
  if (typeOf(value) === type) return value
  const isWhole = type === 'float' && typeof value === 'object' && value !== null && isInt64(value.value)
  return isWhole ? { type: 'float', value: Number(value.value) } : undefined
}

/** The text that stands for a scalar as a key of a JSON object; undefined for what cannot be a key. */
export function toKey(value: ResolvedScalar): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value === null) return undefined
  if (value.type === 'int') return isInt64(value.value) ? String(value.value) : undefined
  return formatFloat(value.value, 'g', { bits: 32 }).replace(/^\+?(-?)Inf$/, '$1.inf').replace(/^NaN$/, '.nan')
}

function typeOf(value: ResolvedScalar): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'string' ? 'str' : value.type
}

function isInt64(value: bigint | number): boolean {
  return typeof value === 'number' ? Number.isSafeInteger(value) : value < 2n ** 63n && value >= -(2n ** 63n)
}

const smallInteger = /^-?[1-9][0-9]{0,14}$/
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]*|0))$/
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/

function resolveNumber(text: string): ResolvedScalar {
  if (smallInteger.test(text)) return { type: 'int', value: Number(text) }
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  const found = integer.exec(plain)
  const whole = found === null ? undefined : toInteger(found)
  if (whole !== undefined) return whole
  if (float.test(plain)) {
    const value = Number(plain)
    if (Number.isFinite(value)) return { type: 'float', value }
  }
  // ParseInt is called once more on what follows "0b", sign included.
  const odd = /^0b([-+][01]+)$/.exec(plain)
  return odd === null ? text : { type: 'int', value: Number.parseInt(odd[1] as string, 2) }
}

function toInteger(found: RegExpExecArray): ResolvedScalar | undefined {
  const [, sign, hex, binary, octal, decimal] = found
  const digits = hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : decimal as string
  if (digits.length > 80) return undefined
  const magnitude = BigInt(digits)
  const value = sign === '-' ? -magnitude : magnitude
  if (value < -(2n ** 63n) || value >= (sign === '' ? 2n ** 64n : 2n ** 63n)) return undefined
  return { type: 'int', value: Number.isSafeInteger(Number(value)) ? Number(value) : value }
}

const fraction = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/

/** A leading point is the one start for which Go calls ParseFloat on the text itself, which wants underscores between digits. */
function resolveFraction(text: string): ResolvedScalar {
  if (!fraction.test(text)) return text
  const value = Number(text.replaceAll('_', ''))
  return Number.isFinite(value) ? { type: 'float', value } : text
}

const timestamp = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}:\d{1,2}:\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| (\d{1,2}:\d{1,2}:\d{1,2})(?:[.,]\d+)?)?$/

function isTimestamp(text: string): boolean {
  const found = timestamp.exec(text)
  if (found === null) return false
  const [, year, month, day, zoned, local] = found
  const [hour, minute, second] = (zoned ?? local ?? '0:0:0').split(':').map(Number) as [number, number, number]
  return isDate(Number(year), Number(month), Number(day)) && hour < 24 && minute < 60 && second < 60
}

function isDate(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  return days !== undefined && day >= 1 && day <= days
}

/** The bytes as text; Go's JSON writer puts U+FFFD for each byte that is not part of UTF-8. */
function decodeBinary(text: string): string {
  const compact = text.replace(/[\r\n]/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) throw new ScalarTypeError('the value of !!binary is not base64')
  const bytes = Buffer.from(compact, 'base64')
  const whole = bytes.toString('utf8')
  if (!whole.includes('\ufffd')) return whole
  let out = ''
  for (let index = 0; index < bytes.length;) {
    const length = [1, 2, 3, 4].find((size) => index + size <= bytes.length && isOneCharacter(bytes.subarray(index, index + size))) ?? 0
    out += length === 0 ? '\ufffd' : bytes.toString('utf8', index, index + length)
    index += Math.max(length, 1)
  }
  return out
}

function isOneCharacter(bytes: Uint8Array): boolean {
  try {
    return [...new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)].length === 1
  } catch {
    return false
  }
}
