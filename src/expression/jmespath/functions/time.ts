// Kyverno: pkg/engine/jmespath/time.go

import { formatDuration, parseDuration } from '../../../values/duration.ts'
import { parseInt64 } from '../../../values/parse-number.ts'
import { parseTime, rfc3339 } from '../../../values/time-parse.ts'
import { addToTime, formatCron, formatRfc3339, timeDifference, timeFromMilliseconds, truncateTime, type GoTime } from '../../../values/time.ts'
import { failure } from '../failure.ts'
import { define, defineVariadic } from '../function-row.ts'

/** Functions on times, written as RFC 3339. The local zone is UTC, as in Kyverno's container. */
export const time = [
  define({
    name: 'time_since', parameters: ['string', 'string', 'string'], returns: 'string',
    summary: 'the duration between two times in the given layout (empty: RFC 3339); an empty second time is now',
    implementation: ([layout, start, end], { environment }) => {
      const form = layout === '' ? rfc3339 : layout
      const from = read('time_since', start, form)
      return formatDuration(timeDifference(end === '' ? timeFromMilliseconds(environment.now) : read('time_since', end, form), from))
    },
  }),
  defineVariadic({
    name: 'time_now', parameters: [], returns: 'string', summary: 'the current time',
    implementation: (_, { environment }) => formatRfc3339(timeFromMilliseconds(environment.now)),
  }),
  defineVariadic({
    name: 'time_now_utc', parameters: [], returns: 'string', summary: 'the current time in UTC',
    implementation: (_, { environment }) => formatRfc3339(timeFromMilliseconds(environment.now)),
  }),
  define({
    name: 'time_add', parameters: ['string', 'string'], returns: 'string', summary: 'the time a duration later',
    implementation: ([start, length]) => formatRfc3339(addToTime(read('time_add', start), readDuration('time_add', length))),
  }),
  define({
    name: 'time_parse', parameters: ['string', 'string'], returns: 'string',
    summary: 'reads a time in a layout (the time 2006-01-02 15:04:05 -0700 written so); if the layout is a number, seconds since 1970',
    implementation: ([layout, text]) => {
      if (parseInt64(layout) === undefined) return formatRfc3339(read('time_parse', text, layout))
      const seconds = parseInt64(text)
      if (seconds === undefined) throw failure('time_parse', `${JSON.stringify(text.slice(0, 100))} is not a number of seconds`)
      return formatRfc3339({ nanoseconds: seconds * 1_000_000_000n, offset: 0 })
    },
  }),
  define({
    name: 'time_to_cron', parameters: ['string'], returns: 'string', summary: 'a cron expression for that minute of that day: minute, hour, day, month, weekday',
    implementation: ([text]) => formatCron(read('time_to_cron', text)),
  }),
  define({
    name: 'time_utc', parameters: ['string'], returns: 'string', summary: 'the same time in UTC',
    implementation: ([text]) => formatRfc3339({ ...read('time_utc', text), offset: 0 }),
  }),
  define({
    name: 'time_diff', parameters: ['string', 'string'], returns: 'string', summary: 'the duration from the first time to the second',
    implementation: ([start, end]) => {
      const from = read('time_diff', start)
      return formatDuration(timeDifference(read('time_diff', end), from))
    },
  }),
  define({
    name: 'time_before', parameters: ['string', 'string'], returns: 'boolean', summary: 'tells whether the first time is before the second',
    implementation: ([a, b]) => read('time_before', a).nanoseconds < read('time_before', b).nanoseconds,
  }),
  define({
    name: 'time_after', parameters: ['string', 'string'], returns: 'boolean', summary: 'tells whether the first time is after the second',
    implementation: ([a, b]) => read('time_after', a).nanoseconds > read('time_after', b).nanoseconds,
  }),
  define({
    name: 'time_between', parameters: ['string', 'string', 'string'], returns: 'boolean', summary: 'tells whether a time is after a start and before an end',
    implementation: ([text, start, end]) => {
      const [at, from, to] = [read('time_between', text), read('time_between', start), read('time_between', end)]
      return at.nanoseconds > from.nanoseconds && at.nanoseconds < to.nanoseconds
    },
  }),
  define({
    name: 'time_truncate', parameters: ['string', 'string'], returns: 'string', summary: 'the time rounded down to a multiple of a duration',
    implementation: ([text, step]) => formatRfc3339(truncateTime(read('time_truncate', text), readDuration('time_truncate', step))),
  }),
] as const

function read(name: string, text: string, layout = rfc3339): GoTime {
  const parsed = parseTime(layout, text)
  if (parsed === undefined) throw failure(name, `${JSON.stringify(text.slice(0, 100))} is not a time in the layout ${JSON.stringify(layout.slice(0, 100))}`)
  return parsed
}

function readDuration(name: string, text: string): bigint {
  const duration = parseDuration(text)
  if (duration === undefined) throw failure(name, `${JSON.stringify(text.slice(0, 100))} is not a duration`)
  return duration
}
