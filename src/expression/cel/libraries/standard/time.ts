// cel-go: common/types/timestamp.go, common/types/duration.go
import { celType } from '../../types/cel-type.ts'
import { method, type CelOverload } from '../../library.ts'
import { toCalendar, type CalendarTime } from '../../values/calendar.ts'

const { duration, int, string, timestamp } = celType

/** A getter in UTC and in a given time zone. */
function getter(name: string, read: (time: CalendarTime) => number): CelOverload[] {
  return [
    method(name, [timestamp], int, ({ nanoseconds }) => BigInt(read(toCalendar(nanoseconds)))),
    method(name, [timestamp, string], int, ({ nanoseconds }, zone) => BigInt(read(toCalendar(nanoseconds, zone)))),
  ]
}

export const time: readonly CelOverload[] = [
  ...getter('getFullYear', ({ year }) => year),
  ...getter('getMonth', ({ month }) => month),
  ...getter('getDayOfYear', ({ dayOfYear }) => dayOfYear),
  ...getter('getDayOfMonth', ({ dayOfMonth }) => dayOfMonth - 1),
  ...getter('getDate', ({ dayOfMonth }) => dayOfMonth),
  ...getter('getDayOfWeek', ({ dayOfWeek }) => dayOfWeek),
  ...getter('getHours', ({ hours }) => hours),
  method('getHours', [duration], int, ({ nanoseconds }) => nanoseconds / 3_600_000_000_000n),
  ...getter('getMinutes', ({ minutes }) => minutes),
  method('getMinutes', [duration], int, ({ nanoseconds }) => nanoseconds / 60_000_000_000n),
  ...getter('getSeconds', ({ seconds }) => seconds),
  method('getSeconds', [duration], int, ({ nanoseconds }) => nanoseconds / 1_000_000_000n),
  ...getter('getMilliseconds', ({ milliseconds }) => milliseconds),
  method('getMilliseconds', [duration], int, ({ nanoseconds }) => nanoseconds / 1_000_000n),
]
