// Kyverno: pkg/cel/libs/imageverify/lib.go
import { isJsonObject, type JsonObject } from '../../../../model/json.ts'
import { fn, type CallContext, type CelLibrary, type ImageVerifier } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import { fromJson, toJson } from '../../values/json.ts'
import { failure, type CelValue } from '../../values/value.ts'

const { dyn, int, list, string } = celType

function verifier({ images }: CallContext): ImageVerifier {
  if (images === undefined) throw failure('images can only be verified by an image validating policy')
  return images
}

function readAttestors(attestors: readonly CelValue[]): readonly JsonObject[] {
  return attestors.map((attestor) => {
    const object = toJson(attestor)
    if (!isJsonObject(object)) throw failure('type conversion error: an attestor must be one of the policy\'s attestors')
    return object
  })
}

/** Signatures and attestations of images. */
export const imageVerification: CelLibrary = {
  name: 'imageVerification',
  summary: 'Signatures and attestations of images; looked up',
  functions: [
    fn('verifyImageSignatures', [string, list(dyn)], int, (image, attestors, context) =>
      BigInt(verifier(context).countSignatures(image, readAttestors(attestors)))),
    fn('verifyAttestationSignatures', [string, string, list(dyn)], int, (image, attestation, attestors, context) =>
      BigInt(verifier(context).countAttestations(image, attestation, readAttestors(attestors)))),
    fn('getImageData', [string], dyn, (reference, { lookups }) => {
      const answer = lookups.get({ kind: 'imageData', reference })
      if (answer === undefined) throw failure(`failed to get imagedata: ${reference} does not exist`)
      return fromJson(answer, 'double')
    }),
    fn('extractPayload', [string, string], dyn, (image, attestation, context) => fromJson(verifier(context).payload(image, attestation), 'double')),
  ],
}
