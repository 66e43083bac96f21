import { expect, test } from 'vitest'
import { decodeFields, type Fields } from '../../../../src/pipeline/kyverno/decode-fields.ts'

const fields: Fields = {
  name: 'text', count: 'integer', on: 'flag', names: 'texts', any: 'any', labels: { map: 'text' }, inner: { fields: { deep: 'text' } }, list: { list: { name: 'text' } },
}

test('names match in any letter case, and come out as the struct calls them', () => {
  expect(decodeFields({ NAME: 'a', Inner: { DEEP: 'b' }, list: [{ nAme: 'c' }] }, fields)).toEqual({ object: { name: 'a', inner: { deep: 'b' }, list: [{ name: 'c' }] }, errors: [] })
})

test('null is the same as absent', () => {
  expect(decodeFields({ name: null, names: null, inner: null, list: [null], any: null }, fields)).toEqual({ object: { list: [], any: null }, errors: [] })
})

test.each([
  [{ nmae: 'a' }, 'unknown field "nmae"'],
  [{ inner: { depe: 'a' } }, 'unknown field "inner.depe"'],
  [{ list: [{}, { other: 1 }] }, 'unknown field "list[1].other"'],
  [{ name: 1 }, 'name is not a text'],
  [{ count: 1.5 }, 'count is not a whole number'],
  [{ on: 'yes' }, 'on is not true or false'],
  [{ names: ['a', 1] }, 'names is not a list of texts'],
  [{ labels: { a: 1 } }, 'labels is not a map of texts'],
  [{ list: {} }, 'list is not a list'],
  [{ inner: [] }, 'inner is not a map'],
  [[], 'the document is not a map'],
])('%j is refused', (value, error) => {
  expect(decodeFields(value, fields).errors).toEqual([error])
})

test('a field called __proto__ is unknown like any other', () => {
  expect(decodeFields(JSON.parse('{"__proto__": {"name": "a"}}') as never, fields).errors).toEqual(['unknown field "__proto__"'])
})
