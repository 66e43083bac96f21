import { expect, test } from 'vitest'
import { findListMergeAt } from '../../../src/kubernetes/merge-keys.ts'

test.each([
  ['containers', ['spec', 'template', 'spec', 'containers'], { strategy: 'merge', mergeKey: 'name', listType: 'map', mapKeys: ['name'] }],
  ['container ports', ['spec', 'template', 'spec', 'containers', 0, 'ports'], { strategy: 'merge', mergeKey: 'containerPort', listType: 'map', mapKeys: ['containerPort', 'protocol'] }],
  ['tolerations', ['spec', 'template', 'spec', 'tolerations'], { strategy: 'replace', mergeKey: undefined, listType: 'atomic', mapKeys: [] }],
  ['finalizers', ['metadata', 'finalizers'], { strategy: 'merge', mergeKey: undefined, listType: 'set', mapKeys: [] }],
  ['volume mounts', ['spec', 'template', 'spec', 'containers', 0, 'volumeMounts'], { strategy: 'merge', mergeKey: 'mountPath', listType: 'map', mapKeys: ['mountPath'] }],
] as const)('%s of a Deployment', (_, path, expected) => {
  expect(findListMergeAt({ group: 'apps', version: 'v1', kind: 'Deployment', path, kubeVersion: '1.33' })).toEqual(expected)
})

test('what is no list, or unknown, has no merge', () => {
  const at = (path: readonly string[], kind = 'Deployment') => findListMergeAt({ group: 'apps', version: 'v1', kind, path })
  expect(at(['spec'])).toBeUndefined()
  expect(at(['spec', 'constructor'])).toBeUndefined()
  expect(at([], 'Nothing')).toBeUndefined()
})
