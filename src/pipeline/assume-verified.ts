import { EvaluationError } from '../model/errors.ts'
import { isJsonObject, type JsonValue } from '../model/json.ts'
import type { LookupRequest } from '../model/lookups.ts'
import type { RunLookups } from './run-lookups.ts'

/** Stands for the digest of an image that nobody looked up. */
export const assumedDigest = `sha256:${'0'.repeat(64)}`

/**
 * Look-ups for predictions: where no registry is asked, an image counts as signed, because admission refuses what is not, and has a digest,
 * because the place where Kyverno writes it is all that an entry needs to know.
 */
export function assumeVerified({ lookups, load }: RunLookups): RunLookups {
  const get = (request: LookupRequest): JsonValue | undefined => {
    try {
      return lookups.get(request)
    } catch (error) {
      const assumed = error instanceof EvaluationError && error.code === 'LOOKUP_UNAVAILABLE' ? assume(request) : undefined
      if (assumed === undefined) throw error
      return assumed
    }
  }
  return { lookups: { get, now: lookups.now, random: () => lookups.random() }, load }
}

function assume(request: LookupRequest): JsonValue | undefined {
  switch (request.kind) {
    case 'imageVerification': {
      const type = isJsonObject(request.attestor) ? request.attestor['attestation'] : undefined
      return { verified: true, digest: assumedDigest, statements: type === undefined ? [] : [{ type, predicate: {} }] }
    }
    case 'imageData': return { image: request.reference, resolvedImage: `${request.reference.replace(/@.*$/, '')}@${assumedDigest}` }
    default: return undefined
  }
}
