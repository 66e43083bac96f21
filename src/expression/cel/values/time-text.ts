import { durationSeconds } from '../../../values/duration.ts'
import { formatFloat } from '../../../values/number-text.ts'
import { floorDivide } from './integer.ts'

const second = 1_000_000_000n
const timestampPattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/

const looseTimestamp = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])t(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i

/** Says whether a text at least looks like a timestamp, which cel-go looks at first. */
export function looksLikeTimestamp(text: string): boolean {
  return looseTimestamp.test(text)
}

/** Reads an RFC 3339 timestamp: its nanoseconds since 1970 and the minutes of its offset; undefined if it is none. */
export function parseTimestamp(text: string): { readonly nanoseconds: bigint; readonly offset: number } | undefined {
  const match = timestampPattern.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, seconds] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number]
  const [fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = match.slice(7)
  const outOfRange = hour > 23 || minute > 59 || seconds > 59 || Number(offsetHours) > 24 || Number(offsetMinutes) > 59
  if (outOfRange || !isDate(year, month, day)) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, seconds)
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1)
  const nanoseconds = BigInt(date.getTime() / 1000 - offset * 60) * second + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  return { nanoseconds, offset }
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const date = new Date(0)
  date.setUTCFullYear(year, month, 0)
  return day <= date.getUTCDate()
}

/** A timestamp as Go's RFC3339Nano: no zeros at the end of the fraction. */
export function formatTimestamp(nanoseconds: bigint, offset = 0): string {
  const seconds = floorDivide(nanoseconds, second)
  const fraction = (nanoseconds - seconds * second).toString().padStart(9, '0').replace(/0+$/, '')
  const text = new Date((Number(seconds) + offset * 60) * 1000).toISOString().slice(0, 19)
  return `${text}${fraction === '' ? '' : `.${fraction}`}${formatOffset(offset)}`
}

function formatOffset(offset: number): string {
  if (offset === 0) return 'Z'
  const minutes = Math.abs(offset)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** A duration as CEL prints it: seconds, `1.5s`. */
export function formatSeconds(nanoseconds: bigint): string {
  return `${formatFloat(durationSeconds(nanoseconds), 'f')}s`
}
