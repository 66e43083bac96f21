import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findOperator, operators } from '../../../../src/engine/conditions/index.ts'
import { EvaluationError } from '../../../../src/model/errors.ts'
import type { JsonValue } from '../../../../src/model/json.ts'
import { jsonValue } from '../../../support/json-arbitrary.ts'

/** key, operator, value, holds; `bigint` is an int64, `number` a float64. */
const cases: readonly (readonly [JsonValue, string, JsonValue, boolean])[] = [
  // Equality by the type of the key.
  [true, 'Equals', true, true],
  [true, 'Equals', 'true', false],
  [3n, 'Equals', 3, true],
  [3n, 'Equals', 3.5, false],
  [3n, 'Equals', '+3', true],
  [3n, 'Equals', '3.0', false],
  [3, 'Equals', '3.0', true],
  [3, 'Equals', 'three', false],
  ['web-7', 'Equals', 'web-*', true],
  ['web-*', 'Equals', 'web-7', false],
  ['90s', 'Equals', '1m30s', true],
  ['90s', 'Equals', 90n, true],
  [90, 'Equals', '90s', false],
  ['2Gi', 'Equals', '2048Mi', true],
  ['2Gi', 'Equals', '*', false],
  ['', 'Equals', '', true],
  [[1n, 2n], 'Equals', [1n, 2n], true],
  [[1n], 'Equals', [1], false],
  [{ a: ['b'] }, 'Equals', { a: ['b'] }, true],
  [null, 'Equals', null, false],
  [null, 'NotEquals', 'x', false],
  [['a'], 'NotEquals', 'a', true],
  ['2Gi', 'NotEquals', 'large', true],
  ['2', 'NotEquals', '', true],
  [7n, 'NotEquals', 7.5, true],
  // Membership, wildcards in either direction.
  ['prod', 'AnyIn', ['dev', 'pro*'], true],
  ['pr*', 'AnyIn', ['prod'], true],
  ['b', 'AnyIn', '["a","b"]', true],
  ['b', 'AnyNotIn', '["a","b"]', false],
  ['5', 'AnyIn', '7', false],
  ['5', 'AnyNotIn', '7', false],
  ['x', 'AnyNotIn', 7n, false],
  [12n, 'AnyIn', '10-20', true],
  [1e6, 'AnyIn', ['1000000'], false],
  [1e6, 'AnyIn', ['1e+06'], true],
  [1000000n, 'AnyIn', ['1000000'], true],
  [['a', 'b'], 'AllIn', ['a', 'b', 'c'], true],
  [['a', 'z'], 'AllIn', ['a', 'b', 'c'], false],
  [['a', 'z'], 'AnyIn', ['a'], true],
  [['a', 'z'], 'AnyNotIn', ['a'], true],
  [['a', 'z'], 'AllNotIn', ['b', 'c'], true],
  [['a'], 'AnyIn', true, false],
  [['true'], 'AnyIn', true, true],
  [['true'], 'AllIn', true, false],
  [[3n, 30n], 'AnyNotIn', '1-10', true],
  [[3n, 30n], 'AllIn', '1-10', false],
  [[], 'AllIn', ['a'], true],
  [[], 'AnyIn', ['a'], false],
  [[['a']], 'AnyIn', ['[a]'], true],
  [{ a: 'b' }, 'AnyNotIn', ['a'], false],
  ['a', 'In', ['a', 'b'], true],
  [['a', 'b'], 'In', ['a', 'b', 'c'], true],
  [['a', 'x'], 'NotIn', ['a', 'b'], true],
  [['a'], 'NotIn', 'a', true],
  ['a', 'NotIn', 'not json', false],
  // Order.
  [3n, 'GreaterThan', '2', true],
  [3, 'LessThan', 2n, false],
  ['1Gi', 'GreaterThanOrEquals', '1024Mi', true],
  ['10', 'GreaterThan', 9n, true],
  ['2m', 'LessThanOrEquals', 120, true],
  ['1.10.0', 'GreaterThan', '1.9.9', true],
  ['v1.10.0', 'GreaterThan', 'v1.9.9', false],
  ['1Gi', 'GreaterThan', 5n, false],
  ['inf', 'GreaterThan', '1', true],
  ['inf', 'GreaterThanOrEquals', 'inf', true],
  ['NaN', 'LessThanOrEquals', 'NaN', false],
  [true, 'GreaterThan', 0n, false],
  ['1h', 'DurationGreaterThan', 3599n, true],
  [90.9, 'DurationLessThanOrEquals', '90s', true],
  ['0', 'DurationLessThan', 1n, true],
  ['soon', 'DurationLessThan', '1h', false],
  // Spelling.
  [1n, 'equals', 1n, true],
  [2n, 'greaterthan', 1n, false],
  [2n, 'lessThan', 3n, false],
]

describe('operators', () => {
  test.each(cases.map(([key, operator, value, holds]) => ({ key, operator, value, holds })))('$key $operator $value is $holds', ({ key, operator, value, holds }) => {
    expect(findOperator(operator)?.evaluate(key, value)).toBe(holds)
  })

  test('lists of anything but strings are an error to In and NotIn', () => {
    expect(() => operators.In.evaluate([1n], ['1'])).toThrow(EvaluationError)
  })

  test('names that no policy language has are not operators', () => {
    for (const name of ['', 'Matches', 'toString', '__proto__', 'constructor']) expect(findOperator(name)).toBeUndefined()
  })

  test('every operator says what it does', () => {
    for (const { summary } of Object.values(operators)) expect(summary).not.toBe('')
  })

  test('no input crashes an operator', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.keys(operators)), jsonValue, jsonValue, (name, key, value) => {
      try {
        expect(typeof findOperator(name)?.evaluate(key, value)).toBe('boolean')
      } catch (error) {
        expect(error).toBeInstanceOf(EvaluationError)
      }
    }), { numRuns: 2000 })
  })
})
