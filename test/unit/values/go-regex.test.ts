import { describe, expect, test } from 'vitest'
import { compileGoRegex } from '../../../src/values/go-regex.ts'

const replace = (pattern: string, text: string, by: string, literal = false) => compileGoRegex(pattern)?.replaceAll(text, by, literal)

describe('Go regular expressions', () => {
  test.each(['(?=a)', '(?<!a)', '\\1', 'a**', '(', '[b-a]', 'x{1001}', '\\8', 'a\\Z'])('%s is none', (pattern) => {
    expect(compileGoRegex(pattern)).toBeUndefined()
  })

  test.each<[string, string, boolean]>([
    ['b', 'abc', true], ['^b', 'abc', false], ['(?i)É', 'é', true], ['\\pL{2}', 'éé', true], ['[[:digit:]]', '5', true], ['^.$', '😀', true], ['(?s)a.b', 'a\nb', true], ['a.b', 'a\nb', false],
    ['(?P<x>a)(?P<x>b)', 'ab', true], ['\\(?P<x>', '(P<x>', true], ['[(?P<x>]+', '(', true],
  ])('%s in %j: %s', (pattern, text, matches) => {
    expect(compileGoRegex(pattern)?.test(text)).toBe(matches)
  })

  test('replacement templates', () => {
    expect(replace('(\\w)(\\w)', 'abcd', '$2$1')).toBe('badc')
    expect(replace('(\\w)', 'ab', '$1_')).toBe('')
    expect(replace('(\\w)', 'ab', '${1}_')).toBe('a_b_')
    expect(replace('(\\w)', 'ab', '$$1$')).toBe('$1$$1$')
    expect(replace('(?P<n>\\w)', 'ab', '<$n>')).toBe('<a><b>')
    expect(replace('(\\w)', 'ab', '$01')).toBe('')
    expect(replace('(x)?b', 'ab', '[$1$9]')).toBe('a[]')
    expect(replace('b', 'abc', '$0', true)).toBe('a$0c')
  })

  test('empty matches', () => {
    expect(replace('', 'é😀', '-')).toBe('-é-😀-')
    expect(replace('b*', 'abbc', 'X')).toBe('XaXcX')
    expect(replace('$', 'ab', '!')).toBe('ab!')
  })
})
