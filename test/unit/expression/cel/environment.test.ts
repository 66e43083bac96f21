import { describe, expect, test } from 'vitest'
import { celType, createEnvironment, fromJson, libraries, toJson } from '../../../../src/expression/cel/index.ts'

const environment = createEnvironment({ libraries: Object.values(libraries), variables: { object: celType.dyn } })
const object = fromJson({ name: 'web', replicas: 3, ratio: 0.5, labels: { app: 'web' }, items: [{ name: 'a', port: 80 }, { name: 'b' }], nothing: null }, 'int')

/** The value of an expression as JSON, or the message of its error. */
function evaluate(expression: string): unknown {
  const compilation = environment.compile(expression)
  if (!compilation.ok) return compilation.problems.map(({ message, line, column }) => `${line}:${column} ${message}`)
  try {
    return toJson(compilation.program.evaluate({ object }))
  } catch (error) {
    return `error: ${(error as Error).message}`
  }
}

const cases: readonly (readonly [expression: string, value: unknown])[] = [
  ['1 + 2 * 3', 7n],
  ['(1 + 2) * 3', 9n],
  ['7 / 2', 3n],
  ['-7 % 3', -1n],
  ['7.0 / 2.0', 3.5],
  ['--4', 4n],
  ['9223372036854775807 + 1', 'error: integer overflow'],
  ['1 / 0', 'error: division by zero'],
  ['1 == 1.0', ['1:3 found no matching overload for \'_==_\' applied to \'(int, double)\'']],
  ['dyn(1) == 1.0 && dyn(1u) == 1', true],
  ['object.replicas > 2', true],
  ['object.replicas > 2.5', true],
  ['object.missing == 1 || true', true],
  ['true || object.missing == 1', true],
  ['object.missing == 1 && false', false],
  ['object.missing == 1 || false', 'error: no such key: missing'],
  ['object.name == "web" ? 1 : 2', 1n],
  ['has(object.labels.app)', true],
  ['has(object.labels.other)', false],
  ['has(object.nothing.other)', false],
  ['has(object.name.other)', false],
  ['object.?labels.other.orValue("none")', 'none'],
  ['object.?other.deep.orValue("none")', 'none'],
  ['object.items[?5].hasValue()', false],
  ['object.items[5]', 'error: index out of bounds: 5'],
  ['object.items.all(i, i.name != "")', true],
  ['object.items.exists(i, i.port == 80)', true],
  ['object.items.all(i, i.port == 80)', 'error: no such key: port'],
  ['object.items.exists_one(i, i.name == "a")', true],
  ['object.items.map(i, i.name)', ['a', 'b']],
  ['object.items.filter(i, has(i.port)).map(i, i.port + 1)', [81n]],
  ['object.items.map(i, has(i.port), i.port)', [80n]],
  ['object.labels.map(k, k)', ['app']],
  ['"app" in object.labels', true],
  ['2 in [1, 2, 3]', true],
  ['{"a": 1, ?"b": object.?missing, ?"c": optional.of(3)}', { a: 1n, c: 3n }],
  ['[1, ?optional.none(), ?optional.of(2)]', [1n, 2n]],
  ['optional.of(1).optMap(x, x + 1).value()', 2n],
  ['optional.of([1]).optFlatMap(x, x[?3]).hasValue()', false],
  ['type(1) == int && type("") != int', true],
  ['"\\u00e9".size()', 1n],
  ['"😀é".size()', 2n],
  ['r"\\d"', '\\d'],
  ['string(b"\\xc3\\xa9")', 'é'],
  ['b"abc" < b"abd"', true],
  ['duration("90s") > duration("1m")', true],
  ['string(duration("1h30m"))', '5400s'],
  ['timestamp("2024-02-29T23:30:00Z") + duration("1h")', '2024-03-01T00:30:00Z'],
  ['timestamp("2024-02-29T23:30:00Z").getHours("+05:30")', 5n],
  ['"abc".matches("b.")', true],
  ['object.__proto__', 'error: no such key: __proto__'],
  ['{"__proto__": 1}.__proto__', 1n],
  ['has(object.constructor)', false],
]

describe('expressions', () => {
  test.each(cases)('%s', (expression, value) => {
    expect(evaluate(expression)).toEqual(value)
  })
})

describe('problems', () => {
  test.each([
    ['object.', "1:8 Syntax error: no viable alternative at input '.'"],
    ['(1', "1:3 Syntax error: missing ')' at '<EOF>'"],
    ['unknown\n  + other', "1:1 undeclared reference to 'unknown' (in container '')"],
    ['1\n  + "a"', "2:3 found no matching overload for '_+_' applied to '(int, string)'"],
    ['nothing(1)', "1:8 undeclared reference to 'nothing' (in container '')"],
    ['[1].all(x.y, true)', '1:10 argument must be a simple name'],
    ['"a".foo', "1:4 type 'string' does not support field selection"],
    ['for', '1:1 reserved identifier: for'],
    ['9223372036854775808', '1:1 invalid int literal'],
  ])('%s', (expression, problem) => {
    expect(evaluate(expression)).toContain(problem)
  })
})
