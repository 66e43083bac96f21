import { describe, expect, test } from 'vitest'
import { celType } from '../../../../../src/expression/cel/types/cel-type.ts'
import { Substitution } from '../../../../../src/expression/cel/types/substitution.ts'
import { formatType, type CelType } from '../../../../../src/expression/cel/types/type.ts'

const { bool, dyn, int, list, map, optional, parameter, string, timestamp } = celType
const [T, K] = [parameter('T'), parameter('K')]

describe('assignment', () => {
  test.each<readonly [string, CelType, CelType, boolean]>([
    ['a type to itself', int, int, true],
    ['another type', int, string, false],
    ['dyn to anything', dyn, int, true],
    ['anything to dyn', list(int), dyn, true],
    ['null to a timestamp', celType.null, timestamp, true],
    ['null to an int', celType.null, int, false],
    ['a list of dyn to a list of ints', list(dyn), list(int), true],
    ['a list of ints to a list of texts', list(int), list(string), false],
    ['a list to a variable', list(int), T, true],
    ['an optional to another', optional(int), optional(bool), false],
    ['a type to the type of types', celType.type(int), celType.type(string), true],
  ])('%s', (_, given, declared, fits) => {
    expect(new Substitution().assign(given, declared)).toBe(fits)
  })
})

describe('variables', () => {
  test('stand for what they met first, and for the more general of two', () => {
    const substitution = new Substitution()
    expect(substitution.assignAll([int, int], [T, T])).toBe(true)
    expect(formatType(substitution.apply(T))).toBe('int')
    expect(substitution.assign(dyn, T)).toBe(true)
    expect(formatType(substitution.apply(T))).toBe('dyn')
  })

  test('an attempt that fails leaves nothing behind', () => {
    const substitution = new Substitution()
    expect(substitution.assignAll([int, string], [T, T])).toBe(false)
    expect(substitution.apply(T)).toBe(T)
  })

  test('cannot stand for something they are part of', () => {
    const substitution = new Substitution()
    expect(substitution.assign(list(T), T)).toBe(false)
  })

  test('are renamed for each use of an overload, equal names alike', () => {
    const substitution = new Substitution()
    const [first, second, third] = substitution.instantiate([T, list(T), map(K, T)]) as [CelType, CelType, CelType]
    expect(second.parameters[0]).toEqual(first)
    expect(third.parameters[1]).toEqual(first)
    expect(third.parameters[0]).not.toEqual(first)
  })

  test('that stand for nothing become dyn at the end', () => {
    expect(formatType(new Substitution().apply(map(K, list(T)), true))).toBe('map(dyn, list(dyn))')
  })
})
