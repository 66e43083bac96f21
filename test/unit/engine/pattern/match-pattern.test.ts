import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePattern, matchPattern, type PatternOutcome } from '../../../../src/engine/pattern/index.ts'
import type { JsonObject, JsonValue } from '../../../../src/model/json.ts'
import { jsonValue } from '../../../support/json-arbitrary.ts'

const resource = {
  kind: 'Shop',
  metadata: { name: 'corner', labels: { team: 'fruit', 'shop.example/size': 'small' }, annotations: { note: 'open' } },
  spec: {
    shelves: [{ name: 'top', width: 4, goods: ['apple', 'pear'] }, { name: 'low', width: 2, goods: ['plum'] }],
    empty: [],
    open: true,
    nothing: null,
    grid: [['a', 'b'], ['c']],
  },
} satisfies JsonObject

/** pattern below `spec`, result, and Kyverno's path if it fails. */
const cases: readonly (readonly [string, JsonValue, PatternOutcome['result'], string?])[] = [
  ['a scalar', { open: true }, 'pass'],
  ['a scalar that differs', { open: false }, 'fail', '/spec/open/'],
  ['a map where a scalar is', { open: { a: 1 } }, 'fail', '/spec/open/'],
  ['a list where a scalar is', { open: ['x'] }, 'fail', '/spec/open/'],
  ['a missing key', { shut: 'x' }, 'fail', '/spec/shut/'],
  ['a missing key that must be there', { shut: '*' }, 'fail', '/spec/'],
  ['a null key that must be there', { nothing: '*' }, 'fail', '/spec/'],
  ['a missing key compared with a range', { shut: '<5' }, 'pass'],
  ['every item of a list', { shelves: [{ width: '>1' }] }, 'pass'],
  ['an item that differs', { shelves: [{ width: '>3' }] }, 'fail', '/spec/shelves/1/width/'],
  ['only the first element of a list counts', { shelves: [{ width: '>1' }, { width: '>9' }] }, 'pass'],
  ['a scalar for all items', { shelves: [{ goods: 'p*|a*' }] }, 'pass'],
  ['a list of a scalar', { shelves: [{ goods: ['p*'] }] }, 'fail', '/spec/shelves/0/goods/'],
  ['an empty list in the resource', { empty: [{ x: 1 }] }, 'pass'],
  ['an empty list in the pattern', { empty: [] }, 'fail', '/spec/empty/'],
  ['a list of lists, by index', { grid: [['?'], 'c'] }, 'pass'],
  ['a list of lists that is longer', { grid: [['?'], ['?'], ['?']] }, 'error', ''],
  ['a condition that holds', { shelves: [{ '(name)': 'low', width: 2 }] }, 'pass'],
  ['a condition that holds, and a difference', { shelves: [{ '(name)': 'low', width: 3 }] }, 'fail', '/spec/shelves/1/width/'],
  ['a condition that holds nowhere', { shelves: [{ '(name)': 'mid', width: 3 }] }, 'skip'],
  ['a condition on a missing key', { '(shut)': 'x', open: false }, 'skip'],
  ['a global anchor that holds', { '<(open)': true, nothing: null }, 'pass'],
  ['a global anchor that does not hold', { '<(open)': false, nothing: 'x' }, 'skip'],
  ['a global anchor without a key', { '<(shut)': 'x', open: true }, 'pass'],
  ['an equality anchor without a key', { '=(shut)': 'x' }, 'pass'],
  ['an equality anchor that differs', { '=(open)': false }, 'fail', '/spec/open/'],
  ['a negation', { 'X(shut)': null }, 'pass'],
  ['a negated key that is there', { 'X(open)': null }, 'fail', '/spec/open/'],
  ['a negated key that is null', { 'X(nothing)': null }, 'fail', '/spec/nothing/'],
  ['an existence that one item meets', { '^(shelves)': [{ name: 'low' }] }, 'pass'],
  ['two existences', { '^(shelves)': [{ name: 'low' }, { name: 'mid' }] }, 'fail', '/spec/shelves/'],
  ['an existence on a missing list', { '^(shut)': [{ name: 'low' }] }, 'pass'],
  ['an existence on no list', { '^(open)': [{ name: 'low' }] }, 'fail', '/spec/open/'],
  ['an existence of scalars', { '^(shelves)': ['x'] }, 'fail', '/spec/shelves/'],
  ['an add anchor is a literal key', { '+(open)': true }, 'fail', '/spec/+(open)/'],
  ['a difference beside a missing existence anchor', { '^(shut)': [{ a: 1 }], open: false }, 'error', ''],
  ['blanks around an anchor', { ' =(shut) ': 'x' }, 'pass'],
  ['a key of the prototype', { constructor: '*' }, 'fail', '/spec/'],
]

describe('patterns', () => {
  test.each(cases.map(([name, spec, result, path]) => ({ name, spec, result, path })))('$name', ({ spec, result, path }) => {
    const outcome = matchPattern(resource, { spec })
    expect(outcome.result).toBe(result)
    if ('path' in outcome) expect(outcome.path).toBe(path)
  })

  test('wildcards in the keys of labels find the resource\'s own', () => {
    expect(matchPattern(resource, { metadata: { labels: { 'shop.example/*': 'small' } } })).toEqual({ result: 'pass' })
    expect(matchPattern(resource, { metadata: { labels: { 'shop.example/*': 'large' } } })).toMatchObject({ path: '/metadata/labels/shop.example/size/' })
    expect(matchPattern(resource, { metadata: { labels: { 'other/*': 'large' } } })).toMatchObject({ path: '/metadata/labels/other/*/' })
    expect(matchPattern(resource, { metadata: { '=(annotations)': { '=(n?te)': 'shut' } } })).toMatchObject({ path: '/metadata/annotations/note/' })
  })

  test('values other than strings vanish from the labels of a pattern', () => {
    expect(matchPattern(resource, { metadata: { labels: { team: null } } })).toEqual({ result: 'pass' })
    expect(matchPattern({ metadata: { labels: null } }, { metadata: { labels: { team: 5n } } })).toMatchObject({ result: 'fail' })
  })

  test('an expansion lasts for the items that follow, and no longer', () => {
    const pattern = compilePattern({ list: [{ metadata: { labels: { 'a*': '?*' } } }] })
    const list = (...labels: JsonObject[]) => ({ list: labels.map((item) => ({ metadata: { labels: item } })) })
    expect(pattern.match(list({ a1: 'x' }, { a2: 'x' }))).toMatchObject({ path: '/list/1/metadata/labels/a1/' })
    expect(pattern.match(list({ a2: 'x' }, { a2: 'x' }))).toEqual({ result: 'pass' })
  })

  test('every violation is told, Kyverno\'s first', () => {
    const outcome = matchPattern(resource, { kind: 'Shop', spec: { shelves: [{ '(name)': '*', width: '>4', goods: 'a*', door: '*' }], open: false } })
    expect(outcome).toMatchObject({ result: 'fail', path: '/spec/shelves/0/' })
    expect('violations' in outcome && outcome.violations.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['spec.shelves.0.door', 'is missing; must be set'],
      ['spec.shelves.0.goods', "is '[apple pear]'; must match 'a*'"],
      ['spec.shelves.0.width', "is '4'; must match '>4'"],
      ['spec.shelves.1.door', 'is missing; must be set'],
      ['spec.shelves.1.goods', "is '[plum]'; must match 'a*'"],
      ['spec.shelves.1.width', "is '2'; must match '>4'"],
      ['spec.open', "is 'true'; must match 'false'"],
    ])
  })

  test('parts that do not apply are no violations', () => {
    const outcome = matchPattern(resource, { spec: { shelves: [{ '(name)': 'low', width: 9 }], open: false } })
    expect('violations' in outcome && outcome.violations.map(({ path }) => path.join('.'))).toEqual(['spec.shelves.1.width', 'spec.open'])
  })

  test('a skip says why', () => {
    expect(matchPattern(resource, { spec: { shelves: [{ '(name)': 'mid' }] } })).toEqual({
      result: 'skip',
      message: "conditional anchor mismatch: resource value 'top' does not match 'mid' at path /spec/shelves/0/name/; "
        + "conditional anchor mismatch: resource value 'low' does not match 'mid' at path /spec/shelves/1/name/",
    })
  })

  test('no input crashes, and a compiled pattern answers the same twice', () => {
    fc.assert(fc.property(jsonValue, jsonValue, (value, pattern) => {
      const compiled = compilePattern(pattern)
      const outcome = compiled.match(value)
      expect(compiled.match(value)).toEqual(outcome)
      if ('violations' in outcome) expect(outcome.violations.length).toBeLessThanOrEqual(101)
    }), { numRuns: 2000 })
  })

  test('a pattern made of a resource\'s own plain scalars passes', () => {
    const plain = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(fc.boolean(), fc.integer().map(BigInt), fc.stringMatching(/^[a-z]{1,8}$/)), { minKeys: 1 })
    fc.assert(fc.property(plain, (map) => matchPattern(map, map).result === 'pass'))
  })
})
