// Kyverno: pkg/engine/handlers/validation/validate_manifest.go (verifyManifestAttestorSet, k8sVerifyResource)
import { EvaluationError } from '../../../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../../model/json.ts'
import { goJsonText } from '../../../../values/json-text.ts'
import { attempt } from '../../../attempt.ts'
import type { ResourceView } from '../../../resource-view.ts'
import { findDifferences } from './difference.ts'
import { ignoredFields, type readFieldBindings } from './ignored-fields.ts'
import { findManifests, readSignedBytes } from './message.ts'
import { isSignedBy, readSignatures } from './signatures.ts'

/** The object whose signature is checked, and how. */
export interface SignedObject {
  readonly view: ResourceView
  readonly domain: string
  readonly ignoreFields: ReturnType<typeof readFieldBindings>
}

export interface Attestation {
  readonly verified: boolean
  readonly reason: string
}

/** A set of attestors: as many as it asks for must have signed. What keeps one from being asked is an error only if too few others have. */
export function checkAttestorSet(set: JsonObject, signed: SignedObject, path: string): Attestation {
  const entries = objectsOf(set['entries']).flatMap(splitKeys)
  const required = set['count'] === undefined || set['count'] === null ? entries.length : Number(set['count'])
  const [successes, failures, errors]: [string[], string[], EvaluationError[]] = [[], [], []]
  for (const [index, entry] of entries.entries()) {
    const result = attempt(() => checkAttestor(entry, signed, `${path}.entries[${index}]`))
    if (result.error) errors.push(result.error)
    else (result.value.verified ? successes : failures).push(result.value.reason)
    if (successes.length >= required) return { verified: true, reason: `manifest verification succeeded; ${describe(successes.length, required, successes)}` }
  }
  const [first, ...others] = errors
  if (first === undefined) return { verified: false, reason: `manifest verification failed; ${describe(successes.length, required, failures)}` }
  throw others.length === 0 ? first : new EvaluationError(first.code, errors.map(({ message }) => message).join('; '), { cause: first, ...(first.missing ? { missing: first.missing } : {}) })
}

function describe(verified: number, required: number, messages: readonly string[]): string {
  return `verifiedCount ${verified}; requiredCount ${required}; message ${messages.join(',')}`
}

/** Several keys in one text are as many attestors. */
function splitKeys(entry: JsonObject): readonly JsonObject[] {
  const keys = isJsonObject(entry['keys']) ? entry['keys'] : {}
  const text = typeof keys['publicKeys'] === 'string' ? keys['publicKeys'] : ''
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g) ?? []
  return blocks.length < 2 ? [entry] : blocks.map((publicKeys) => ({ ...entry, keys: { ...keys, publicKeys } }))
}

function checkAttestor(entry: JsonObject, signed: SignedObject, path: string): Attestation {
  if (isJsonObject(entry['attestor'])) return checkAttestorSet(entry['attestor'], signed, `${path}.attestor`)
  const { annotations } = signed.view.metadata
  for (const [name, value] of Object.entries(isJsonObject(entry['annotations']) ? entry['annotations'] : {})) {
    if (annotations[name] !== value) throw new EvaluationError('EXPRESSION_FAILED', `annotations mismatch: ${annotations[name] ?? ''} does not match expected value ${String(value)} for key ${name}`)
  }
  const publicKeys = isJsonObject(entry['keys']) ? entry['keys']['publicKeys'] : undefined
  if (typeof publicKeys === 'string' && publicKeys.startsWith('-----BEGIN PUBLIC KEY-----')) return checkKey(publicKeys, signed, `${path}.keys`)
  const kind = ['keys', 'certificates', 'keyless'].find((name) => isJsonObject(entry[name])) ?? 'keys'
  throw new EvaluationError('LOOKUP_UNAVAILABLE', `${path}.${kind}: only signatures of a public key that stands in the policy can be verified here`, {
    missing: { what: `the ${kind} of ${path}`, hint: 'write the public key itself into keys.publicKeys' },
  })
}

function checkKey(publicKey: string, { view, domain, ignoreFields }: SignedObject, path: string): Attestation {
  const { annotations } = view.metadata
  const message = annotations[`${domain}/message`]
  if (message === undefined) return { verified: false, reason: `${path}: YAML manifest not found for this resource: message not found` }
  const { id, object } = view.resource
  const bytes = readSignedBytes(message)
  const manifests = findManifests(bytes, id)
  if (manifests.length === 0) {
    return { verified: false, reason: `${path}: YAML manifest not found for this resource: failed to find a YAML manifest in the gzipped message` }
  }
  const ignored = ignoredFields(ignoreFields, id, domain)
  const differences = manifests.map((manifest) => findDifferences(manifest, object, ignored))
  const signatures = readSignatures(annotations, domain)
  if (signatures.length === 0) return { verified: false, reason: `${path}: failed to verify signature: signature not found` }
  if (!isSignedBy(publicKey, bytes, signatures)) {
    throw new EvaluationError('EXPRESSION_FAILED', `${path}: failed to verify signature: verification failed for ${signatures.length} signature`)
  }
  // Kyverno's spelling.
  if (differences.some((list) => list.length === 0)) return { verified: true, reason: 'singed by a valid signer: ' }
  const items = (differences[0] ?? []).map(({ key, before, after }) => ({ key, values: { after, before } }))
  return { verified: false, reason: `${path}: failed to verify signature. diff found; ${goJsonText({ items })}` }
}

function objectsOf(list: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(list) ? list.filter((item) => isJsonObject(item)) : []
}
