// kyverno/go-jmespath: functions.go

import { compareText } from '../../../values/text-order.ts'
import { define } from '../function-row.ts'

/** Functions on numbers and lists of numbers. */
export const numbers = [
  define({ name: 'abs', parameters: ['number'], returns: 'number', summary: 'the absolute value', implementation: ([value]) => Math.abs(value) }),
  define({ name: 'ceil', parameters: ['number'], returns: 'number', summary: 'the next whole number up', implementation: ([value]) => Math.ceil(value) }),
  define({ name: 'floor', parameters: ['number'], returns: 'number', summary: 'the next whole number down', implementation: ([value]) => Math.floor(value) }),
  define({
    name: 'avg', parameters: ['array[number]'], returns: 'number', summary: 'the mean of a list of numbers',
    implementation: ([items]) => items.reduce((sum, item) => sum + item, 0) / items.length,
  }),
  define({
    name: 'max', parameters: ['array[number]|array[string]'], returns: 'number|string', summary: 'the greatest of a list of numbers or texts; null if it is empty',
    implementation: ([items]) => best(items, 1),
  }),
  define({
    name: 'min', parameters: ['array[number]|array[string]'], returns: 'number|string', summary: 'the least of a list of numbers or texts; null if it is empty',
    implementation: ([items]) => best(items, -1),
  }),
] as const

function best(items: readonly (number | string)[], direction: 1 | -1): number | string | null {
  let found = items[0]
  if (found === undefined) return null
  for (const item of items) if (order(item, found) === direction) found = item
  return found
}

function order(left: number | string, right: number | string): number {
  if (typeof left === 'string') return compareText(left, String(right))
  return left > Number(right) ? 1 : left < Number(right) ? -1 : 0
}
