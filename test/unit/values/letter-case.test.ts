import { expect, test } from 'vitest'
import { equalFold, goLowerCase, goUpperCase } from '../../../src/values/letter-case.ts'

test('one character becomes one character', () => {
  expect([goUpperCase('straße ŉ ﬁ'), goUpperCase('abc'), goLowerCase('İSTANBUL ΣΑΣ'), goLowerCase('ABC')]).toEqual(['STRAßE ŉ ﬁ', 'ABC', 'istanbul σασ', 'abc'])
})

test.each<[string, string, boolean]>([
  ['', '', true], ['Go', 'GO', true], ['Σ', 'ς', true], ['k', '\u212a', true], ['ſ', 'S', true], ['ß', 'ẞ', true], ['ß', 'ss', false], ['i', 'İ', false], ['ı', 'I', false], ['µ', 'Μ', true], ['a', 'ab', false],
])('%s and %s fold to the same: %s', (left, right, same) => {
  expect(equalFold(left, right)).toBe(same)
})
