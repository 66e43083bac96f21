import { describe, expect, test } from 'vitest'
import { toFloat64, toInt64, toPlain } from '../../../src/values/numbers.ts'

describe('number forms', () => {
  test('toInt64 turns whole numbers into bigint and shares what has none', () => {
    const inner = { text: 'a' }
    const converted = toInt64({ inner, list: [1, 1.5, '2'], big: 9007199254740993n }) as Record<string, unknown>
    expect(converted).toEqual({ inner, list: [1n, 1.5, '2'], big: 9007199254740993n })
    expect(converted['inner']).toBe(inner)
  })

  test('integers beyond int64 become floats, as in Go', () => {
    expect(toInt64(18446744073709551615n)).toBe(18446744073709552000)
    expect(toInt64(1e300)).toBe(1e300)
  })

  test('toFloat64 and toPlain invert it, keeping digits that a double would lose', () => {
    expect(toFloat64([1n, 2.5])).toEqual([1, 2.5])
    expect(toPlain([1n, 9007199254740993n])).toEqual([1, 9007199254740993n])
  })

  test('a key named __proto__ stays a key', () => {
    const value = JSON.parse('{"__proto__": {"a": 1}}')
    expect(Object.hasOwn(toInt64(value) as object, '__proto__')).toBe(true)
  })
})
