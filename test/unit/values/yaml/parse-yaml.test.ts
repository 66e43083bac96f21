import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../../../src/model/json.ts'
import { markYaml, parseYaml, YamlError } from '../../../../src/values/yaml/index.ts'

const values: readonly (readonly [text: string, value: JsonValue])[] = [
  ['yes', true], ['Off', false], ['n', false], ['nope', 'nope'], ['~', null], ['', null], ['# nothing', null],
  ['0644', 420], ['0o17', 15], ['0x1f', 31], ['0b101', 5], ['08', 8], ['1_000', 1000], ['+3', 3], ['-0', 0], ['1:30', '1:30'],
  ['1e3', 1000], ['.5', 0.5], ['1.', 1], ['1e400', '1e400'], ['.5_0', 0.5], ['._5', '._5'], ['.5__0', '.5__0'], ['9007199254740993', 9007199254740993n], ['18446744073709551616', 18446744073709552000],
  ['2024-05-06', '2024-05-06'], ['"1"', '1'], ["'it''s'", "it's"], ['"a\\n\\x41\\u00e9\\U0001F600"', 'a\nAé😀'],
  ['!!str 1', '1'], ['!!int "3"', 3], ['!!float 3', 3], ['!!binary aGk=', 'hi'], ['!mine 1', '1'], ['! 1', '1'], ['!!map 1', '1'],
  ['a\n b\n\n c', 'a b\nc'], ['"a\n  b\\\n  c"', 'a bc'], ['|\n a\n  b\n', 'a\n b\n'], ['>\n a\n b\n\n c\n', 'a b\nc\n'], ['|-\n a\n', 'a'], ['|+\n a\n\n', 'a\n\n'],
  ['|2\n   a\n', ' a\n'], ['|#c\n a\n', 'a\n'], ['|\n a', 'a'],
  ['{a: 1, b: [x, z], c}', { a: 1, b: ['x', 'z'], c: null }], ['[a: 1, {b: 2}]', [{ a: 1 }, { b: 2 }]], ['a: [\n1\n]', { a: [1] }], ['a:\n- 1\n- - 2\nb:', { a: [1, [2]], b: null }],
  ['? a\n: b', { a: 'b' }], ['on: 1', { true: 1 }], ['1.0: a', { 1: 'a' }], ['1e-5: a', { '1e-05': 'a' }], ['.inf: a', { '.inf': 'a' }],
  ['a: &x {k: 1}\nb: *x', { a: { k: 1 }, b: { k: 1 } }], ['a: &x\nb: *x', { a: null, b: null }],
  ['b: {k: 2, <<: {k: 1, j: 3}}', { b: { k: 1, j: 3 } }], ['b: {<<: {k: 1}, k: 2}', { b: { k: 2 } }], ['b: {<<: [{k: 1}, {k: 2, j: 3}]}', { b: { k: 1, j: 3 } }], ['b: {"<<": 1}', { b: { '<<': 1 } }],
  ['[1]\n[2]', [1]], ['a: 1\n...\nb: [', { a: 1 }], ['%TAG !k! tag:yaml.org,2002:\n---\n!k!int "3"', 3], ['%YAML 1.1\n---\na', 'a'],
  ['{}: b', {}], ['a: .inf\na: 1', { a: 1 }], ['\ufeffa: 1', { a: 1 }],
  ['http://x/y?z', 'http://x/y?z'], ['a#b', 'a#b'], ['- -1', [-1]], ['-x', '-x'], ['"\u2028"', '\u2028'],
]

const failures: readonly (readonly [text: string, place: string])[] = [
  ['a: b: c', '1:5'], ['a: 1\n b: 2', '2:3'], ['a: [1', '2:1'], ['a: "x', '1:4'], ['a: *x', '1:4'], ['a: &x [*x]', '1:8'], ['\ta: 1', '1:1'], ['a: @x', '1:4'],
  ['? [a]\n: b', '1:3'], ['~: a', '1:1'], ['a: .nan', '1:4'], ['a: "\\/"', '1:6'], ['a: "\\ud800"', '1:6'], ['%YAML 1.2\n---\na', '1:1'], ['a: !!int x', '1:4'], ['a: !!binary x', '1:4'],
  ['a: |0\n x', '1:5'], ['a: |\n\tx', '2:1'], ['a: 1\n- b', '2:1'], ['<<: 1', '1:3'], ['<<: [1]', '1:3'], ['- a\nb: 1', '2:1'], ['a: {u: x?y}', '1:9'], ['...', '1:1'], ['{a\n: 1}', '2:1'], ['a: \u0007', '1:4'], ['{{ x }}: 1', '1:2'],
]

describe('parseYaml', () => {
  test.each(values)('%j', (text, value) => {
    expect(parseYaml(text).value).toEqual(value)
  })

  test.each(failures)('refuses %j at %s', (text, place) => {
    try {
      parseYaml(text)
    } catch (error) {
      expect(error).toBeInstanceOf(YamlError)
      const { code, line, column } = error as YamlError
      expect([code, `${line}:${column}`]).toEqual(['INVALID_YAML', place])
      return
    }
    throw new Error('was accepted')
  })

  test('the last of two equal keys counts and both ways of getting there are told apart', () => {
    const { value, duplicates } = parseYaml('a: 1\nb: {<<: {c: 1}, c: 2}\n"a": 3\n')
    expect(value).toEqual({ a: 3, b: { c: 2 } })
    expect(duplicates).toEqual([{ key: 'c', line: 2, column: 17, merged: true }, { key: 'a', line: 3, column: 1, merged: false }])
  })

  test('__proto__ is a key like any other', () => {
    const value = parseYaml('__proto__: {a: 1}\n<<: {__proto__: {b: 1}}').value as object
    expect(Object.hasOwn(value, '__proto__')).toBe(true)
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['b']).toBeUndefined()
  })

  test('refuses what would explode, in bounded time and memory', () => {
    const bomb = ['a0: &a0 [x]', ...Array.from({ length: 40 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}*a${level}]`)].join('\n')
    const merges = ['a0: &a0 {x: 1}', ...Array.from({ length: 40 }, (_, level) => `a${level + 1}: &a${level + 1} {${Array.from({ length: 9 }, (_, key) => `k${key}: *a${level}`).join(', ')}, <<: *a${level}}`)].join('\n')
    const limit = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
    for (const text of [bomb, merges, '['.repeat(1_000_000), '{a: '.repeat(1_000_000), '- '.repeat(100_000), '? '.repeat(100_000)]) expect(() => parseYaml(text)).toThrow(limit)
  })

  test('cost is linear in what an attacker can write', () => {
    for (const text of [`[${'1,'.repeat(500_000)}]`, `${'['.repeat(400)}${'1,'.repeat(500_000)}${']'.repeat(400)}`, `a: "${'x '.repeat(500_000)}"`, `a: |\n${' x\n'.repeat(300_000)}`, 'a: 1\n'.repeat(200_000), `a: ${'x\n '.repeat(300_000)}`]) parseYaml(text)
    // Exponential work would run into the runner's own limit.
  })
})

describe('markYaml', () => {
  test('finds keys, values and list items, through aliases and merges', () => {
    const mark = markYaml('# c\na: &x\n  k: 1\nb:\n- *x\n-   z: {<<: *x, j: 2}\n')
    const item = mark.fields?.get('b')?.value.items?.[1]
    expect(mark.fields?.get('b')).toMatchObject({ line: 4, column: 1 })
    expect(item).toMatchObject({ line: 6, column: 5 })
    expect(mark.fields?.get('b')?.value.items?.[0]?.fields?.get('k')).toMatchObject({ line: 3, column: 3 })
    expect(item?.fields?.get('z')?.value.fields?.get('k')).toMatchObject({ line: 3, column: 3 })
    expect(item?.fields?.get('z')?.value.fields?.get('j')).toMatchObject({ line: 6, column: 17 })
  })
})
