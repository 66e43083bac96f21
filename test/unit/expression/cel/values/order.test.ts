import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalValues } from '../../../../../src/expression/cel/values/equality.ts'
import { compareValues } from '../../../../../src/expression/cel/values/order.ts'
import { CelBytes, CelDuration, CelUint, type CelValue } from '../../../../../src/expression/cel/values/value.ts'

const numbers: fc.Arbitrary<CelValue> = fc.oneof(
  fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }),
  fc.double({ noNaN: true }),
  fc.bigInt({ min: 0n, max: 2n ** 53n }).map((value) => new CelUint(value)),
)

describe('numbers of all types', () => {
  test('have one order', () => {
    fc.assert(fc.property(numbers, numbers, (a, b) => {
      const [forth, back] = [compareValues(a, b) ?? NaN, compareValues(b, a) ?? NaN]
      return Math.sign(forth) === -Math.sign(back) && (forth === 0) === equalValues(a, b)
    }))
  })

  test('beside a double an int loses digits, as in cel-go', () => {
    expect(compareValues(9223372036854775807n, 9223372036854775808)).toBe(0)
    expect(compareValues(9223372036854775807n, new CelUint(9223372036854775808n))).toBeLessThan(0)
  })

  test('NaN equals nothing and has no place', () => {
    expect(equalValues(NaN, NaN)).toBe(false)
    expect(() => compareValues(NaN, 1n)).toThrow('NaN values cannot be ordered')
  })
})

test.each<readonly [string, CelValue, CelValue, number | undefined]>([
  ['texts by code points', '\uffff', '😀', -1],
  ['a prefix comes first', 'a', 'ab', -1],
  ['bools', false, true, -1],
  ['bytes', new CelBytes(Uint8Array.of(1, 255)), new CelBytes(Uint8Array.of(2)), -1],
  ['durations', new CelDuration(5n), new CelDuration(4n), 1],
  ['a text and a number', '1', 1n, undefined],
  ['lists', [1n], [2n], undefined],
  ['null', null, null, undefined],
])('%s', (_, a, b, sign) => {
  const order = compareValues(a, b)
  expect(order === undefined ? undefined : Math.sign(order)).toBe(sign)
})
