// go-containerregistry: pkg/name (weak validation). Kyverno's CEL reads image names with it; its rules reach other answers than distribution's.

/** An image name taken apart as go-containerregistry does it. */
export interface ContainerImage {
  readonly registry: string
  readonly repository: string
  /** Empty where a digest is given. */
  readonly tag: string
  readonly digest: string
  /** As written. */
  readonly original: string
}

/** A text that is no image name; the message is the library's. */
export class ImageNameError extends Error {}

const defaultRegistry = 'index.docker.io'

/** Reads an image name with the defaults filled in (Docker Hub, `library/`, tag `latest`) or throws `ImageNameError`. */
export function parseContainerImage(text: string): ContainerImage {
  try {
    return parseTag(text)
  } catch (error) {
    if (!(error instanceof ImageNameError)) throw error
  }
  try {
    return parseDigest(text)
  } catch (error) {
    if (error instanceof ImageNameError) throw new ImageNameError(`could not parse reference: ${text}`)
    throw error
  }
}

function parseTag(text: string): ContainerImage {
  const colon = text.lastIndexOf(':')
  const hasTag = colon >= 0 && !text.slice(colon + 1).includes('/')
  const tag = hasTag ? text.slice(colon + 1) : ''
  if (hasTag && !/^[A-Za-z0-9_.-]{1,128}$/.test(tag)) throw new ImageNameError('bad tag')
  return { ...parseRepository(hasTag ? text.slice(0, colon) : text), tag: hasTag ? tag : 'latest', digest: '', original: text }
}

function parseDigest(text: string): ContainerImage {
  const parts = text.split('@')
  const [base = '', digest = ''] = parts
  if (parts.length !== 2 || !/^sha256:[a-f0-9]{64}$/.test(digest)) throw new ImageNameError('bad digest')
  return { ...repositoryOf(base), tag: '', digest, original: text }
}

/** A tag before the digest is read and dropped. */
function repositoryOf(base: string): Pick<ContainerImage, 'registry' | 'repository'> {
  try {
    const { registry, repository } = parseTag(base)
    return { registry, repository }
  } catch (error) {
    if (error instanceof ImageNameError) return parseRepository(base)
    throw error
  }
}

function parseRepository(name: string): Pick<ContainerImage, 'registry' | 'repository'> {
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  const hasRegistry = /[.:]/.test(first) || first === 'localhost'
  const repository = hasRegistry ? name.slice(slash + 1) : name
  if (!/^[a-z0-9_\-./]{2,255}$/.test(repository)) throw new ImageNameError('bad repository')
  const registry = hasRegistry ? checkRegistry(first) : defaultRegistry
  return { registry, repository: registry === defaultRegistry && !repository.includes('/') ? `library/${repository}` : repository }
}

function checkRegistry(registry: string): string {
  if (registry === 'docker.io') return defaultRegistry
  // What Go's URL parser takes as an authority and gives back unchanged.
  if (!/^(?:[A-Za-z0-9\-._~!$&'()*+,;=]+|\[[0-9a-fA-F:.]+\])(?::[0-9]*)?$/.test(registry)) throw new ImageNameError('bad registry')
  return registry
}
