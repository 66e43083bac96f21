import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { durationSeconds, formatDuration, parseDuration } from '../../../src/values/duration.ts'

describe('durations', () => {
  test.each([
    ['0', '0s'], ['1h', '1h0m0s'], ['90m', '1h30m0s'], ['1.5s', '1.5s'], ['-1m30s', '-1m30s'], ['1ms', '1ms'], ['1us', '1µs'], ['1µs', '1µs'], ['7ns', '7ns'],
    ['.5h', '30m0s'], ['1h1h', '2h0m0s'], ['1.000000001s', '1.000000001s'], ['2562047h47m16.854775807s', '2562047h47m16.854775807s'],
    ['-9223372036854775808ns', '-2562047h47m16.854775808s'],
  ])('%s prints as %s', (text, printed) => {
    const nanoseconds = parseDuration(text)
    expect(nanoseconds === undefined ? undefined : formatDuration(nanoseconds)).toBe(printed)
  })

  test.each(['', '1', '-', '.s', '1d', '1 h', 'h', '1h-1m', '9223372036854775808ns', '1e3s'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test('seconds', () => {
    expect(durationSeconds(1_500_000_000n)).toBe(1.5)
  })

  test('printing and reading are inverse', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (value) => {
      const again = parseDuration(formatDuration(value))
      // Fractions of a unit go through a float64.
      return again !== undefined && (again - value) ** 2n <= 1n
    }))
  })
})
