import { describe, expect, test } from 'vitest'
import { CelMap, mapFromEntries, mapGet, mapKeys } from '../../../../../src/expression/cel/values/map.ts'
import { CelUint, type CelValue } from '../../../../../src/expression/cel/values/value.ts'

describe('a map', () => {
  const map = new CelMap([[1n, 'int'], [new CelUint(1n), 'uint'], [true, 'bool'], ['1', 'text'], [2.5, 'double'], [null, 'null'], [[1n], 'list']])

  test.each<readonly [string, CelValue, CelValue | undefined]>([
    ['an int', 1n, 'int'],
    ['a uint', new CelUint(1n), 'uint'],
    ['a double that is whole is looked for as an int', 1, 'int'],
    ['a double', 2.5, 'double'],
    ['a bool', true, 'bool'],
    ['a text', '1', 'text'],
    ['null', null, 'null'],
    ['a list is never found', [1n], undefined],
    ['an int that is not there', 2n, undefined],
    ['a text that reads like a number', '2.5', undefined],
  ])('%s', (_, key, value) => {
    expect(map.get(key)).toEqual(value)
  })

  test('keeps its order and counts every entry', () => {
    expect(map.size).toBe(7)
    expect(mapKeys(map)).toHaveLength(7)
  })

  test('of two entries with one key the second counts', () => {
    expect(mapFromEntries([['a', 1n], ['a', 2n]])).toEqual({ a: 2n })
    expect(new CelMap([[1n, 'a'], [1n, 'b']]).get(1n)).toBe('b')
  })

  test('with keys of text is a plain object, whatever the text', () => {
    const odd = mapFromEntries([['__proto__', 1n], ['constructor', 2n]])
    expect(Object.getPrototypeOf(odd)).toBe(Object.prototype)
    expect(mapGet(odd, '__proto__')).toBe(1n)
    expect(mapGet({}, 'constructor')).toBeUndefined()
  })
})
