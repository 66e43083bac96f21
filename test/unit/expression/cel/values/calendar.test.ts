import { describe, expect, test } from 'vitest'
import { toCalendar } from '../../../../../src/expression/cel/values/calendar.ts'
import { formatTimestamp, parseTimestamp } from '../../../../../src/expression/cel/values/time-text.ts'

function instant(text: string): bigint {
  return parseTimestamp(text)?.nanoseconds ?? 0n
}

describe('the calendar of a zone', () => {
  test.each([
    ['2024-02-29T23:30:15.25Z', '', { year: 2024, month: 1, dayOfMonth: 29, dayOfWeek: 4, dayOfYear: 59, hours: 23, minutes: 30, seconds: 15, milliseconds: 250 }],
    ['2024-02-29T23:30:00Z', '+05:30', { dayOfMonth: 1, month: 2, hours: 5, minutes: 0 }],
    ['2024-02-29T00:30:00Z', '-01:15', { dayOfMonth: 28, hours: 23, minutes: 15 }],
    ['2024-07-01T12:00:00Z', 'America/New_York', { hours: 8 }],
    ['2024-01-01T12:00:00Z', 'America/New_York', { hours: 7 }],
    ['1969-12-31T23:59:59.999Z', '', { year: 1969, milliseconds: 999, dayOfYear: 364 }],
    ['0001-01-01T00:00:00Z', 'Asia/Tokyo', { year: 1, month: 0, dayOfMonth: 1 }],
  ])('%s in "%s"', (text, zone, shown) => {
    expect(toCalendar(instant(text), zone)).toMatchObject(shown)
  })

  test('a zone that does not exist is an error', () => {
    expect(() => toCalendar(0n, 'Nowhere')).toThrow('unknown time zone Nowhere')
  })
})

describe('timestamps as text', () => {
  test.each([
    ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05Z'],
    ['2024-01-02T03:04:05.120Z', '2024-01-02T03:04:05.12Z'],
    ['2024-01-02T03:04:05.123456789+02:00', '2024-01-02T03:04:05.123456789+02:00'],
    ['2024-02-29T00:00:00+00:00', '2024-02-29T00:00:00Z'],
    ['2023-02-29T00:00:00Z', undefined],
    ['2024-01-02T24:00:00Z', undefined],
    ['2024-01-02 03:04:05Z', undefined],
    ['2024-01-02T03:04:05', undefined],
    ['24-01-02T03:04:05Z', undefined],
  ])('%s', (text, printed) => {
    const parsed = parseTimestamp(text)
    expect(parsed === undefined ? undefined : formatTimestamp(parsed.nanoseconds, parsed.offset)).toBe(printed)
  })
})
