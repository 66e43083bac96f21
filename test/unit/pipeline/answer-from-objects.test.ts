import { expect, test } from 'vitest'
import { knownKinds } from '../../../src/kubernetes/kinds.ts'
import { parseManifests } from '../../../src/manifest/index.ts'
import type { LookupRequest } from '../../../src/model/lookups.ts'
import { answerFromObjects } from '../../../src/pipeline/answer-from-objects.ts'
import { createClusterView } from '../../../src/pipeline/cluster-view.ts'
import { parseLabelQuery } from '../../../src/pipeline/parse-label-query.ts'
import { noSuppliedInputs } from '../../../src/pipeline/values-file.ts'

const { resources } = parseManifests(`
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, namespace: x, labels: {app: web}}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: b, namespace: z}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: x}}
---
{apiVersion: v1, kind: Service, metadata: {name: s, namespace: x}}
---
{apiVersion: kyverno.io/v2alpha1, kind: GlobalContextEntry, metadata: {name: all}, spec: {kubernetesResource: {group: networking.k8s.io, version: v1, resource: ingresses}, projections: [{name: names, jmesPath: '[].metadata.name'}]}}
---
{apiVersion: kyverno.io/v2alpha1, kind: GlobalContextEntry, metadata: {name: called}, spec: {apiCall: {urlPath: /api/v1/namespaces}}}
`, 'objects.yaml')
const partial: string[] = []
const view = createClusterView(resources, noSuppliedInputs)
const cluster = (complete: readonly string[] = []) => ({
  view, kinds: knownKinds(), isComplete: (_: string, kind: string) => complete.includes(kind), onPartialList: (kind: string) => { partial.push(kind) }, environment: { now: 0, random: () => 0 },
})
const get = (urlPath: string): LookupRequest => ({ kind: 'apiCall', method: 'GET', urlPath })
const names = (request: LookupRequest, complete?: readonly string[]): unknown => {
  const value = answerFromObjects(request, cluster(complete))?.value as { items?: { metadata: { name: string } }[]; metadata?: { name: string } } | undefined
  return value?.items?.map(({ metadata }) => metadata.name) ?? value?.metadata?.name
}

test.each([
  ['/apis/networking.k8s.io/v1/ingresses', ['a', 'b']],
  ['/apis/networking.k8s.io/v1/namespaces/x/ingresses', ['a']],
  ['/apis/networking.k8s.io/v1/namespaces/x/ingresses/a', 'a'],
  ['/apis/networking.k8s.io/v1/ingresses?labelSelector=app%3Dweb', ['a']],
  ['/apis/networking.k8s.io/v1/ingresses?fieldSelector=metadata.name!=a', ['b']],
  ['/api/v1/namespaces', ['x']],
  ['/api/v1/namespaces/x', 'x'],
  ['/api/v1/namespaces/x/services/s', 's'],
  // Nothing is known of these.
  ['/api/v1/namespaces/x/services/other', undefined],
  ['/api/v1/pods', undefined],
  ['/apis/networking.k8s.io/v1/ingresses?watch=true', undefined],
  ['/version', undefined],
])('GET %s', (url, expected) => {
  expect(names(get(url))).toEqual(expected)
})

test('a snapshot of a kind makes absence certain', () => {
  expect(answerFromObjects(get('/api/v1/namespaces/nowhere'), cluster(['Namespace']))).toEqual({ value: undefined })
  expect(names(get('/api/v1/pods'), ['Pod'])).toEqual([])
})

test('resources and lists by plural', () => {
  expect(names({ kind: 'resource', apiVersion: 'v1', resource: 'services', namespace: 'x', name: 's' })).toBe('s')
  expect(names({ kind: 'resourceList', apiVersion: 'networking.k8s.io/v1', resource: 'ingresses', namespace: '', labels: { app: 'web' } })).toEqual(['a'])
})

test('GlobalContextEntry', () => {
  expect(answerFromObjects({ kind: 'globalContext', name: 'all', projection: 'names' }, cluster())?.value).toEqual(['a', 'b'])
  expect(answerFromObjects({ kind: 'globalContext', name: 'called' }, cluster())?.value).toMatchObject({ kind: 'NamespaceList' })
  expect(answerFromObjects({ kind: 'globalContext', name: 'none' }, cluster())).toBeUndefined()
})

test('what only the checked resources answered is told', () => {
  partial.length = 0
  names(get('/apis/networking.k8s.io/v1/ingresses'))
  expect(partial).toEqual(['Ingress'])
})

test.each([
  ['a=b', { a: 'b' }, true], ['a==b', { a: 'c' }, false], ['a!=b', {}, true], ['a in (b, c)', { a: 'c' }, true], ['a notin (b)', {}, true], ['a', { a: '' }, true], ['!a', { a: '' }, false],
  ['a=b,!c', { a: 'b' }, true], ['example.com/x=1', { 'example.com/x': '1' }, true],
])('label query %s on %j', (query, labels, expected) => {
  expect(parseLabelQuery(query)?.(labels)).toBe(expected)
})

test('a label query that is not understood', () => {
  expect(parseLabelQuery('a >')).toBeUndefined()
})
