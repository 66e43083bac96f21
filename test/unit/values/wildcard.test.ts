import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileWildcard, containsWildcard, matchesWildcard } from '../../../src/values/wildcard.ts'

const cases: readonly [pattern: string, text: string, matches: boolean][] = [
  ['', '', true], ['', 'a', false], ['*', '', true], ['**', 'anything', true], ['?', '', false], ['?*', '', false], ['?*', 'x', true],
  ['team-*', 'team-', true], ['team-*', 'teams', false], ['*-prod', 'eu-prod', true], ['*-prod', 'prod', false], ['*mid*', 'amidst', true],
  ['a*b*c', 'abbbcbc', true], ['a*b*c', 'abbbcb', false], ['a?c', 'abc', true], ['a?c', 'ac', false], ['[ab]', 'a', false], ['\\*', 'x', false],
  ['?', '😀', true], ['??', '😀', false], ['*?', '😀', true], ['*??', '😀', false], ['a.c', 'abc', false], ['Case', 'case', false],
]

describe('wildcards', () => {
  test.each(cases)('%j on %j is %j', (pattern, text, matches) => {
    expect(matchesWildcard(pattern, text)).toBe(matches)
    expect(compileWildcard(pattern)(text)).toBe(matches)
  })

  test('containsWildcard', () => {
    expect(['a*', 'b?', 'c'].map(containsWildcard)).toEqual([true, true, false])
  })

  test('agree with the definition on random input', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '*', '?'), maxLength: 8 })
    fc.assert(fc.property(letters, letters, (pattern, text) => {
      const expected = naive([...pattern], [...text])
      return matchesWildcard(pattern, text) === expected && compileWildcard(pattern)(text) === expected
    }), { numRuns: 2000 })
  })

  test('do not explode', () => {
    expect(matchesWildcard(`${'a*'.repeat(40)}b`, 'a'.repeat(5000))).toBe(false)
    // Exponential work would run into the runner's own limit.
  })
})

function naive(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return text.length === 0
  if (first === '*') return naive(rest, text) || (text.length > 0 && naive(pattern, text.slice(1)))
  return text.length > 0 && (first === '?' || first === text[0]) && naive(rest, text.slice(1))
}
