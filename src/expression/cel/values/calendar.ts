import { floorDivide } from './integer.ts'
import { failure } from './value.ts'

/** A moment as the calendar and the clock of a time zone show it; months and days of the week and year count from 0. */
export interface CalendarTime {
  readonly year: number
  readonly month: number
  readonly dayOfMonth: number
  readonly dayOfWeek: number
  readonly dayOfYear: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  readonly milliseconds: number
}

/** What the calendar shows at an instant in a zone: a name of the tz database, an offset like `-08:30`, or nothing for UTC. */
export function toCalendar(nanoseconds: bigint, zone = ''): CalendarTime {
  const milliseconds = Number(floorDivide(nanoseconds, 1_000_000n))
  const shown = new Date(milliseconds + offsetMilliseconds(milliseconds, zone))
  const start = new Date(0)
  start.setUTCFullYear(shown.getUTCFullYear(), 0, 1)
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth(),
    dayOfMonth: shown.getUTCDate(),
    dayOfWeek: shown.getUTCDay(),
    dayOfYear: Math.floor((shown.getTime() - start.getTime()) / 86_400_000),
    hours: shown.getUTCHours(),
    minutes: shown.getUTCMinutes(),
    seconds: shown.getUTCSeconds(),
    milliseconds: shown.getUTCMilliseconds(),
  }
}

function offsetMilliseconds(instant: number, zone: string): number {
  if (zone === '' || zone === 'UTC' || zone === 'Z') return 0
  return zone.includes(':') ? fixedOffset(zone) : namedOffset(instant, zone)
}

function fixedOffset(zone: string): number {
  const match = /^([+-]?)(\d{1,3}):([+-]?\d{1,3})$/.exec(zone)
  if (match === null) throw failure(`strconv.Atoi: parsing "${zone.slice(0, zone.indexOf(':'))}": invalid syntax`)
  return (Number(match[2]) * 60 + Number(match[3])) * (match[1] === '-' ? -60_000 : 60_000)
}

function namedOffset(instant: number, zone: string): number {
  const parts = zoneFormat(zone).formatToParts(instant)
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value)
  const shown = new Date(0)
  // The year 1 BC and before are counted as eras; CEL's years start at 1, and an offset can lead one day out of them.
  shown.setUTCFullYear(parts.some(({ value }) => value === 'BC') ? 1 - part('year') : part('year'), part('month') - 1, part('day'))
  shown.setUTCHours(part('hour'), part('minute'), part('second'))
  return shown.getTime() - Math.floor(instant / 1000) * 1000
}

function zoneFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
  } catch {
    throw failure(`unknown time zone ${zone}`)
  }
}
