// k8s-manifest-sigstore: pkg/k8smanifest/verify.go (BlobManifestFetcher), pkg/util/{gzip,yaml}.go
import { gunzipSync } from 'node:zlib'
import { parseManifests } from '../../../../manifest/index.ts'
import { EvaluationError } from '../../../../model/errors.ts'
import type { JsonObject } from '../../../../model/json.ts'
import type { ResourceId } from '../../../../model/resource.ts'

/** A signed message unpacks to manifests, which are small; anything larger is an attempt to fill the memory. */
const maximumSize = 16 * 1024 * 1024
const blockSize = 512

/** What was signed: the bytes that the signature is about. */
export function readSignedBytes(message: string): Buffer {
  return unzip(Buffer.from(message, 'base64'))
}

/** The manifests in the signed bytes, a packed tar archive or one text, that the object may have been made from: of its group, kind and name, else of its kind. */
export function findManifests(signed: Buffer, id: ResourceId): readonly JsonObject[] {
  const content = unzip(signed)
  const texts = content.toString('latin1', 257, 262) === 'ustar' ? readTar(content) : [content.toString('utf8')]
  const resources = texts.flatMap((text) => parseManifests(text, 'signed manifest').resources)
  const sameKind = resources.filter((resource) => resource.id.kind === id.kind)
  const named = sameKind.filter((resource) => resource.id.group === id.group && resource.id.name === id.name)
  const exact = named.length > 1 ? named.filter((resource) => resource.id.namespace === id.namespace) : named
  const found = exact.length > 0 ? exact.slice(0, 1) : named.length > 0 ? named.slice(0, 1) : sameKind
  return found.map(({ object }) => object)
}

/** Go's reader takes what is not packed for the content itself. */
function unzip(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: maximumSize })
  } catch (error) {
    if (error instanceof RangeError) throw new EvaluationError('LIMIT_EXCEEDED', `the signed message unpacks to more than ${maximumSize} bytes`, { cause: error })
    return bytes
  }
}

/** The regular files of a tar archive. */
function readTar(archive: Buffer): readonly string[] {
  const files: string[] = []
  for (let offset = 0; offset + blockSize <= archive.length;) {
    const size = Number.parseInt(archive.toString('latin1', offset + 124, offset + 136).replace(/[\0 ]+$/, ''), 8)
    if (!Number.isSafeInteger(size) || size < 0) break
    const type = archive[offset + 156]
    const start = offset + blockSize
    if (type === 0 || type === 0x30) files.push(archive.toString('utf8', start, Math.min(start + size, archive.length)))
    offset = start + Math.ceil(size / blockSize) * blockSize
  }
  return files
}
