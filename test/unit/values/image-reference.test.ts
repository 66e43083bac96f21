import { describe, expect, test } from 'vitest'
import { parseImageReference } from '../../../src/values/image-reference.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`

describe('image references', () => {
  test.each([
    ['app', 'docker.io', 'app', 'latest', ''], ['team/app:1', 'docker.io', 'team/app', '1', ''], ['localhost/app', 'localhost', 'app', 'latest', ''],
    ['reg.example:5000/a/b:c', 'reg.example:5000', 'a/b', 'c', ''], ['Upper/app', 'Upper', 'app', 'latest', ''],
    [`app@${digest}`, 'docker.io', 'app', '', digest], [`app:1@${digest}`, 'docker.io', 'app', '1', digest], ['[fe80::1]:80/app', '[fe80::1]:80', 'app', 'latest', ''],
  ])('%s', (image, registry, path, tag, expectedDigest) => {
    expect(parseImageReference(image)).toMatchObject({ registry, path, tag, digest: expectedDigest, name: path.split('/').at(-1) })
  })

  test.each(['', 'App', 'a b', 'app:', 'app@sha256:12', 'a//b', '/app', 'app:ä', `app@md5:${'0'.repeat(32)}`, 'a'.repeat(256), '-a', 'reg.example/-x'])('%j is none', (image) => {
    expect(parseImageReference(image)).toBeUndefined()
  })

  test('references', () => {
    expect(parseImageReference(`team/app@${digest}`)).toMatchObject({ reference: `docker.io/team/app@${digest}`, referenceWithTag: 'docker.io/team/app:' })
    expect(parseImageReference('app', { mutateRegistry: false })).toMatchObject({ registry: '', reference: 'app:latest' })
    expect(parseImageReference('app', { registry: 'mirror.example' })).toMatchObject({ registry: 'mirror.example', reference: 'mirror.example/app:latest' })
  })
})
