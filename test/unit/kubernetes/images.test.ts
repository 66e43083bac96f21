import { describe, expect, test } from 'vitest'
import { extractImages, imagesVariable, parseImageExtractor } from '../../../src/kubernetes/images.ts'
import type { JsonObject } from '../../../src/model/json.ts'

const spec = {
  imagePullSecrets: [{ name: 'pull' }, { other: 1 }],
  containers: [{ name: 'web', image: 'reg.example/team/web:1' }, { name: 'later' }],
  initContainers: [{ name: 'init', image: 'init' }],
}
const wrapped = (kind: string, ...path: string[]): JsonObject => ({ kind, ...path.reduceRight<JsonObject>((inner, key) => ({ [key]: inner }), spec) })

describe('images', () => {
  test.each([
    [{ kind: 'Pod', spec }, ['spec']], [wrapped('Deployment', 'spec', 'template', 'spec'), ['spec', 'template', 'spec']],
    [wrapped('CronJob', 'spec', 'jobTemplate', 'spec', 'template', 'spec'), ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
  ])('of built-in kinds', (resource, path) => {
    const images = extractImages(resource)
    expect([...images.keys()]).toEqual(['initContainers', 'containers'])
    expect(images.get('containers')?.get('web')).toMatchObject({
      reference: { registry: 'reg.example', path: 'team/web', tag: '1' }, fieldPath: [...path, 'containers', 0, 'image'], imagePullSecrets: ['pull'],
    })
    expect(images.get('containers')?.has('later')).toBe(false)
  })

  test('as the variable, without what is empty', () => {
    expect(imagesVariable(extractImages({ kind: 'Pod', spec }))['initContainers']).toEqual({
      init: {
        registry: 'docker.io', name: 'init', path: 'init', tag: 'latest', reference: 'docker.io/init:latest', referenceWithTag: 'docker.io/init:latest',
        jsonPointer: '/spec/initContainers/0/image', imagePullSecrets: ['pull'],
      },
    })
  })

  test('of custom kinds', () => {
    const extractors = new Map([['Task', [
      parseImageExtractor({ path: ' /spec / steps/*/image' }), parseImageExtractor({ path: '/spec/sidecars/*', value: 'img', key: 'id', name: 'sidecars', jmesPath: 'trim_prefix(@, \'oci://\')' }),
    ]]])
    const resource = { kind: 'Task', spec: { steps: [{ image: 'a' }], sidecars: { x: { id: 'one', img: 'oci://b' } } } }
    const images = extractImages(resource, { extractors, transform: (_, text) => text.replace('oci://', '') })
    expect(images.get('custom')?.get('/spec/steps/0/image')?.reference.path).toBe('a')
    expect(images.get('sidecars')?.get('one')).toMatchObject({ reference: { path: 'b' }, fieldPath: ['spec', 'sidecars', 'x', 'img'] })
    expect(extractImages({ kind: 'Other', spec: {} }, { extractors }).size).toBe(0)
  })

  test.each<JsonObject>([
    { kind: 'Pod', spec: { containers: [{ image: 'a' }] } }, { kind: 'Pod', spec: { containers: 'a' } }, { kind: 'Pod', spec: { containers: ['a'] } }, { kind: 'Pod', spec: [] },
    { kind: 'Pod', spec: { containers: [{ name: 'a', image: 'A B' }] } },
  ])('what cannot be read is an error with its place: %j', (resource) => {
    expect(() => extractImages(resource)).toThrow(expect.objectContaining({ code: 'INVALID_IMAGE', resourcePath: expect.any(Array) }))
  })

  test('extractors that say nothing', () => {
    expect(() => parseImageExtractor({ path: '/ /' })).toThrow(expect.objectContaining({ code: 'INVALID_RULE' }))
    expect(() => extractImages({ kind: 'Pod' }, { extractors: new Map([['Pod', []]]) })).toThrow(expect.objectContaining({ code: 'INVALID_RULE' }))
    expect(extractImages({ kind: 'Pod', spec: null })).toEqual(new Map())
  })
})
