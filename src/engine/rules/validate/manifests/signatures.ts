// k8s-manifest-sigstore: pkg/k8smanifest/verify.go (BlobSignatureVerifier)
import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { EvaluationError } from '../../../../model/errors.ts'

/** The signatures of a manifest: `signature`, `signature_1` and so on, up to the first that is missing. */
export function readSignatures(annotations: Readonly<Record<string, string>>, domain: string): readonly string[] {
  const found: string[] = []
  for (let signature = annotations[`${domain}/signature`]; signature !== undefined; signature = annotations[`${domain}/signature_${found.length}`]) found.push(signature)
  return found
}

/** Whether one of the signatures is the key's; throws where the key cannot be read. */
export function isSignedBy(publicKey: string, signed: Buffer, signatures: readonly string[]): boolean {
  const key = readKey(publicKey)
  // Ed25519 signs the message itself, the others its digest.
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  return signatures.some((signature) => verify(algorithm, signed, key, Buffer.from(signature, 'base64')))
}

function readKey(publicKey: string): KeyObject {
  try {
    return createPublicKey(publicKey)
  } catch (error) {
    throw new EvaluationError('INVALID_RULE', `failed to verify signature: the public key cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
