import { expect, test } from 'vitest'
import { readGlobalContext, readResponses } from '../../../../src/pipeline/kyverno/recorded-answers.ts'

const response = { body: { a: 1 } }

test('the answer for the method wins over that for any', () => {
  const find = readResponses([{ urlPath: '/api/v1/pods', response }, { urlPath: '/api/v1/pods', method: 'post', response: { statusCode: 201, body: {} } }])
  expect(find('GET', '/api/v1/pods')).toEqual({ statusCode: 200, body: { a: 1 } })
  expect(find('POST', '/api/v1/pods')).toEqual({ statusCode: 201, body: {} })
  expect(find('GET', '/api/v1/nodes')).toBeUndefined()
})

test.each([
  [[{ response }], 'either url or urlPath is required'],
  [[{ url: 'http://a', urlPath: '/b', response }], 'either url or urlPath is required'],
  [[{ url: 'ftp://a', response }], 'must be an absolute http or https address'],
  [[{ url: 'https://', response }], 'must be an absolute http or https address'],
  [[{ urlPath: 'api', response }], 'must start with /'],
  [[{ urlPath: '/a', method: 'PUT', response }], 'method must be GET or POST'],
  [[{ urlPath: '/a', response: { body: [] } }], 'response.body must be a JSON object'],
  [[{ urlPath: '/a', response: { body: {}, statusCode: 99 } }], 'statusCode 99 must be between 100 and 599'],
  [[{ urlPath: '/a', response }, { urlPath: '/a', response }], '/a is there twice'],
])('%j is refused', (entries, message) => {
  expect(() => readResponses(entries)).toThrow(message)
})

const noFile = () => { throw new Error('no file is read') }

test('entries of the global context: data, a field of it, projections', () => {
  const found = readGlobalContext([
    { name: 'plain', data: { items: [1] } }, { name: 'field', data: { items: [1, 2] }, fieldPath: 'items[1]' },
    { name: 'projected', resources: [{ metadata: { name: 'a' } }], projections: [{ name: 'names', path: '[].metadata.name' }] }, { name: 'broken', data: {}, fieldPath: 'length(@, @)' },
  ], noFile)
  expect(found.get('plain')).toEqual({ value: { items: [1] } })
  expect(found.get('field')).toEqual({ value: 2 })
  expect(found.get('projected')).toEqual({ value: { names: ['a'] } })
  expect(found.get('broken')).toHaveProperty('error')
})

test('resource files lie beside the test', () => {
  expect(readGlobalContext([{ name: 'a', resourceFiles: ['b.yaml'] }], (path) => [{ path }]).get('a')).toEqual({ value: [{ path: 'b.yaml' }] })
  for (const file of ['../b.yaml', '/etc/passwd', 'a/../../b.yaml']) expect(() => readGlobalContext([{ name: 'a', resourceFiles: [file] }], noFile)).toThrow('must lie beside the test')
})

test.each([
  [[{ data: {} }], 'name is required'], [[{ name: 'a' }], 'exactly one of'], [[{ name: 'a', data: {}, resources: [] }], 'exactly one of'],
  [[{ name: 'a', data: {} }, { name: 'a', data: {} }], 'duplicate name a'], [[{ name: 'a', data: 1 }], 'data must be an object'],
])('%j is refused', (entries, message) => {
  expect(() => readGlobalContext(entries, noFile)).toThrow(message)
})
