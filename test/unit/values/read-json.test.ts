import { describe, expect, test } from 'vitest'
import { JsonSyntaxError, readJson } from '../../../src/values/read-json.ts'

describe('readJson', () => {
  test.each([
    ['{"a": [1, -2.5e3, true, false, null, "x\\n\\u00e9\\/"]}', { a: [1, -2500, true, false, null, 'x\né/'] }],
    [' [] ', []], ['{}', {}], ['9007199254740993', 9007199254740993n], ['18446744073709551616', 18446744073709552000], ['"\\ud800"', '\ufffd'], ['"\\ud83d\\ude00"', '😀'],
  ])('%j', (text, value) => {
    expect(readJson(text).value).toEqual(value)
  })

  test.each([['', '1:1'], ['{"a": 1,}', '1:9'], ['[1 2]', '1:4'], ['{a: 1}', '1:2'], ['{"a" 1}', '1:6'], ['"a', '1:1'], ['"a\\q"', '1:1'], ['[\n01]', '2:2'], ['nul', '1:1'], ['1e400', '1:6'], ['{"a":\n"\n"}', '2:1']])('refuses %j at %s', (text, place) => {
    try {
      readJson(text)
    } catch (error) {
      expect(error).toBeInstanceOf(JsonSyntaxError)
      expect(`${(error as JsonSyntaxError).line}:${(error as JsonSyntaxError).column}`).toBe(place)
      return
    }
    throw new Error('was accepted')
  })

  test('leaves what follows alone and refuses absurd nesting', () => {
    expect(readJson('{"a":1}{"b":2}').end).toBe(7)
    expect(() => readJson('['.repeat(100_000))).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })

  test('keeps the last of two equal keys and __proto__', () => {
    const { value, duplicates } = readJson('{"a": 1,\n "a": 2, "__proto__": 3}')
    expect(Object.entries(value as object)).toEqual([['a', 2], ['__proto__', 3]])
    expect(duplicates).toEqual([{ key: 'a', line: 2, column: 2, merged: false }])
  })
})
