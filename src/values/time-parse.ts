// Go: time.Parse

import { timeFromReading, type GoTime } from './time.ts'
import { splitLayout, type LayoutChunk, type LayoutElement } from './time-layout.ts'

export const rfc3339 = '2006-01-02T15:04:05Z07:00'

const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const longMonths = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const shortDays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const longDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** What has been read so far, and what is left to read. */
interface Parsing {
  text: string
  year: number
  month?: number
  day?: number
  yearDay?: number
  hour: number
  minute: number
  second: number
  nanosecond: number
  half?: 'AM' | 'PM'
  /** Given, in seconds. */
  offset?: number
  zoneName?: string
}

/** Reads a time by a layout (Go's reference time 2006-01-02 15:04:05 written as the text is); undefined if the text does not fit. */
export function parseTime(layout: string, text: string): GoTime | undefined {
  const { chunks, rest } = splitLayout(layout)
  const parsing: Parsing = { text, year: 0, hour: 0, minute: 0, second: 0, nanosecond: 0 }
  for (const [index, chunk] of chunks.entries()) {
    if (!skip(parsing, chunk.prefix) || !readers[chunk.element](parsing, chunk, chunks[index + 1])) return undefined
  }
  return skip(parsing, rest) && parsing.text === '' ? finish(parsing) : undefined
}

/** A run of spaces in the layout stands for any run of spaces, none included at the end. */
function skip(parsing: Parsing, prefix: string): boolean {
  for (const part of prefix.match(/ +|[^ ]/g) ?? []) {
    if (part.startsWith(' ')) {
      if (parsing.text !== '' && !parsing.text.startsWith(' ')) return false
      parsing.text = parsing.text.replace(/^ +/, '')
    } else {
      if (!parsing.text.startsWith(part)) return false
      parsing.text = parsing.text.slice(1)
    }
  }
  return true
}

type Reader = (parsing: Parsing, chunk: LayoutChunk, next: LayoutChunk | undefined) => boolean

/** Takes what a pattern matches at the beginning of the text. */
function take(parsing: Parsing, pattern: RegExp): RegExpExecArray | undefined {
  const found = pattern.exec(parsing.text)
  if (found === null) return undefined
  parsing.text = parsing.text.slice(found[0].length)
  return found
}

interface NumberForm {
  readonly pattern: RegExp
  readonly range: readonly [number, number]
}

function number(form: NumberForm, store: (parsing: Parsing, value: number) => void): Reader {
  return (parsing) => {
    const found = take(parsing, form.pattern)
    const value = Number(found?.[1])
    if (found === undefined || value < form.range[0] || value > form.range[1]) return false
    store(parsing, value)
    return true
  }
}

function name(names: readonly string[], store: (parsing: Parsing, index: number) => void): Reader {
  return (parsing) => {
    const index = names.findIndex((candidate) => parsing.text.slice(0, candidate.length).toLowerCase() === candidate.toLowerCase())
    if (index < 0) return false
    parsing.text = parsing.text.slice(names[index]?.length)
    store(parsing, index)
    return true
  }
}

const ignore = (): void => undefined
const one = /^(\d\d?)/
const two = /^(\d\d)/
const month = (parsing: Parsing, value: number): void => { parsing.month = value }
const day = (parsing: Parsing, value: number): void => { parsing.day = value }
const hour = (parsing: Parsing, value: number): void => { parsing.hour = value }
const minute = (parsing: Parsing, value: number): void => { parsing.minute = value }
const yearDay = (parsing: Parsing, value: number): void => { parsing.yearDay = value }

const offsetForms: ReadonlyMap<string, RegExp> = new Map([
  ['07', /^([+-])(\d\d)/], ['0700', /^([+-])(\d\d)(\d\d)/], ['07:00', /^([+-])(\d\d):(\d\d)/],
  ['070000', /^([+-])(\d\d)(\d\d)(\d\d)/], ['07:00:00', /^([+-])(\d\d):(\d\d):(\d\d)/],
])

/** As Go, 24 hours, 60 minutes and 60 seconds pass. */
const offset: Reader = (parsing, { element }) => {
  if (element.startsWith('Z') && parsing.text.startsWith('Z')) {
    parsing.text = parsing.text.slice(1)
    parsing.offset = 0
    return true
  }
  const found = take(parsing, offsetForms.get(element.slice(1)) as RegExp)
  const [, sign, hours = '0', minutes = '0', rest = '0'] = found ?? []
  if (found === undefined || Number(hours) > 24 || Number(minutes) > 60 || Number(rest) > 60) return false
  parsing.offset = (sign === '-' ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(rest))
  return true
}

/** The fraction of a second may be there even where the layout has none. */
function seconds(pattern: RegExp): Reader {
  const whole = number({ pattern, range: [0, 59] }, (parsing, value) => { parsing.second = value })
  return (parsing, chunk, next) => {
    if (!whole(parsing, chunk, next)) return false
    if (next?.element.startsWith('.') !== true) takeFraction(parsing, /^[.,](\d+)/)
    return true
  }
}

function takeFraction(parsing: Parsing, pattern: RegExp): boolean {
  const digits = take(parsing, pattern)?.[1]
  if (digits === undefined) return false
  parsing.nanosecond = Number(digits.slice(0, 9).padEnd(9, '0'))
  return true
}

function half(pattern: RegExp): Reader {
  return (parsing) => {
    const found = take(parsing, pattern)?.[0]
    if (found === undefined) return false
    parsing.half = found.toUpperCase() as 'AM' | 'PM'
    return true
  }
}

const zone: Reader = (parsing) => {
  if (take(parsing, /^UTC/) !== undefined) {
    parsing.offset = 0
    return true
  }
  const found = take(parsing, /^(?:ChST|MeST|GMT(?:[+-]0*(?:2[0-3]|1?\d)(?!\d))?|[+-]0*(?:2[0-3]|1?\d)(?!\d)|[A-Z]{4}T(?![A-Z])|(?:[A-Z]{3}T|WITA)(?![A-Z])|[A-Z]{3}(?![A-Z]))/)
  if (found === undefined) return false
  parsing.zoneName = found[0]
  return true
}

const readers: Readonly<Record<LayoutElement, Reader>> = {
  '2006': number({ pattern: /^(\d{4})/, range: [0, 9999] }, (parsing, value) => { parsing.year = value }),
  '06': number({ pattern: two, range: [0, 99] }, (parsing, value) => { parsing.year = value >= 69 ? 1900 + value : 2000 + value }),
  'January': name(longMonths, (parsing, index) => month(parsing, index + 1)),
  'Jan': name(shortMonths, (parsing, index) => month(parsing, index + 1)),
  '1': number({ pattern: one, range: [1, 12] }, month),
  '01': number({ pattern: two, range: [1, 12] }, month),
  'Monday': name(longDays, ignore),
  'Mon': name(shortDays, ignore),
  '2': number({ pattern: one, range: [0, 99] }, day),
  '_2': number({ pattern: /^ ?(\d\d?)/, range: [0, 99] }, day),
  '02': number({ pattern: two, range: [0, 99] }, day),
  '__2': number({ pattern: /^ {0,2}(\d{1,3})/, range: [0, 999] }, yearDay),
  '002': number({ pattern: /^(\d{3})/, range: [0, 999] }, yearDay),
  '15': number({ pattern: one, range: [0, 23] }, hour),
  '3': number({ pattern: one, range: [0, 12] }, hour),
  '03': number({ pattern: two, range: [0, 12] }, hour),
  '4': number({ pattern: one, range: [0, 59] }, minute),
  '04': number({ pattern: two, range: [0, 59] }, minute),
  '5': seconds(one),
  '05': seconds(two),
  'PM': half(/^[AP]M/),
  'pm': half(/^[ap]m/),
  'Z07': offset, 'Z0700': offset, 'Z07:00': offset, 'Z070000': offset, 'Z07:00:00': offset,
  '-07': offset, '-0700': offset, '-07:00': offset, '-070000': offset, '-07:00:00': offset,
  'MST': zone,
  '.0': (parsing, { digits }) => takeFraction(parsing, new RegExp(`^[.,](\\d{${digits}})`)),
  '.9': (parsing) => {
    takeFraction(parsing, /^[.,](\d+)/)
    return true
  },
}

function finish(parsing: Parsing): GoTime | undefined {
  const date = readDate(parsing)
  if (date === undefined) return undefined
  const { year, minute: minutes, second: wholeSeconds, nanosecond, offset: given = 0 } = parsing
  const time = timeFromReading({ year, ...date, hour: hourOfDay(parsing), minute: minutes, second: wholeSeconds }, nanosecond, given)
  return parsing.offset === undefined ? { ...time, offset: namedOffset(parsing.zoneName) } : time
}

/** A day of the year and a date beside it must agree. */
function readDate({ year, month: ofYear, day: ofMonth, yearDay: given }: Parsing): { month: number; day: number } | undefined {
  const date = given === undefined ? { month: ofYear ?? 1, day: ofMonth ?? 1 } : dateOfYearDay(year, given)
  if (date === undefined || (ofYear ?? date.month) !== date.month || (ofMonth ?? date.day) !== date.day) return undefined
  return date.day >= 1 && date.day <= daysIn(year, date.month) ? date : undefined
}

function hourOfDay({ half: given, hour: hours }: Parsing): number {
  if (given === 'PM' && hours < 12) return hours + 12
  return given === 'AM' && hours === 12 ? 0 : hours
}

/** A zone that is only named is not known: the reading counts as UTC. Of GMT+3 Go knows how to show it, but not to count with it. */
function namedOffset(zoneName: string | undefined): number {
  return zoneName?.startsWith('GMT') === true ? Number(zoneName.slice(3)) * 3600 : 0
}

function daysIn(year: number, ofMonth: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][ofMonth - 1] ?? 0
}

function dateOfYearDay(year: number, ofYear: number): { month: number; day: number } | undefined {
  let rest = ofYear
  for (let ofMonth = 1; ofMonth <= 12; ofMonth++) {
    const length = daysIn(year, ofMonth)
    if (rest >= 1 && rest <= length) return { month: ofMonth, day: rest }
    rest -= length
  }
  return undefined
}
