import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addQuantities, compareQuantities, formatQuantity, parseQuantity, quantityMilliValue, quantityOf, quantityToInt64, quantityValue, subtractQuantities,
  type Quantity,
} from '../../../src/values/quantity.ts'

const q = (text: string) => parseQuantity(text) as Quantity

describe('quantities', () => {
  test.each([
    ['0', '0'], ['1', '1'], ['1.5', '1500m'], ['1.5Gi', '1536Mi'], ['0.5Ki', '512'], ['1024Mi', '1Gi'], ['1000m', '1'], ['12e6', '12e6'], ['1e-3', '1e-3'],
    ['+1', '+1'], ['01Ki', '01Ki'], ['-1.5', '-1500m'], ['.', '0'], ['m', '0'], ['0.0000000001', '1n'], ['1000E', '1'], ['9Ei', '9223372036854775807'],
    ['1.Gi', '1.Gi'], ['100000', '100k'], ['0.1m', '100u'],
  ])('%s prints as %s', (text, canonical) => {
    expect(formatQuantity(q(text))).toBe(canonical)
  })

  test.each(['', ' ', '1 ', '1x', '1KI', 'Gi1', '1e', '1e1.5', '--1', '1.2.3', '0x10', '1_000', '1e99999999999999999999'])('%j is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined()
  })

  test('compare by value', () => {
    expect(compareQuantities(q('1'), q('1000m'))).toBe(0)
    expect(compareQuantities(q('1Gi'), q('1G'))).toBe(1)
    expect(compareQuantities(q('-1.5'), q('-1'))).toBe(-1)
    expect(compareQuantities(q('1e2000000000'), q('1e-2000000000'))).toBe(1)
    expect(compareQuantities(q('-1e2000000000'), q('1'))).toBe(-1)
  })

  test('add and subtract; zero takes the format of the other', () => {
    expect(formatQuantity(addQuantities(q('1Gi'), q('512Mi')))).toBe('1536Mi')
    expect(formatQuantity(addQuantities(q('0'), q('1Ki')))).toBe('1Ki')
    expect(formatQuantity(subtractQuantities(q('1'), q('100m')))).toBe('900m')
    expect(formatQuantity(addQuantities(quantityOf(2n ** 63n - 1n), q('1')))).toBe('9223372036854775808')
  })

  test('whole values round away from zero and overflow as in Go', () => {
    expect(quantityValue(q('1500m'))).toBe(2n)
    expect(quantityMilliValue(q('0.0001'))).toBe(1n)
    expect(quantityMilliValue(q('1E'))).toBe(0n)
    expect(quantityToInt64(q('1k'))).toBe(1000n)
    expect(quantityToInt64(q('1m'))).toBeUndefined()
  })

  test('never crash, and the canonical text means the same', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789.eEinumkKMGTP+-'), maxLength: 12 })
    fc.assert(fc.property(text, (source) => {
      const quantity = parseQuantity(source)
      if (quantity === undefined || quantity.exponent > 15 || Math.abs(Number(quantity.unscaled)) > 1e9) return true
      return compareQuantities(quantity, parseQuantity(formatQuantity(quantity)) as Quantity) === 0
    }), { numRuns: 5000 })
  })
})
