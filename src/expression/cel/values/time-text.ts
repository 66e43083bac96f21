import { durationSeconds } from '../../../values/duration.ts'
import { formatFloat } from '../../../values/number-text.ts'
import { floorDivide } from './integer.ts'

const second = 1_000_000_000n
const timestampPattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/

/** Reads an RFC 3339 timestamp and returns its nanoseconds since 1970, or undefined if it is none. */
export function parseTimestamp(text: string): bigint | undefined {
  const match = timestampPattern.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, seconds] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number]
  const [fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = match.slice(7)
  const outOfRange = hour > 23 || minute > 59 || seconds > 59 || Number(offsetHours) > 24 || Number(offsetMinutes) > 59
  if (outOfRange || !isDate(year, month, day)) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, seconds)
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -60 : 60)
  return (BigInt(date.getTime() / 1000) - BigInt(offset)) * second + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const date = new Date(0)
  date.setUTCFullYear(year, month, 0)
  return day <= date.getUTCDate()
}

/** A timestamp as Go's RFC3339Nano in UTC: no zeros at the end of the fraction. */
export function formatTimestamp(nanoseconds: bigint): string {
  const seconds = floorDivide(nanoseconds, second)
  const fraction = (nanoseconds - seconds * second).toString().padStart(9, '0').replace(/0+$/, '')
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, 19)
  return `${text}${fraction === '' ? '' : `.${fraction}`}Z`
}

/** A duration as CEL prints it: seconds, `1.5s`. */
export function formatSeconds(nanoseconds: bigint): string {
  return `${formatFloat(durationSeconds(nanoseconds), 'f')}s`
}
