import { describe, expect, test } from 'vitest'
import { compileJmesPath, ObjectList, UnknownKeyError, type JmesPathEnvironment } from '../../../../src/expression/jmespath/index.ts'
import type { JsonValue } from '../../../../src/model/json.ts'

const environment: JmesPathEnvironment = { now: Date.UTC(2024, 1, 29, 12), random: () => 0.5 }
const data = {
  metadata: { name: 'web', labels: { app: 'web', tier: 'front' }, nothing: null },
  spec: {
    replicas: 3n, ratio: 0.5, empty: [], nested: [[1, 2], [3], 4],
    containers: [{ name: 'a', image: 'nginx:1', ports: [80, 443] }, { name: 'b', image: 'redis' }, { name: 'c' }],
  },
}
const search = (expression: string, input: JsonValue = data) => compileJmesPath(expression).search(input, environment)

describe('paths', () => {
  test.each<[string, JsonValue]>([
    ['metadata.name', 'web'], ['metadata.nothing', null], ['metadata.nothing.x', null], ['metadata.name.x', null], ['spec.containers[0].name', 'a'],
    ['spec.containers[-1].name', 'c'], ['spec.containers[9].name', null], ['spec.containers[*].name', ['a', 'b', 'c']], ['spec.containers[].image', ['nginx:1', 'redis']],
    ['spec.containers[?name == \'b\'].image | [0]', 'redis'], ['spec.containers[?contains(image, \'nginx\')].name', null], ['spec.nested[]', [1, 2, 3, 4]],
    ['spec.containers[1:].name', ['b', 'c']], ['spec.containers[::-1].name', ['c', 'b', 'a']], ['metadata.labels.*', ['web', 'front']],
    ['{n: metadata.name, r: spec.replicas}', { n: 'web', r: 3n }], ['[metadata.name, metadata.missing]', ['web', null]], ['"metadata"."name"', 'web'],
    ['metadata.labels | keys(@)', ['app', 'tier']], ['@.metadata.name', 'web'], ['`{"a": [1]}`.a[0]', 1], ['\'it\\\'s\'', 'it\'s'],
  ])('%s', (expression, expected) => {
    if (expression.includes('contains(image')) expect(() => search(expression)).toThrow()
    else expect(search(expression)).toEqual(expected)
  })

  test('a missing key is an error of its own, and null wherever an operator looks at it', () => {
    expect(() => search('metadata.missing')).toThrow(UnknownKeyError)
    expect(() => search('spec.containers[2].image')).toThrow(/Unknown key "image"/)
    expect(compileJmesPath('metadata.missing').find(data, environment)).toBeUndefined()
    for (const expression of ['metadata.missing | @', 'metadata.missing[*]', 'metadata.missing[]', 'metadata.missing[?x]', 'metadata.missing.*', 'not_null(metadata.missing)']) {
      expect(search(expression)).toBeNull()
    }
    expect(search('metadata.missing || \'default\'')).toBe('default')
    expect(search('metadata.missing == null || metadata.missing == `null`')).toBe(true)
    expect(search('!metadata.missing')).toBeNull()
    expect(search('!(metadata.missing)')).toBe(true)
    expect(search('metadata.missing && metadata.name')).toBeNull()
    expect(() => search('metadata.name && metadata.missing')).toThrow(UnknownKeyError)
  })

  test('order exists between floats only, and equality knows int64 from float64', () => {
    expect(search('spec.replicas > `1`')).toBeNull()
    expect(search('spec.replicas == `3`')).toBe(false)
    expect(search('spec.ratio < `1`')).toBe(true)
    expect(search('metadata.name > \'a\'')).toBeNull()
  })

  test('zero is true; empty things are false', () => {
    expect(search('`0` && \'yes\'')).toBe('yes')
    expect(search('spec.empty || \'empty\'')).toBe('empty')
  })

  test('keys of Object.prototype are keys like any other', () => {
    expect(() => search('constructor')).toThrow(UnknownKeyError)
    expect(() => search('metadata.toString')).toThrow(UnknownKeyError)
    expect(search('"__proto__"', JSON.parse('{"__proto__": 1}'))).toBe(1)
    expect(Object.keys(search('{"__proto__": `1`}') as object)).toEqual(['__proto__'])
    expect(() => search('constructor(`1`)')).toThrow(/unknown function/)
  })
})

describe('syntax', () => {
  test.each([
    '', 'a.', 'a[', '[', '{', '{a}', 'a b', '`foo`', '\'open', '"open', 'a ==', 'a = b', '5', 'a[1', 'a[x]', 'f(', '"f"(a)', '[a,]', '{a: b,}', '#', 'a[99999999999999999999]', 'a[::0:1:2]',
    '(', ')', '"\\x"', '@@', 'a[?b', '..', '-',
  ])('%j does not parse', (expression) => {
    expect(() => compileJmesPath(expression)).toThrow(expect.objectContaining({ code: 'INVALID_EXPRESSION' }))
  })

  test.each<[string, JsonValue]>([
    ['max([`1` , `2`],)', 2], ['not_null(`null` \'x\')', 'x'], ['\'length\'(\'abc\')', 3], ['{a: `1` b: `2`}', { a: 1, b: 2 }], ['a\n.\tb', 1],
  ])('%j parses', (expression, expected) => {
    expect(search(expression, { a: { b: 1 } })).toEqual(expected)
  })

  test('names what it uses', () => {
    const program = compileJmesPath('request.object.spec[?length(name) > `1`] | sort_by(@, &image)')
    expect([...program.fieldNames].sort()).toEqual(['image', 'name', 'object', 'request', 'spec'])
    expect([...program.functionNames].sort()).toEqual(['length', 'sort_by'])
  })

  test('a message says where', () => {
    expect(() => compileJmesPath('a.b c')).toThrow('JMESPath "a.b c": unexpected "c" at character 5')
  })
})

describe('the list that items() makes', () => {
  test('is a list to paths, and to nothing that wants a plain one', () => {
    expect(search('items(metadata.labels, \'k\', \'v\')[?k == \'app\'].v')).toEqual(['web'])
    expect(search('items(metadata.labels, \'k\', \'v\')')).toBeInstanceOf(ObjectList)
    expect(search('length(items(metadata.labels, \'k\', \'v\'))')).toBe(2)
    expect(search('items(`{}`, \'k\', \'v\') == `[]`')).toBe(false)
    for (const call of ['type(X)', 'contains(X, \'a\')', 'reverse(X)', 'to_number(X)', 'sum(X)', 'items(X, \'a\', \'b\')']) {
      expect(() => search(call.replace('X', 'items(metadata.labels, \'k\', \'v\')'))).toThrow()
    }
  })
})
