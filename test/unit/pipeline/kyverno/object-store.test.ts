import { expect, test } from 'vitest'
import { cliKinds } from '../../../../src/pipeline/kyverno/cli-kinds.ts'
import { createObjectStore, guessPlural } from '../../../../src/pipeline/kyverno/object-store.ts'

const pod = (name: string, namespace: string, labels = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels } })
const store = createObjectStore([
  pod('a', 'shop', { app: 'a' }), pod('b', 'bank'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { apiVersion: 'example.com/v1', kind: 'Policy', metadata: { name: 'p', namespace: 'shop' } },
], cliKinds())

test.each([
  ['/api/v1/namespaces/shop/pods/a', 'Pod'], ['/api/v1/namespaces/shop', 'Namespace'], ['/apis/example.com/v1/namespaces/shop/policies/p', 'Policy'],
])('%s is one object', (path, kind) => {
  expect(store.get(path)).toMatchObject({ kind })
})

test.each([
  ['/api/v1/pods', ['a', 'b']], ['/api/v1/namespaces/bank/pods', ['b']], ['/api/v1/pods?labelSelector=app%3Da', ['a']], ['/api/v1/namespaces', ['shop']], ['/api/v1/nodes', []],
])('%s is a list', (path, names) => {
  const { items } = store.get(path) as { readonly items: readonly { readonly metadata: { readonly name: string } }[] }
  expect(items.map(({ metadata }) => metadata.name)).toEqual(names)
})

test('there is nothing elsewhere', () => {
  for (const path of ['/api/v1/namespaces/shop/pods/none', '/healthz', '/api', '']) expect(store.get(path)).toBeUndefined()
})

test.each([['Pod', 'pods'], ['Ingress', 'ingresses'], ['Policy', 'policies'], ['Endpoints', 'endpoints']])('the plural of %s', (kind, plural) => {
  expect(guessPlural(kind)).toBe(plural)
})
