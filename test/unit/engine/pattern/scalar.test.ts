import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileScalar, matchesScalar } from '../../../../src/engine/pattern/index.ts'
import type { JsonValue } from '../../../../src/model/json.ts'
import { jsonValue } from '../../../support/json-arbitrary.ts'

/** pattern, values that match, values that do not; undefined is a missing field. */
const cases: readonly (readonly [JsonValue, readonly (JsonValue | undefined)[], readonly (JsonValue | undefined)[]])[] = [
  [true, [true], [false, 'true', 1n, undefined]],
  [8n, [8n, 8, '8', '+8', '08'], [8.5, '8.0', true, null, undefined, [8n]]],
  [8, [8, 8n, '8.0', '8e0'], ['eight', 9n, true]],
  [8.5, [8.5, '8.5'], [8n]],
  [null, [null, undefined, 0, 0n, '', false], ['x', 1n, true, {}, []]],
  [{}, [{}, { a: 1n }], ['', [], null, undefined]],
  [[], [], [[], null, 'x']],
  ['*', ['', 'x', true, 3n], [null, undefined, {}, []]],
  ['?*', ['x', 0n, false], ['', null, undefined]],
  ['a?c*', ['abc', 'axcd'], ['ac', 'Abc']],
  ['a|b', ['a', 'b'], ['c', undefined]],
  ['a* & !*z', ['ab', 'a'], ['az', 'b']],
  ['x|y & z', ['x', 'x|y & z'], ['y', 'z']],
  ['!nginx', ['redis', true, 3n], ['nginx', null, undefined, {}]],
  ['!*:latest', ['nginx:1', 'nginx'], ['nginx:latest']],
  ['!5', [undefined, null, 6n, 'x'], [5n, 5, '5.0']],
  ['80', [80n, 80, '80', '80.0', '80000m'], [81n, 'x']],
  ['8?', ['80', 80n], [80]],
  ['<10', [undefined, 9n, '9.5', '1m'], [10n, 'ten', true]],
  ['>=1Gi', ['1024Mi', 2n ** 30n, '2Gi'], ['1023Mi', 'x']],
  ['<= 60s', ['1m', '59s'], ['61s', 'x']],
  ['10-20', [10n, 20, '15'], [9n, '21', 'x', true]],
  ['10!-20', [9n, 21n], [10n, 15n, 'x']],
  ['-5-5', ['-5', 0n], [-6n]],
  ['1Mi-1Gi', ['512Mi'], ['1Ki']],
  ['10s-1m', ['30s'], ['2m', '5s']],
  ['2023-01-02', ['2023-01-02'], ['2023-01-03']],
  ['!', ['!'], ['x', undefined]],
  ['', [''], ['x', undefined, null]],
  ['>', ['>'], ['1', undefined]],
  ['>x', [], ['y', 'x']],
]

describe('scalar patterns', () => {
  for (const [pattern, good, bad] of cases) {
    const name = typeof pattern === 'bigint' ? `${pattern}n` : JSON.stringify(pattern)
    if (good.length > 0) test.each(good.map((value) => ({ value })))(`${name} accepts $value`, ({ value }) => expect(matchesScalar(value, pattern)).toBe(true))
    test.each(bad.map((value) => ({ value })))(`${name} refuses $value`, ({ value }) => expect(matchesScalar(value, pattern)).toBe(false))
  }

  test('any input gives an answer, and the same one every time', () => {
    fc.assert(fc.property(jsonValue, jsonValue, (pattern, value) => {
      const matches = compileScalar(pattern)
      expect(matches(value)).toBe(matches(value))
    }), { numRuns: 2000 })
  })

  test('a text matches itself as a pattern', () => {
    fc.assert(fc.property(fc.string(), (text) => matchesScalar(text, text)))
  })

  test('a hostile wildcard costs no more than its length', () => {
    matchesScalar('a'.repeat(20_000), `${'*a'.repeat(2_000)}b`)
    matchesScalar(' '.repeat(200_000), `${' '.repeat(200_000)}x`)
    // Exponential work would run into the runner's own limit.
  })
})
