// Counterpart: gojq func.go (mktime, strftime …) and timefmt-go. Local time is UTC here: results must not depend on where a query runs.
import { RE2JS } from 're2js'
import { isJsonArray } from '../../../model/json.ts'
import { toFloat, toInt } from '../numbers.ts'
import type { JqValue } from '../syntax.ts'
import { notApplicable, notApplicableBecause, type PlainFunction, type PlainFunctions } from './table.ts'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

function dayOfYear(date: Date): number {
  return Math.floor((Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000)
}

/** jq's broken-down time. */
function breakDown(seconds: number): JqValue[] {
  const whole = Math.floor(seconds)
  const date = new Date(whole * 1000)
  const parts = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes()].map(BigInt)
  return [...parts, date.getUTCSeconds() + (seconds - whole), BigInt(date.getUTCDay()), BigInt(dayOfYear(date))]
}

/** The seconds of a broken-down time; undefined where it is not made of numbers. */
function toSeconds(parts: readonly JqValue[]): number | undefined {
  const numbers = [0, 0, 0, 0, 0, 0].map((_, index) => {
    const part = parts[index]
    return part === undefined ? 0 : index === 5 ? toFloat(part) : toInt(part)
  })
  if (numbers.includes(undefined) || parts.slice(6, 8).some((part) => toInt(part) === undefined)) return undefined
  const [year, month, day, hour, minute, second] = numbers.map(Number) as [number, number, number, number, number, number]
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  date.setUTCHours(hour, minute, Math.floor(second))
  return date.getTime() / 1000 + (second - Math.floor(second))
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

const directives: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => String(date.getUTCFullYear()), y: (date) => pad(date.getUTCFullYear() % 100), C: (date) => pad(Math.floor(date.getUTCFullYear() / 100)),
  m: (date) => pad(date.getUTCMonth() + 1), d: (date) => pad(date.getUTCDate()), e: (date) => String(date.getUTCDate()).padStart(2),
  H: (date) => pad(date.getUTCHours()), I: (date) => pad(date.getUTCHours() % 12 || 12), M: (date) => pad(date.getUTCMinutes()), S: (date) => pad(date.getUTCSeconds()),
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'), j: (date) => pad(dayOfYear(date) + 1, 3), w: (date) => String(date.getUTCDay()), u: (date) => String(date.getUTCDay() || 7),
  a: (date) => (days[date.getUTCDay()] as string).slice(0, 3), A: (date) => days[date.getUTCDay()] as string,
  b: (date) => (months[date.getUTCMonth()] as string).slice(0, 3), h: (date) => (months[date.getUTCMonth()] as string).slice(0, 3), B: (date) => months[date.getUTCMonth()] as string,
  s: (date) => String(Math.floor(date.getTime() / 1000)), Z: () => 'UTC', z: () => '+0000', n: () => '\n', t: () => '\t', '%': () => '%',
}

const composites: Readonly<Record<string, string>> = { F: '%Y-%m-%d', T: '%H:%M:%S', D: '%m/%d/%y', R: '%H:%M', c: '%a %b %e %H:%M:%S %Y' }

function expand(format: string): string {
  return format.replace(/%([FTDRc])/g, (_, name: string) => composites[name] as string)
}

function formatTime(name: string): PlainFunction {
  return (input, format = null) => {
    const seconds = toFloat(input)
    const parts = seconds === undefined ? input : breakDown(seconds)
    if (!isJsonArray(parts) || typeof format !== 'string') throw notApplicable(name, parts, format)
    const time = toSeconds(parts)
    if (time === undefined) throw notApplicableBecause('expected an array of 8 numbers', name, parts, format)
    const date = new Date(Math.floor(time) * 1000)
    return expand(format).replace(/%([\s\S])/g, (whole, directive: string) => (Object.hasOwn(directives, directive) ? (directives[directive] as (date: Date) => string)(date) : whole))
  }
}

/** What a directive reads: an expression, and the place in [year, month, day, hour, minute, second] where it goes. */
const readers: Readonly<Record<string, readonly [pattern: string, place: number, offset: number]>> = {
  Y: ['\\d{4}', 0, 0], m: ['\\d{1,2}', 1, -1], d: ['\\d{1,2}', 2, 0], e: [' ?\\d{1,2}', 2, 0], H: ['\\d{1,2}', 3, 0], M: ['\\d{1,2}', 4, 0], S: ['\\d{1,2}', 5, 0],
}

/** The expression that reads one directive. */
function directivePattern(directive: string): string {
  switch (directive) {
    case 'Z': return '([A-Z]{1,5})'
    case 'z': return '(Z|[-+]\\d\\d:?\\d\\d)'
    case 'B': case 'b': return `(${months.map((month) => (directive === 'b' ? month.slice(0, 3) : month)).join('|')})`
    case 'A': case 'a': return `(${days.map((day) => (directive === 'a' ? day.slice(0, 3) : day)).join('|')})`
    default: return Object.hasOwn(readers, directive) ? `(${readers[directive]?.[0]})` : '(\\b\\B)'
  }
}

const parseTime: PlainFunction = (input, format = null) => {
  if (typeof input !== 'string' || typeof format !== 'string') throw notApplicable('strptime', input, format)
  const places: string[] = []
  const pattern = expand(format).replace(/%([\s\S])|([\s\S])/g, (_, directive: string | undefined, literal: string) => {
    if (directive === undefined) return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    places.push(directive)
    return directivePattern(directive)
  })
  // Not a RegExp: a format of many directives could make it try every way to share out the digits.
  const found = RE2JS.compile(`^${pattern}$`).matcher(input)
  if (!found.find()) throw notApplicableBecause(`failed to parse ${JSON.stringify(input)} with ${JSON.stringify(format)}`, 'strptime', input, format)
  return breakDown(readParts(places, places.map((_, index) => found.group(index + 1) ?? '')))
}

/** The seconds that the texts of directives add up to. */
function readParts(directives: readonly string[], texts: readonly string[]): number {
  const parts = [1900, 0, 1, 0, 0, 0]
  let shift = 0
  for (const [index, directive] of directives.entries()) {
    const text = texts[index] as string
    const reader = Object.hasOwn(readers, directive) ? readers[directive] : undefined
    if (reader !== undefined) parts[reader[1]] = Number(text) + reader[2]
    else if (directive === 'b' || directive === 'B') parts[1] = months.findIndex((month) => month.startsWith(text))
    else if (directive === 'z' && text !== 'Z') shift = (text.startsWith('-') ? -1 : 1) * (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))) * 60
  }
  return (toSeconds(parts) as number) - shift
}

const breakDownFor = (name: string): PlainFunction => (input) => {
  const seconds = toFloat(input)
  if (seconds === undefined) throw notApplicable(name, input)
  return breakDown(seconds)
}

export const timeFunctions: PlainFunctions = {
  'gmtime/0': breakDownFor('gmtime'),
  'localtime/0': breakDownFor('localtime'),
  'strftime/1': formatTime('strftime'),
  'strflocaltime/1': formatTime('strflocaltime'),
  'strptime/1': parseTime,
  'mktime/0': (input) => {
    if (!isJsonArray(input)) throw notApplicable('mktime', input)
    const seconds = toSeconds(input)
    if (seconds === undefined) throw notApplicableBecause('expected an array of 8 numbers', 'mktime', input)
    return seconds
  },
}
