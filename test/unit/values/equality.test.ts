import { describe, expect, test } from 'vitest'
import { deepEquals, deepEqualsTyped } from '../../../src/values/equality.ts'

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
