import { expect, test } from 'vitest'
import { Memo } from '../../../src/values/memo.ts'

test('answers once, undefined too, and forgets when there are too many', () => {
  const asked: string[] = []
  const memo = new Memo(2, (key: string) => {
    asked.push(key)
    return key === 'none' ? undefined : key.length
  })
  expect([memo.get('a'), memo.get('none'), memo.get('none'), memo.get('a')]).toEqual([1, undefined, undefined, 1])
  expect(asked).toEqual(['a', 'none'])
  expect([memo.get('ccc'), memo.get('a')]).toEqual([3, 1])
  expect(asked).toEqual(['a', 'none', 'ccc', 'a'])
})
