import { describe, expect, test } from 'vitest'
import { formatFloat, formatJsonNumber } from '../../../src/values/number-text.ts'

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
