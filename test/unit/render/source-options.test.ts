import { expect, test } from 'vitest'
import { readSourceOptions } from '../../../src/render/index.ts'

test('takes the fields of an Application that have the right type', () => {
  expect(readSourceOptions({
    repoURL: 'https://example.com/x', helm: { releaseName: 'r', valueFiles: ['a.yaml', 3], parameters: [{ name: 'n', value: 5, forceString: true }], valuesObject: { a: 1 }, skipCrds: false },
    kustomize: { images: ['a=b:1'], commonLabels: { a: 'b', n: 1 }, replicas: [{ name: 'd', count: 2 }] }, directory: { recurse: true, jsonnet: { tlas: [{ name: 'x', value: '1', code: true }] } },
  })).toEqual({
    helm: { releaseName: 'r', valueFiles: ['a.yaml'], parameters: [{ name: 'n', value: '5', forceString: true }], valuesObject: { a: 1 } },
    kustomize: { images: ['a=b:1'], commonLabels: { a: 'b', n: '1' }, replicas: [{ name: 'd', count: '2' }] }, directory: { recurse: true, jsonnet: { tlas: [{ name: 'x', value: '1', code: true }] } },
  })
  expect(readSourceOptions({ helm: {} })).toEqual({ helm: {} })
  expect(readSourceOptions({ helm: 'x', kustomize: null })).toEqual({})
})
