import { expect, test } from 'vitest'
import { formatAnchor, parseAnchor } from '../../../src/values/anchor-key.ts'

test.each([
  ['(a)', '', 'a'], ['<(a)', '<', 'a'], ['=(a)', '=', 'a'], ['^(a)', '^', 'a'], ['X(a)', 'X', 'a'], ['+(a)', '+', 'a'],
  ['  =(a.b/c*) ', '=', 'a.b/c*'], ['((a))', '', '(a)'], ['=( a )', '=', ' a '],
])('%j is an anchor', (text, modifier, key) => {
  expect(parseAnchor(text)).toEqual({ modifier, key })
  expect(formatAnchor({ modifier: modifier as '', key })).toBe(text.trim())
})

test.each(['a', '()', '=()', '(a', 'a)', 'x(a)', 'X(a)b', '==(a)', '(a\nb)', ''])('%j is a plain key', (text) => {
  expect(parseAnchor(text)).toBeUndefined()
})
