// Go: time.Time, as far as instants with an offset from UTC go

/** An instant, and the zone that its clock shows. */
export interface GoTime {
  /** Since 1970-01-01T00:00:00Z. */
  readonly nanoseconds: bigint
  /** Seconds east of UTC. */
  readonly offset: number
}

/** What a calendar and a clock show. */
export interface ClockReading {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const second = 1_000_000_000n
const [minInt64, maxInt64] = [-(1n << 63n), (1n << 63n) - 1n]
/** From year 1, which Go counts from, to 1970. */
const secondsBefore1970 = 62_135_596_800n

/** The instant of milliseconds since 1970, on a clock that shows UTC. */
export function timeFromMilliseconds(milliseconds: number): GoTime {
  return { nanoseconds: BigInt(Math.trunc(milliseconds)) * 1_000_000n, offset: 0 }
}

/** The instant at which a clock with the given offset shows the reading. */
export function timeFromReading({ year, month, day, hour, minute, second: seconds }: ClockReading, nanosecond: number, offset: number): GoTime {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, seconds - offset)
  return { nanoseconds: BigInt(date.getTime()) * 1_000_000n + BigInt(nanosecond), offset }
}

/** What the clock shows. */
export function readClock({ nanoseconds, offset }: GoTime): ClockReading & { readonly weekday: number } {
  const seconds = floorDivide(nanoseconds, second) + BigInt(offset)
  const days = Number(floorDivide(seconds, 86_400n))
  const ofDay = Number(seconds - BigInt(days) * 86_400n)
  return {
    ...dateOfDay(days), weekday: (((days + 4) % 7) + 7) % 7,
    hour: Math.trunc(ofDay / 3600), minute: Math.trunc(ofDay / 60) % 60, second: ofDay % 60,
  }
}

/** The date of a day counted from 1970. JavaScript's Date ends where times that are computed may lie. Years here begin in March, so that a leap day is the last of its year. */
function dateOfDay(days: number): { year: number; month: number; day: number } {
  const sinceMarch = days + 719_468
  const era = Math.floor(sinceMarch / 146_097)
  const ofEra = sinceMarch - era * 146_097
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: ofYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1 }
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  return dividend % divisor < 0n ? quotient - 1n : quotient
}

/** As RFC 3339, without a fraction. */
export function formatRfc3339(time: GoTime): string {
  const clock = readClock(time)
  const two = (value: number) => value.toString().padStart(2, '0')
  const year = `${clock.year < 0 ? '-' : ''}${Math.abs(clock.year).toString().padStart(4, '0')}`
  const minutes = Math.trunc(time.offset / 60)
  const zone = time.offset === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
  return `${year}-${two(clock.month)}-${two(clock.day)}T${two(clock.hour)}:${two(clock.minute)}:${two(clock.second)}${zone}`
}

/** Kyverno's time_to_cron: minute, hour, day, month and weekday of that one instant. */
export function formatCron(time: GoTime): string {
  const clock = readClock(time)
  return `${clock.minute} ${clock.hour} ${clock.day} ${clock.month} ${clock.weekday}`
}

/** The instant a duration later. */
export function addToTime({ nanoseconds, offset }: GoTime, duration: bigint): GoTime {
  return { nanoseconds: nanoseconds + duration, offset }
}

/** The duration from the second to the first, at most what a duration can hold. */
export function timeDifference(later: GoTime, earlier: GoTime): bigint {
  const difference = later.nanoseconds - earlier.nanoseconds
  return difference < minInt64 ? minInt64 : difference > maxInt64 ? maxInt64 : difference
}

/** Rounded down to a multiple of the duration, counted from year 1 in UTC. */
export function truncateTime(time: GoTime, duration: bigint): GoTime {
  if (duration <= 0n) return time
  const remainder = (time.nanoseconds + secondsBefore1970 * second) % duration
  return { nanoseconds: time.nanoseconds - (remainder < 0n ? remainder + duration : remainder), offset: time.offset }
}
