import { describe, expect, test } from 'vitest'
import { compileConditions, evaluateConditionBlocks, evaluateConditions } from '../../../../src/engine/conditions/index.ts'
import { EvaluationError } from '../../../../src/model/errors.ts'
import type { JsonValue } from '../../../../src/model/json.ts'

const same = (value: JsonValue): JsonValue => value
const yes = (message?: string) => ({ key: 'a', operator: 'Equals', value: 'a', ...(message && { message }) })
const no = (message?: string) => ({ key: 'a', operator: 'Equals', value: 'b', ...(message && { message }) })

describe('conditions', () => {
  test.each([
    ['nothing', undefined, true, ''],
    ['null', null, true, ''],
    ['an empty object', {}, true, ''],
    ['an empty any', { any: [] }, false, ''],
    ['an empty all', { all: [] }, true, ''],
    ['any: null', { any: null }, true, ''],
    ['any stops at the first that holds', { any: [no('1'), yes('2'), yes('3')] }, true, '2'],
    ['any tells all that do not hold', { any: [no('1'), no('2')] }, false, '1; 2'],
    ['all stops at the first that does not hold', { all: [yes('1'), no('2'), no('3')] }, false, '2'],
    ['all is evaluated even if any failed', { any: [no('1')], all: [no('2')] }, false, '1; 2'],
    ['both hold', { any: [yes('1')], all: [yes(), yes('3')] }, true, '1; 3'],
    ['a legacy list that holds', [yes('1'), yes('2')], true, '1;2'],
    ['a legacy list tells the first that fails', [yes('1'), no('2'), no('3')], false, '2'],
    ['an empty legacy list', [], true, ''],
  ] as const)('%s', (_name, conditions, holds, message) => {
    expect(evaluateConditions(conditions as JsonValue, same)).toMatchObject({ holds, message })
  })

  test('a bare number is a float64, one inside a list an int64', () => {
    const equals = (key: JsonValue, value: JsonValue) => evaluateConditions([{ key, operator: 'AnyIn', value }], same).holds
    expect(equals(1000000, ['1e+06'])).toBe(true)
    expect(equals([1000000], ['1000000'])).toBe(true)
    expect(equals(9007199254740993n, ['9.007199254740992e+15'])).toBe(true)
  })

  test('substitutes only what is reached', () => {
    const asked: JsonValue[] = []
    const spy = (value: JsonValue) => (asked.push(value), value)
    compileConditions({ any: [yes(), { key: 'late', operator: 'Equals', value: 1 }] }).evaluate(spy)
    expect(asked).toEqual(['a', 'a'])
  })

  test('says on which side a variable could not be resolved', () => {
    const unresolved = (value: JsonValue): JsonValue => {
      if (value === 'b') throw new EvaluationError('UNRESOLVED_VARIABLE', 'no such thing', { policyPath: ['x'] })
      return value
    }
    const act = () => evaluateConditions({ all: [no()] }, unresolved)
    expect(act).toThrow('failed to substitute variables in condition value: no such thing')
    expect(act).toThrow(expect.objectContaining({ code: 'UNRESOLVED_VARIABLE', policyPath: ['x'] }))
  })

  test('lets other errors pass as they are', () => {
    const bug = new TypeError('bug')
    expect(() => evaluateConditions([yes()], () => { throw bug })).toThrow(bug)
  })

  test.each([
    ['UNKNOWN_OPERATOR', [{ key: 1, operator: 'Matches', value: 1 }]],
    ['UNKNOWN_OPERATOR', [{ key: 1, value: 1 }]],
    ['INVALID_CONDITION', 'x'],
    ['INVALID_CONDITION', ['x']],
    ['INVALID_CONDITION', { any: {} }],
    ['INVALID_CONDITION', [{ key: 1, operator: 5, value: 1 }]],
    ['INVALID_CONDITION', [{ ...yes(), message: 5 }]],
  ] as const)('%s: %j', (code, conditions) => {
    expect(() => evaluateConditions(conditions as JsonValue, same)).toThrow(expect.objectContaining({ code }))
  })

  test('blocks all have to hold', () => {
    expect(evaluateConditionBlocks([{ any: [yes('1')] }, { all: [yes('2')] }], same)).toMatchObject({ holds: true, message: '1;2' })
    expect(evaluateConditionBlocks([{ any: [yes('1')] }, { all: [no('2')] }, { any: [no('3')] }], same)).toMatchObject({ holds: false, message: '2' })
  })
})
