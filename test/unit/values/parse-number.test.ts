import { describe, expect, test } from 'vitest'
import { parseFloat64, parseInt64 } from '../../../src/values/parse-number.ts'

describe('numbers as strconv reads them', () => {
  test.each([
    ['0', 0n], ['-0', 0n], ['+12', 12n], ['007', 7n], ['9223372036854775807', 2n ** 63n - 1n], ['-9223372036854775808', -(2n ** 63n)],
    [`${'0'.repeat(40)}5`, 5n],
    ['9223372036854775808', undefined], ['1'.repeat(500_000), undefined], ['', undefined], ['+', undefined], ['1.0', undefined], ['1_0', undefined], [' 1', undefined], ['0x1', undefined],
  ])('parseInt64(%j)', (text, value) => expect(parseInt64(text)).toBe(value))

  test.each([
    ['1', 1], ['-1.5', -1.5], ['.5', 0.5], ['5.', 5], ['1e3', 1000], ['1E+3', 1000], ['1_000', 1000], ['1_0.0_1e1_0', 10.01e10],
    ['0x1p3', 8], ['-0X1.8p1', -3], ['0x.8p0', 0.5], ['0x1p-1074', 5e-324], ['0x_1p0', 1], ['inf', Infinity], ['-Infinity', -Infinity], ['+Inf', Infinity], ['NaN', NaN],
    ['1e400', undefined], ['0x1p99999', undefined], ['', undefined], ['.', undefined], ['1e', undefined], ['0x1', undefined], ['1__0', undefined], ['_1', undefined], ['1_', undefined],
    ['1_.0', undefined], ['+nan', undefined], ['1 ', undefined], ['i_nf', undefined], ['infinit', undefined],
  ])('parseFloat64(%j)', (text, value) => expect(parseFloat64(text)).toBe(value))
})
