import { expect, test } from 'vitest'
import { compareText, sortedKeys } from '../../../src/values/text-order.ts'

test('compareText orders by UTF-8 bytes', () => {
  expect(['😀', '\uffff', 'a', ''].toSorted(compareText)).toEqual(['', 'a', '\uffff', '😀'])
})

test('sortedKeys', () => {
  expect(sortedKeys({ b: 1, a: 2, B: 3 })).toEqual(['B', 'a', 'b'])
})
