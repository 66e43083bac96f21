import { describe, expect, test } from 'vitest'
import { deepEquals, deepEqualsTyped } from '../../../src/values/equality.ts'
import { goJsonText, goValueText, stringifyJson } from '../../../src/values/json-text.ts'
import { formatFloat, formatJsonNumber } from '../../../src/values/number-text.ts'
import { compareText } from '../../../src/values/text-order.ts'

describe('Go number text', () => {
  test.each([
    [0, '0'], [-0, '-0'], [1, '1'], [0.1, '0.1'], [100000, '100000'], [1000000, '1e+06'], [123456789, '1.23456789e+08'], [0.0001, '0.0001'], [0.00001, '1e-05'],
    [1e21, '1e+21'], [1e100, '1e+100'], [5e-324, '5e-324'], [Infinity, '+Inf'], [-Infinity, '-Inf'], [NaN, 'NaN'],
  ])('%s as g is %s', (value, text) => {
    expect(formatFloat(value, 'g')).toBe(text)
  })

  test('other verbs, precision and float32', () => {
    expect(formatFloat(1, 'E')).toBe('1E+00')
    expect(formatFloat(1500, 'E')).toBe('1.5E+03')
    expect(formatFloat(0.00012, 'e')).toBe('1.2e-04')
    expect(formatFloat(1e21, 'f')).toBe('1000000000000000000000')
    expect(formatFloat(2.5, 'f', { precision: 0 })).toBe('2')
    expect(formatFloat(1.005, 'f', { precision: 2 })).toBe('1.00')
    expect(formatFloat(12, 'f', { precision: 6 })).toBe('12.000000')
    expect(formatFloat(0.0004, 'f', { precision: 2 })).toBe('0.00')
    expect(formatFloat(9.96, 'f', { precision: 1 })).toBe('10.0')
    expect(formatFloat(0.96, 'f', { precision: 0 })).toBe('1')
    expect(formatFloat(123456, 'g', { precision: 3 })).toBe('1.23e+05')
    expect(formatFloat(100, 'g', { precision: 6 })).toBe('100')
    expect(formatFloat(16777217, 'f', { bits: 32 })).toBe('16777216')
    expect(formatFloat(0.1, 'f', { bits: 32 })).toBe('0.1')
  })

  test('JSON', () => {
    expect([1e20, 1e21, 1e-6, 1e-7, 1.5].map(formatJsonNumber)).toEqual(['100000000000000000000', '1e+21', '0.000001', '1e-7', '1.5'])
  })
})

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

  test('compareText orders by UTF-8 bytes', () => {
    expect(['😀', '\uffff', 'a', ''].toSorted(compareText)).toEqual(['', 'a', '\uffff', '😀'])
  })
})

describe('equality', () => {
  test('by value, and by Go type', () => {
    expect(deepEquals({ a: [1n], b: null }, { b: null, a: [1] })).toBe(true)
    expect(deepEqualsTyped({ a: [1n] }, { a: [1] })).toBe(false)
    expect(deepEqualsTyped({ a: [1n] }, { a: [1n] })).toBe(true)
    expect(deepEquals(9007199254740993n, 9007199254740992)).toBe(false)
    expect(deepEquals({ a: 1 }, { a: 1, b: 2 })).toBe(false)
    expect(deepEquals('1', 1n)).toBe(false)
    expect(deepEquals(JSON.parse('{"__proto__":1}'), JSON.parse('{"x":1}'))).toBe(false)
    expect(deepEquals([], {})).toBe(false)
  })
})
