// OCI distribution specification 1.1; Docker's token authentication
import { homedir } from 'node:os'
import { join } from 'node:path'
import { kindOf, readTextFile } from './files.ts'
import { sendRequest, type HttpAnswer } from './http-request.ts'
import { IoError } from './io-error.ts'

/** What a registry knows of an image: texts of JSON as they came. */
export interface FetchedImage {
  readonly digest: string
  readonly manifest: string
  /** The list of manifests that the name stands for, where it stands for several. */
  readonly index?: string
  readonly config: string
}

/** An image in a registry, by its tag or digest. */
export interface ImageLocation {
  readonly registry: string
  readonly repository: string
  readonly identifier: string
}

const indexTypes = ['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json']
const manifestTypes = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json']
/** Manifests and configurations are small; anything larger is no such thing. */
const maxSize = 4 * 1024 * 1024

/** Fetches the manifest and the configuration of an image; of a list the one for linux/amd64, as Kyverno. */
export async function fetchImage({ registry, repository, identifier }: ImageLocation): Promise<FetchedImage> {
  const get = createClient(registry, repository)
  const found = await get(`manifests/${identifier}`)
  const digest = textOf(found.headers['docker-content-digest'])
  const type = textOf(found.headers['content-type']).split(';')[0] ?? ''
  if (!indexTypes.includes(type)) return { digest, manifest: found.body, config: await fetchConfig(get, found.body) }
  const platform = choosePlatform(found.body)
  const manifest = (await get(`manifests/${platform}`)).body
  return { digest, manifest, index: found.body, config: await fetchConfig(get, manifest) }
}

type Get = (path: string) => Promise<HttpAnswer>

function choosePlatform(index: string): string {
  const { manifests = [] } = JSON.parse(index) as { readonly manifests?: readonly { readonly digest: string; readonly platform?: { readonly os?: string; readonly architecture?: string } }[] }
  const chosen = manifests.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64') ?? manifests[0]
  if (chosen === undefined) throw new IoError('REQUEST_FAILED', 'the image has no manifests')
  return checkDigest(chosen.digest)
}

async function fetchConfig(get: Get, manifest: string): Promise<string> {
  const { config } = JSON.parse(manifest) as { readonly config?: { readonly digest?: string } }
  return config?.digest === undefined ? '{}' : (await get(`blobs/${checkDigest(config.digest)}`)).body
}

/** Digests become part of an address. */
function checkDigest(digest: string): string {
  if (!/^[a-z0-9]+:[a-f0-9]{32,128}$/.test(digest)) throw new IoError('INVALID_URL', `not a digest: ${digest}`)
  return digest
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : value?.[0] ?? ''
}

function createClient(registry: string, repository: string): Get {
  // Docker Hub's images are kept under another name than theirs; a registry on this machine needs no certificate.
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry
  const scheme = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host) ? 'http' : 'https'
  let authorization: string | undefined
  return async (path) => {
    const url = new URL(`${scheme}://${host}/v2/${repository}/${path}`)
    let answer = await send(url, authorization)
    if (answer.status === 401 && authorization === undefined) {
      authorization = await authorize(textOf(answer.headers['www-authenticate']), registry, repository)
      answer = await send(url, authorization)
    }
    if (answer.status !== 200) throw new IoError('REQUEST_FAILED', `${registry}/${repository}: the registry answers ${answer.status} to ${path}`)
    return answer
  }
}

/** Registries keep blobs elsewhere; the way there must not see the credentials. */
async function send(url: URL, authorization: string | undefined, redirects = 0): Promise<HttpAnswer> {
  const accept = [...manifestTypes, ...indexTypes, '*/*'].join(', ')
  const answer = await sendRequest(url, { maxSize, headers: { accept, ...(authorization === undefined ? {} : { authorization }) } })
  const location = textOf(answer.headers['location'])
  if (answer.status < 300 || answer.status >= 400 || location === '') return answer
  if (redirects >= 5) throw new IoError('REQUEST_FAILED', `${url.origin}: too many redirections`)
  const next = new URL(location, url)
  return await send(next, next.origin === url.origin ? authorization : undefined, redirects + 1)
}

/** What a challenge asks for: a token from the place that it names, or the user's own credentials. */
async function authorize(challenge: string, registry: string, repository: string): Promise<string | undefined> {
  const credentials = findCredentials(registry)
  if (!/^bearer /i.test(challenge)) return credentials
  const parameters = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]))
  const url = new URL(parameters.get('realm') ?? '')
  for (const [key, value] of [['service', parameters.get('service')], ['scope', parameters.get('scope') ?? `repository:${repository}:pull`]] as const) {
    if (value !== undefined) url.searchParams.set(key, value)
  }
  const answer = await sendRequest(url, { maxSize, ...(credentials === undefined ? {} : { headers: { authorization: credentials } }) })
  if (answer.status !== 200) throw new IoError('REQUEST_FAILED', `${url.origin}: no token (${answer.status})`)
  const { token, access_token: accessToken } = JSON.parse(answer.body) as { readonly token?: string; readonly access_token?: string }
  return `Bearer ${token ?? accessToken ?? ''}`
}

/** Docker's file of credentials. Helpers are programs, and are not run. */
function findCredentials(registry: string): string | undefined {
  const { DOCKER_CONFIG: folder } = process.env
  const file = join(folder ?? join(homedir(), '.docker'), 'config.json')
  if (kindOf(file) !== 'file') return undefined
  const { auths = {} } = JSON.parse(readTextFile(file)) as { readonly auths?: Readonly<Record<string, { readonly auth?: string }>> }
  const names = registry === 'docker.io' ? ['https://index.docker.io/v1/', 'docker.io', 'index.docker.io'] : [registry, `https://${registry}`]
  const found = names.map((name) => (Object.hasOwn(auths, name) ? auths[name]?.auth : undefined)).find((auth) => auth !== undefined && auth !== '')
  return found === undefined ? undefined : `Basic ${found}`
}
