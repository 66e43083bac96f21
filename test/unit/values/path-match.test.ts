import { expect, test } from 'vitest'
import { compilePathPattern } from '../../../src/values/path-match.ts'

test.each([
  ['apps/*', 'apps/a', true, true],
  ['apps/*', 'apps/a/b', false, true],
  ['apps/**/x', 'apps/a/x', true, true],
  ['apps/**/x', 'apps/a/b/x', false, true],
  ['a?c', 'abc', true, true],
  ['a?c', 'a/c', false, true],
  ['[a-c]x', 'bx', true, true],
  ['[^a-c]x', 'dx', true, true],
  ['[!a-c]x', 'bx', false, false],
  ['[a-]x', '-x', true, true],
  ['[]a]x', ']x', true, true],
  [String.raw`\*`, '*', true, true],
  [String.raw`\*`, 'a', false, false],
  ['a.b', 'axb', false, false],
  ['a(b)|c', 'a(b)|c', true, true],
  ['apps', 'apps/a', false, false],
])('%s against %s: %s, across slashes %s', (pattern, path, stops, crosses) => {
  expect(compilePathPattern(pattern, 'path')?.(path)).toBe(stops)
  expect(compilePathPattern(pattern, 'any')?.(path)).toBe(crosses)
})

test.each(['[', '[a', 'a\\'])('%s is not well formed', (pattern) => {
  expect(compilePathPattern(pattern, 'path')).toBeUndefined()
})

test('stars do not explode', () => {
  expect(compilePathPattern(`${'*a'.repeat(30)}b`, 'any')?.('a'.repeat(2000))).toBe(false)
})
