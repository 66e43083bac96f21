// Kyverno: api/kyverno/v1/image_verification_types.go (Convert)
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import { compileWildcard } from '../../../values/wildcard.ts'

/** Who vouches for an image: of the entries as many as `count` says, else all. */
export interface AttestorSet {
  readonly count: number
  readonly entries: readonly JsonObject[]
}

/** A claim that must be attached to an image. */
export interface Attestation {
  readonly name: string
  readonly type: string
  readonly attestors: readonly AttestorSet[]
  readonly conditions: JsonValue | undefined
}

/** One entry of `verifyImages`, its deprecated fields turned into the present ones. */
export interface ImageRule {
  /** As written, with its present fields: what a verification depends on besides the attestor. */
  readonly document: JsonObject
  readonly attestors: readonly AttestorSet[]
  readonly attestations: readonly Attestation[]
  readonly mutateDigest: boolean
  readonly verifyDigest: boolean
  readonly required: boolean
  matches(image: string): boolean
  skips(image: string): boolean
}

/** Reads an entry; variables may be in it still. */
export function readImageRule(document: JsonObject): ImageRule {
  const deprecated = readDeprecated(document)
  const references = [...texts(document['imageReferences']), ...deprecated.references]
  return {
    document,
    // Kyverno loses the attestor of the deprecated fields where there are attestations.
    attestors: [...objects(document['attestors']).map(readSet), ...(objects(document['attestations']).length > 0 ? [] : deprecated.attestors)],
    attestations: objects(document['attestations']).map(readAttestation),
    mutateDigest: document['mutateDigest'] !== false,
    verifyDigest: document['verifyDigest'] !== false,
    required: document['required'] !== false,
    matches: compileReferences(references),
    skips: compileReferences(texts(document['skipImageReferences'])),
  }
}

function compileReferences(patterns: readonly string[]): (image: string) => boolean {
  const tests = patterns.map(compileWildcard)
  return (image) => tests.some((test) => test(image))
}

function readDeprecated(document: JsonObject): { readonly references: readonly string[]; readonly attestors: readonly AttestorSet[] } {
  const [image, key, issuer] = [text(document['image']), text(document['key']), text(document['issuer'])]
  if (image === '' && key === '' && issuer === '') return { references: [], attestors: [] }
  const annotations = isJsonObject(document['annotations']) ? document['annotations'] : {}
  const who: JsonObject = key !== '' ? { keys: { publicKeys: key } }
    : issuer === '' ? {} : { keyless: { issuer, subject: text(document['subject']), roots: text(document['roots']) } }
  const isGiven = key !== '' || issuer !== '' || Object.keys(annotations).length > 0
  return { references: image === '' ? [] : [image], attestors: isGiven ? [{ count: 1, entries: [{ annotations, ...who }] }] : [] }
}

/** Several keys in one text are several entries. */
export function readSet(set: JsonObject): AttestorSet {
  const entries = objects(set['entries']).flatMap(splitKeys)
  const count = Number(set['count'] ?? 0)
  return { count: count === 0 ? entries.length : count, entries }
}

function splitKeys(entry: JsonObject): readonly JsonObject[] {
  const keys = isJsonObject(entry['keys']) ? entry['keys'] : undefined
  const blocks = text(keys?.['publicKeys']).split(/(?=-----BEGIN )/).map((block) => block.trim()).filter((block) => block.startsWith('-----BEGIN '))
  return blocks.length > 1 ? blocks.map((publicKeys) => ({ ...entry, keys: { ...keys, publicKeys } })) : [entry]
}

function readAttestation(document: JsonObject): Attestation {
  return {
    name: text(document['name']),
    type: text(document['type']) || text(document['predicateType']),
    attestors: objects(document['attestors']).map(readSet),
    conditions: document['conditions'],
  }
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter((item) => isJsonObject(item)) : []
}

function texts(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
