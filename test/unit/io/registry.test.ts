import { expect, test } from 'vitest'
import { fetchImage } from '../../../src/io/registry.ts'
import { withLocalServer, type SeenRequest } from '../../support/local-server.ts'

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`
const manifest = { config: { digest: digest('c') } }
const index = { manifests: [{ digest: digest('a'), platform: { os: 'linux', architecture: 'arm64' } }, { digest: digest('b'), platform: { os: 'linux', architecture: 'amd64' } }] }

function serve({ path }: SeenRequest) {
  switch (path) {
    case '/v2/shop/web/manifests/1': return { headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json', 'docker-content-digest': digest('d') }, body: manifest }
    case '/v2/shop/web/manifests/many': return { headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' }, body: index }
    case `/v2/shop/web/manifests/${digest('b')}`: return { body: manifest }
    case `/v2/shop/web/blobs/${digest('c')}`: return { body: { config: { User: 'app' } } }
    default: return undefined
  }
}

test('the manifest and the configuration of an image', async () => {
  await withLocalServer(serve, async ({ host }) => {
    const image = await fetchImage({ registry: host, repository: 'shop/web', identifier: '1' })
    expect(image).toEqual({ digest: digest('d'), manifest: JSON.stringify(manifest), config: '{"config":{"User":"app"}}' })
  })
})

test('of a list the manifest for linux/amd64', async () => {
  await withLocalServer(serve, async ({ host, seen }) => {
    const image = await fetchImage({ registry: host, repository: 'shop/web', identifier: 'many' })
    expect(image.index).toBe(JSON.stringify(index))
    expect(seen.map(({ path }) => path)).toContain(`/v2/shop/web/manifests/${digest('b')}`)
  })
})

test('a token where the registry asks for one, and no credentials elsewhere', async () => {
  await withLocalServer(({ path, authorization }) => {
    const blobs = path.startsWith('/elsewhere')
    return blobs ? { body: '{}' } : path.startsWith('/token') ? { body: { token: 'secret' } } : authorization === undefined ? undefined : serve({ path, authorization, method: 'GET' })
  }, async (storage) => {
    await withLocalServer((request) => {
      if (request.path.startsWith('/token')) return { body: { token: 'secret' } }
      if (request.authorization !== 'Bearer secret') return { status: 401, headers: { 'www-authenticate': `Bearer realm="http://${storage.host}/token",service="local",scope="repository:shop/web:pull"` } }
      if (request.path.includes('/blobs/')) return { status: 307, headers: { location: `http://${storage.host}/elsewhere` } }
      return serve(request)
    }, async ({ host }) => {
      const image = await fetchImage({ registry: host, repository: 'shop/web', identifier: '1' })
      expect(image.config).toBe('{}')
      expect(storage.seen.map(({ path, authorization }) => [path.replace(/\?.*/, ''), authorization])).toEqual([['/token', undefined], ['/elsewhere', undefined]])
    })
  })
})

test('what the registry does not have is an error that names it', async () => {
  await withLocalServer(serve, async ({ host }) => {
    await expect(fetchImage({ registry: host, repository: 'shop/web', identifier: 'none' })).rejects.toThrow(`${host}/shop/web: the registry answers 404 to manifests/none`)
  })
})

test('a digest that would lead elsewhere is refused', async () => {
  await withLocalServer(() => ({ headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }, body: { config: { digest: '../../../secret' } } }), async ({ host }) => {
    await expect(fetchImage({ registry: host, repository: 'shop/web', identifier: '1' })).rejects.toThrow('not a digest')
  })
})
