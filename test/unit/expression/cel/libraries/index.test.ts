import { describe, expect, test } from 'vitest'
import { celType, createEnvironment, formatType, libraries, toJson } from '../../../../../src/expression/cel/index.ts'
import { makeStrings } from '../../../../../src/expression/cel/libraries/strings/index.ts'

const {
  standard, optionals, bindings, comprehensions, encoders, lists, math, mutation, regex, sets, strings, kubernetesLists, kubernetesRegex, quantity, semver, time,
} = libraries
const environment = createEnvironment({
  libraries: [standard, optionals, bindings, comprehensions, encoders, lists, math, mutation, regex, sets, strings, kubernetesLists, kubernetesRegex, quantity, semver, time],
  variables: { x: celType.dyn },
})

function evaluate(expression: string, inside = environment): unknown {
  const compilation = inside.compile(expression)
  if (!compilation.ok) return `refused: ${compilation.problems[0].message}`
  try {
    return toJson(compilation.program.evaluate({ x: { list: [3, 1, 2], text: 'a-b' } }))
  } catch (error) {
    return `error: ${(error as Error).message}`
  }
}

const cases: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  strings: [
    ['"tacocat".charAt(7)', ''],
    ['"tacocat".charAt(8)', 'error: index out of range: 8'],
    ['"a😀b".indexOf("b")', 2n],
    ['"a😀b".substring(1, 2)', '😀'],
    ['"hello".lastIndexOf("l", 2)', 2n],
    ['"hello".indexOf("", 9)', 5n],
    ['"a,b,c".split(",", 2)', ['a', 'b,c']],
    ['"abc".split("")', ['a', 'b', 'c']],
    ['"ababab".replace("a", "$&", 2)', '$&b$&bab'],
    ['"ab".replace("", "-")', '-a-b-'],
    ['"  é ".trim()', 'é'],
    ['"ÄbC".lowerAscii()', 'Äbc'],
    ['["a", "b"].join("+")', 'a+b'],
    ['strings.quote("a\\n\\"b\\"")', '"a\\n\\"b\\""'],
    ['"%s is %d, %.1f, %x, %b, %o, %e%%".format(["a", 1, 2.25, 255, 5, 8, 1234.5])', 'a is 1, 2.2, ff, 101, 10, 1.234500×10⁰³%'],
    ['"%.2f".format([1234567.5])', '1,234,567.50'],
    ['"%s".format([[1, "a", {"k": 1.5}, null]])', '[1, "a", {"k":1.500000}, null]'],
    ['"%d".format(["a"])', 'error: error during formatting: decimal clause can only be used on integers, was given string'],
    ['"%z".format([1])', 'error: could not parse formatting clause: unrecognized formatting clause "z"'],
    ['"%s".format([])', 'error: index 0 out of range'],
    ['"abc".reverse()', "refused: found no matching overload for 'reverse' applied to 'string.()'"],
  ],
  math: [
    ['math.greatest(1, 2.5, 2u)', 2.5],
    ['math.least([3, 1, 2])', 1n],
    ['math.least("a")', 'refused: math.least() invalid single argument value'],
    ['math.round(-2.5)', -3],
    ['math.abs(-9223372036854775808)', 'error: integer overflow'],
    ['math.sign(-0.5)', -1],
    ['math.bitShiftRight(-1, 60)', 15n],
    ['math.bitShiftLeft(1, 64)', 0n],
    ['math.bitShiftLeft(1, -1)', 'error: math.bitShiftLeft() negative offset: -1'],
    ['math.sqrt(16)', 4],
  ],
  lists: [
    ['[3, 1, 2].sort()', [1n, 2n, 3n]],
    ['["bb", "a"].sortBy(s, s.size())', ['a', 'bb']],
    ['[[1], [2, [3]]].flatten(2)', [1n, 2n, 3n]],
    ['dyn([[1], [2]]).flatten()', [1n, 2n]],
    ['lists.range(3)', [0n, 1n, 2n]],
    ['lists.range(-1)', 'error: lists.range: size must be non-negative, got -1'],
    ['[1, 2, 3, 4].slice(1, 3)', [2n, 3n]],
    ['[1, 2].slice(1, 3)', 'error: cannot slice(1, 3), list is length 2'],
    ['[1, 2, 1, 2u, "a", "a"].distinct()', [1n, 2n, 'a']],
    ['[1, 2].reverse()', [2n, 1n]],
    ['[1, 2, 3].sum()', 6n],
    ['[1.5, 2.0].sum()', 3.5],
    ['[].sum()', 0n],
    ['[2, 1].min()', 1n],
    ['x.list.max()', 3],
    ['[dyn([1])].max()', 'error: no such overload: max(list)'],
    ['[1, 3, 2].isSorted()', false],
    ['["a", "b", "a"].lastIndexOf("a")', 2n],
  ],
  others: [
    ['sets.contains([1, 2], [2.0])', "refused: found no matching overload for 'sets.contains' applied to '(list(int), list(double))'"],
    ['sets.equivalent([1, 2, 2], [2, 1])', true],
    ['sets.intersects([1], [2])', false],
    ['base64.encode(b"hi")', 'aGk='],
    ['string(base64.decode("aGk"))', 'hi'],
    ['base64.decode("a*")', 'error: illegal base64 data at input byte 1'],
    ['cel.bind(y, 1 / 0, true)', true],
    ['cel.bind(y, 2, y * y)', 4n],
    ['[1, 2].exists(i, v, i == 1 && v == 2)', true],
    ['[1, 2].transformList(i, v, i > 0, v)', [2n]],
    ['{"a": 1}.transformMap(k, v, v + 1)', { a: 2n }],
    ['{"a": "b"}.transformMapEntry(k, v, {v: k})', { b: 'a' }],
    ['{"a": 1, "b": 1}.transformMapEntry(k, v, {"same": v})', 'error: insert failed: key same already exists'],
    ['{"a": 1, "b": 2}.all(k, v, k != "c" && v < 3)', true],
    ['regex.replace("foo bar", "(\\\\w+) (\\\\w+)", "\\\\2 \\\\1")', 'bar foo'],
    ['regex.replace("aaa", "a", "b", 2)', 'bba'],
    ['regex.extract("item-A, item-B", "item-(\\\\w)").value()', 'A'],
    ['regex.extractAll("item-A, item-B", "item-(\\\\w)")', ['A', 'B']],
    ['regex.extract("a", "(a)(b)")', 'error: regular expression has more than one capturing group: "(a)(b)"'],
    ['"a1b22".findAll("[0-9]+")', ['1', '22']],
    ['"abc".find("z")', ''],
    ['"abc".find("[")', 'refused: error parsing regexp: missing closing ]: `[`'],
    ['"abc".find(x.text + "[")', 'error: Illegal regex: error parsing regexp: missing closing ]: `[`'],
  ],
  kubernetes: [
    ['quantity("1") == quantity("1000m")', true],
    ['quantity("1") == dyn("1")', 'error: no such overload'],
    ['dyn("1") == quantity("1")', false],
    ['quantity("1 ")', "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    ['quantity("1KK")', "error: unable to parse quantity's suffix"],
    ['semver("1.2")', 'error: No Major.Minor.Patch elements found'],
    ['semver("1.02.3")', 'error: Minor number must not contain leading zeroes "02"'],
    ['semver("1.2.3-")', 'error: Prerelease is empty'],
    ['string(time.truncate(timestamp("2024-01-02T03:04:05+02:00"), duration("1h")))', '2024-01-02T03:00:00+02:00'],
  ],
  mutation: [
    ['Object{spec: Object.spec{replicas: 3, ?paused: optional.none()}}', { spec: { replicas: 3n } }],
    ['Object{spec: Object.spec{replicas: 3}}.spec.replicas', 3n],
    ['has(Object{spec: 1}.status)', false],
    ['[JSONPatch{op: "add", path: "/a/" + jsonpatch.escapeKey("b/c~d"), value: [1]}]', [{ op: 'add', path: '/a/b~1c~0d', value: [1n] }]],
    ['JSONPatch{op: 1}', "refused: expected type of field 'op' is 'string' but provided type is 'int'"],
    ['JSONPatch{op: "remove"}.from', ''],
    ['Other{}', "refused: undeclared reference to 'Other' (in container '')"],
  ],
}

describe.each(Object.entries(cases))('%s', (_, rows) => {
  test.each(rows)('%s', (expression, value) => {
    const actual = evaluate(expression)
    if (typeof value === 'string' && value.startsWith('refused: ')) expect(actual).toMatch(value.slice(0, 30))
    else expect(actual).toEqual(value)
  })
})

test('format is checked where it is written out', () => {
  const checking = environment.extend({ checkLiterals: true })
  expect(evaluate('"%d".format(["a"])', checking)).toBe('refused: error during formatting: decimal clause can only be used on integers, was given string')
  expect(evaluate('"%d".format([1, 2])', checking)).toBe('refused: too many arguments supplied to string.format (expected 1, got 2)')
  expect(evaluate('duration("1x")', checking)).toBe('refused: invalid duration argument')
  expect(evaluate('[1, "a"]', checking.extend({ homogeneousLiterals: true }))).toBe("refused: expected type 'int' but found 'string'")
})

test('later versions of the string library format for machines', () => {
  const later = createEnvironment({ libraries: [standard, makeStrings(4)] })
  expect(evaluate('"%e %f %s".format([1234.5, 1, {"a": [1.5]}])', later)).toBe('1.234500e+03 1.000000 {a: [1.5]}')
  expect(evaluate('"añb".reverse()', later)).toBe('bña')
})

test.each([
  ['[1, 2]', 'list(int)'],
  ['[1, dyn(2)]', 'list(dyn)'],
  ['{"a": [1]}', 'map(string, list(int))'],
  ['x.?a.b', 'optional_type(dyn)'],
  ['[1].map(i, string(i))', 'list(string)'],
  ['optional.of(1).optMap(i, i + 1)', 'optional_type(int)'],
  ['type(1)', 'type(int)'],
  ['x.list.sum()', 'dyn'],
  ['Object{}', 'Object'],
  ['[JSONPatch{}]', 'list(JSONPatch)'],
  ['timestamp("2024-01-01T00:00:00Z") - duration("1h")', 'google.protobuf.Timestamp'],
])('the type of %s is %s', (expression, type) => {
  const compilation = environment.compile(expression)
  expect(compilation.ok ? formatType(compilation.type) : compilation.problems).toBe(type)
})
