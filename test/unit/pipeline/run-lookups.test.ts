import { expect, test } from 'vitest'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { LookupPending, type LookupRequest } from '../../../src/model/lookups.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { createClusterView } from '../../../src/pipeline/cluster-view.ts'
import type { LookupLoader } from '../../../src/pipeline/loaded-answers.ts'
import { createRunLookups } from '../../../src/pipeline/run-lookups.ts'
import { noSuppliedInputs } from '../../../src/pipeline/values-file.ts'

function resource(kind: string, name: string, namespace: string | undefined, object: JsonObject): Resource {
  return { id: { group: '', version: 'v1', kind, name, ...(namespace === undefined ? {} : { namespace }) }, object, locate: () => undefined }
}
const settings = { data: { color: 'blue' } }
const view = createClusterView([
  resource('ConfigMap', 'settings', 'shop', settings), resource('Namespace', 'shop', undefined, { metadata: { labels: { tier: 'gold' } } }),
], { ...noSuppliedInputs, namespaceLabels: new Map([['shop', { team: 'a' }]]) })
const make = (loader?: LookupLoader) => createRunLookups({ view, now: 0, seed: 1, ...(loader === undefined ? {} : { loader }) })
const configMap = (name: string): LookupRequest => ({ kind: 'configMap', namespace: 'shop', name })

test('a ConfigMap is found among the checked resources', () => {
  expect(make().lookups.get(configMap('settings'))).toBe(settings)
})

test('labels of a namespace: its manifest, values files, and the one that the cluster adds', () => {
  expect(view.namespaceLabels('shop')).toEqual({ tier: 'gold', team: 'a', 'kubernetes.io/metadata.name': 'shop' })
  expect(view.namespaceLabels('elsewhere')).toEqual({ 'kubernetes.io/metadata.name': 'elsewhere' })
})

test('what nobody supplied is unavailable, with a hint', () => {
  expect(() => make().lookups.get(configMap('other'))).toThrow(expect.objectContaining({
    code: 'LOOKUP_UNAVAILABLE', missing: { what: 'ConfigMap shop/other', hint: expect.stringContaining('values file') as string },
  }) as Error)
})

test('a loader is asked once and its answer remembered, absence too', async () => {
  let asked = 0
  const { lookups, load } = make(async () => { asked += 1; return undefined })
  expect(() => lookups.get(configMap('other'))).toThrow(LookupPending)
  await load(configMap('other'))
  expect(lookups.get(configMap('other'))).toBeUndefined()
  expect(lookups.get(configMap('other'))).toBeUndefined()
  expect(asked).toBe(1)
})

test('a failed load is the answer of whoever asks', async () => {
  const { lookups, load } = make(async () => { throw new Error('connection refused') })
  await load(configMap('other'))
  expect(() => lookups.get(configMap('other'))).toThrow(EvaluationError)
  expect(() => lookups.get(configMap('other'))).toThrow('ConfigMap shop/other could not be loaded: connection refused')
})

test('random numbers repeat with the seed', () => {
  const first = make().lookups
  const second = make().lookups
  expect([first.random(), first.random()]).toEqual([second.random(), second.random()])
})
