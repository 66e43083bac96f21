import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatYaml, formatYamlStream, parseManifests } from '../../../src/manifest/index.ts'
import type { JsonValue } from '../../../src/model/json.ts'

const awkward = ['', 'y', 'on', 'null', '~', '0644', '1e3', '1:30', '.inf', '0x1', '2024-01-02', '<<', '=', '-', '- x', '--', '---', '...', '?', '? x', ':', 'a:', 'a: b', '#', 'a #b', '!x', '&x', '*x', '@', '`',
  '%', '|', '>', '[', '{', ',', "'", '"', ' a', 'a ', 'a\tb', 'a\nb', 'a\nb\n', 'a\n\n', '\n', '\na', ' a\nb', 'a \nb', '\r\n', '\u2028', '\x85', '\x7f', '\ufeff', '😀', '12345678901234567890']
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(...awkward)).map((value) => Buffer.from(value).toString())
const { value: anyValue } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.constant(null), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number)),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }), text, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true })),
}))

describe('formatYaml', () => {
  test('writes lists and texts as kubectl does', () => {
    expect(formatYaml({ a: [], b: {}, list: ['x', { k: 1, l: [2, [3]] }, []], text: 'a\nb\n', on: '0644', half: 0.5, big: 9007199254740993n, e: 1e21, nothing: null })).toBe([
      'a: []', 'b: {}', 'list:', '- x', '- k: 1', '  l:', '  - 2', '  - - 3', '- []', 'text: |', '  a', '  b', '"on": "0644"', 'half: 0.5', 'big: 9007199254740993', 'e: 1e+21', 'nothing: null', '',
    ].join('\n'))
  })

  test('sorts keys on demand, and puts separators between documents', () => {
    expect(formatYaml({ b: 1, a: { d: 1, c: 2 } }, { sortKeys: true })).toBe('a:\n  c: 2\n  d: 1\nb: 1\n')
    expect(formatYamlStream([{ a: 1 }, { b: 2 }])).toBe('a: 1\n---\nb: 2\n')
  })

  test('what it writes reads back as the same value', () => {
    fc.assert(fc.property(anyValue, (value) => {
      const { documents, problems } = parseManifests(formatYaml({ value }), 'f')
      expect(problems.filter(({ code }) => code !== 'NOT_A_RESOURCE')).toEqual([])
      // JSON has no negative zero, and toEqual would tell it from zero.
      expect(JSON.stringify(documents[0]?.value, plain)).toBe(JSON.stringify({ value }, plain))
    }), { numRuns: 400 })
  })
})

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `bigint ${value}` : value
}
