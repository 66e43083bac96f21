import { describe, expect, test } from 'vitest'
import { parseTime, rfc3339 } from '../../../src/values/time-parse.ts'
import { addToTime, formatCron, formatRfc3339, timeDifference, timeFromMilliseconds, truncateTime, type GoTime } from '../../../src/values/time.ts'

const shown = (layout: string, text: string) => {
  const time = parseTime(layout, text)
  return time && formatRfc3339(time)
}

describe('times by layout', () => {
  test.each([
    [rfc3339, '2024-02-29T12:00:00Z', '2024-02-29T12:00:00Z'], [rfc3339, '2024-02-29T12:00:00.123456789123+01:00', '2024-02-29T12:00:00+01:00'], [rfc3339, '2024-02-29T1:00:00Z', '2024-02-29T01:00:00Z'],
    [rfc3339, '2024-02-29T12:00:00,5Z', '2024-02-29T12:00:00Z'], ['Mon, 02 Jan 2006 15:04:05 MST', 'Thu, 29 Feb 2024 12:00:00 GMT', '2024-02-29T12:00:00Z'],
    ['Mon Jan _2 15:04:05 2006', 'thu feb  9 01:02:03 2024', '2024-02-09T01:02:03Z'], ['Monday, 02-Jan-06 15:04:05 MST', 'Sunday, 01-Jan-70 00:00:00 CEST', '1970-01-01T00:00:00Z'],
    ['2006-01-02 15:04 MST', '2024-01-01 00:00 GMT+3', '2024-01-01T03:00:00+03:00'], ['3:04PM', '12:05AM', '0000-01-01T00:05:00Z'], ['3:04pm', '1:05pm', '0000-01-01T13:05:00Z'],
    ['January 2, 2006', 'December 25, 2023', '2023-12-25T00:00:00Z'], ['20060102', '20240229', '2024-02-29T00:00:00Z'], ['2006-01-02T15:04:05.000Z0700', '2024-01-01T00:00:00.123-0130', '2024-01-01T00:00:00-01:30'],
    ['__2 2006', ' 60 2023', '2023-03-01T00:00:00Z'], ['_2006', '_2024', '2024-01-01T00:00:00Z'], ['15h', '7h', '0000-01-01T07:00:00Z'], ['Z07', '-05', '0000-01-01T00:00:00-05:00'], ['05.99', '07', '0000-01-01T00:00:07Z'],
  ])('%s reads %s', (layout, text, result) => {
    expect(shown(layout, text)).toBe(result)
  })

  test.each([
    [rfc3339, ''], [rfc3339, '2024-02-30T00:00:00Z'], [rfc3339, '2024-13-01T00:00:00Z'], [rfc3339, '2024-01-01T24:00:00Z'], [rfc3339, '2024-01-01T00:60:00Z'], [rfc3339, '2024-01-01T00:00:00'],
    [rfc3339, '2024-01-01T00:00:00Z '], [rfc3339, '2024-01-01T00:00:00+25:00'], ['2006', '02O4'], ['Jan', 'Jab'], ['3PM', '13PM'], ['PM', 'xm'], ['MST', 'ab'], ['MST', 'ABCDEF'], ['002', '000'], ['002 01', '060 01'], ['.000', '.12'], ['x', 'y'],
  ])('%s does not read %j', (layout, text) => {
    expect(parseTime(layout, text)).toBeUndefined()
  })
})

describe('arithmetic', () => {
  const at = (text: string) => parseTime(rfc3339, text) as GoTime

  test('adds, subtracts and truncates', () => {
    expect(formatRfc3339(addToTime(at('2024-02-28T23:59:59+02:00'), 1_000_000_000n))).toBe('2024-02-29T00:00:00+02:00')
    expect(timeDifference(at('2024-01-01T00:00:00Z'), at('2024-01-01T00:00:00.5Z'))).toBe(-500_000_000n)
    expect(timeDifference(at('9999-01-01T00:00:00Z'), at('0000-01-01T00:00:00Z'))).toBe(2n ** 63n - 1n)
    expect(formatRfc3339(truncateTime(at('2024-01-03T17:37:00+05:30'), 24n * 3_600_000_000_000n))).toBe('2024-01-03T05:30:00+05:30')
    expect(formatRfc3339(truncateTime(at('0000-06-01T12:30:00Z'), 3_600_000_000_000n))).toBe('0000-06-01T12:00:00Z')
    expect(truncateTime(at('2024-01-03T17:37:00Z'), -1n)).toEqual(at('2024-01-03T17:37:00Z'))
  })

  test('prints', () => {
    expect(formatCron(at('2024-02-29T07:05:00-08:00'))).toBe('5 7 29 2 4')
    expect(formatRfc3339(timeFromMilliseconds(-1))).toBe('1969-12-31T23:59:59Z')
    expect(formatRfc3339({ nanoseconds: 20240229010203n * 1_000_000_000n, offset: 0 })).toBe('643357-04-28T20:10:03Z')
    expect(formatRfc3339({ nanoseconds: -70_000_000_000n * 1_000_000_000n, offset: 0 })).toBe('-0249-10-15T19:33:20Z')
  })
})
