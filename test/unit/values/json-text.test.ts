import { describe, expect, test } from 'vitest'
import { goJsonText, goValueText, stringifyJson } from '../../../src/values/json-text.ts'

describe('JSON text', () => {
  test('stringifyJson keeps order and takes bigint', () => {
    expect(stringifyJson({ b: 1n, a: [2, 9007199254740993n, 'x'] })).toBe('{"b":1,"a":[2,9007199254740993,"x"]}')
    expect(stringifyJson({ b: 1n, a: [], c: [1n] }, 2)).toBe('{\n  "b": 1,\n  "a": [],\n  "c": [\n    1\n  ]\n}')
    expect(stringifyJson({ b: 1, a: [1] }, 2)).toBe(JSON.stringify({ b: 1, a: [1] }, undefined, 2))
  })

  test('goJsonText sorts and escapes', () => {
    expect(goJsonText({ b: '<&>', a: 1e21, '😀': '\u2028\u0001\t\u007f', '\uffff': '\ud800' }))
      .toBe('{"a":1e+21,"b":"\\u003c\\u0026\\u003e","\uffff":"\\ufffd","😀":"\\u2028\\u0001\\t\u007f"}')
  })

  test('goValueText prints as %v', () => {
    expect(goValueText({ b: [1n, 1e6, null], a: { c: true } })).toBe('map[a:map[c:true] b:[1 1e+06 <nil>]]')
  })
})
