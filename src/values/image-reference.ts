// Kyverno: pkg/utils/image/infos.go (GetImageInfo); distribution/reference, opencontainers/go-digest

/** An image name taken apart, in Kyverno's terms. Texts are empty where the name does not say. */
export interface ImageReference {
  readonly registry: string
  /** The last part of the path. */
  readonly name: string
  readonly path: string
  readonly tag: string
  readonly digest: string
  /** registry/path with the digest, or else with the tag. */
  readonly reference: string
  readonly referenceWithTag: string
}

const domainComponent = '[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*'
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*'
const domainPattern = new RegExp(String.raw`^(?:${domainComponent}(?:\.${domainComponent})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$`)
const componentPattern = new RegExp(`^${pathComponent}$`)
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
const digestLengths: ReadonlyMap<string, number> = new Map([['sha256', 64], ['sha384', 96], ['sha512', 128]])
const maxNameLength = 255

export interface ImageDefaults {
  readonly registry?: string
  /** False: the default registry helps to parse but does not appear in the answer. */
  readonly mutateRegistry?: boolean
}

/** Reads an image name, filling in the default registry and tag; undefined if it is none. */
export function parseImageReference(image: string, defaults: ImageDefaults = {}): ImageReference | undefined {
  const full = withRegistry(image, defaults.registry ?? 'docker.io')
  const parts = splitReference(full)
  if (parts === undefined) return undefined
  const { path, digest } = parts
  const registry = full !== image && defaults.mutateRegistry === false ? '' : parts.registry
  return describe({ registry, path, digest, tag: parts.tag === '' && digest === '' ? 'latest' : parts.tag })
}

function describe({ registry, path, tag, digest }: ReferenceParts): ImageReference {
  const place = registry === '' ? path : `${registry}/${path}`
  const whole = {
    name: path.slice(path.lastIndexOf('/') + 1), tag, digest,
    referenceWithTag: `${place}:${tag}`,
    reference: digest === '' ? `${place}:${tag}` : `${place}@${digest}`,
  }
  const slash = path.indexOf('/')
  if (registry === '' && slash >= 0 && path.slice(0, slash).includes('_')) {
    return { ...whole, registry: path.slice(0, slash), path: path.slice(slash + 1) }
  }
  return { ...whole, registry, path }
}

/** What stands before the first slash is a registry if it looks like a host name; an upper-case letter is enough. */
function withRegistry(image: string, registry: string): string {
  const slash = image.indexOf('/')
  const first = image.slice(0, Math.max(slash, 0))
  const isRegistry = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first)
  return isRegistry ? image : `${registry}/${image}`
}

interface ReferenceParts {
  readonly registry: string
  readonly path: string
  readonly tag: string
  readonly digest: string
}

function splitReference(text: string): ReferenceParts | undefined {
  const at = text.indexOf('@')
  const digest = at < 0 ? '' : text.slice(at + 1)
  if (at >= 0 && !isDigest(digest)) return undefined
  const beforeDigest = at < 0 ? text : text.slice(0, at)
  const colon = beforeDigest.indexOf(':', beforeDigest.lastIndexOf('/') + 1)
  const tag = colon < 0 ? '' : beforeDigest.slice(colon + 1)
  if (colon >= 0 && !tagPattern.test(tag)) return undefined
  const place = splitName(colon < 0 ? beforeDigest : beforeDigest.slice(0, colon))
  return place && { ...place, tag, digest }
}

function splitName(name: string): { registry: string; path: string } | undefined {
  const [first = '', ...rest] = name.split('/')
  // A first part that can be a domain is one, as soon as something follows it.
  const registry = rest.length > 0 && domainPattern.test(first) ? first : ''
  const components = registry === '' ? [first, ...rest] : rest
  const path = components.join('/')
  return path.length <= maxNameLength && components.every((component) => componentPattern.test(component)) ? { registry, path } : undefined
}

function isDigest(text: string): boolean {
  const colon = text.indexOf(':')
  const hex = text.slice(colon + 1)
  return digestLengths.get(text.slice(0, Math.max(colon, 0))) === hex.length && /^[a-f0-9]+$/.test(hex)
}
