// Kyverno: pkg/cel/libs/imageverify/{impl,results}.go
import type { ImageVerifier } from '../../expression/cel/index.ts'
import type { ImageValidatingPolicy } from '../../model/cel-policy.ts'
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { Lookups } from '../../model/lookups.ts'
import { attempt } from '../attempt.ts'

/** Which images of a request were verified by any policy: false for those whose verification failed. */
export type Verifications = Map<string, boolean>

export interface ImageVerifierOptions {
  readonly policy: ImageValidatingPolicy
  readonly lookups: Lookups
  readonly verifications: Verifications
  /** Whether the policy is about an image. */
  matches(image: string): boolean
}

/** Asks the outside world for signatures and attestations. An attestor who cannot be asked has not signed; what nobody could ask is an error. */
export function createImageVerifier({ policy, lookups, verifications, matches }: ImageVerifierOptions): ImageVerifier {
  const payloads = new Map<string, JsonValue>()
  const ask = (image: string, attestor: JsonObject, attestation?: JsonObject): JsonObject | undefined => {
    const { credentials } = policy
    const question = { ...attestor, ...(credentials === undefined ? {} : { credentials }), ...(attestation === undefined ? {} : { attestation }) }
    const answer = attempt(() => lookups.get({ kind: 'imageVerification', reference: image, attestor: question }))
    if (answer.error?.code === 'LOOKUP_UNAVAILABLE') throw answer.error
    return answer.error === undefined && isJsonObject(answer.value) && answer.value['verified'] === true ? answer.value : undefined
  }
  const count = (image: string, attestors: readonly JsonObject[], isVerified: (attestor: JsonObject) => boolean): number => {
    if (!matches(image)) return 0
    const verified = attestors.filter(isVerified).length
    if (attestors.length > 0) verifications.set(image, (verifications.get(image) ?? false) || verified > 0)
    return verified
  }
  const find = (name: string): JsonObject => {
    const found = policy.attestations.find((attestation) => attestation.name === name)
    if (found === undefined) throw new EvaluationError('EXPRESSION_FAILED', `attestation not found in policy: ${name}`)
    return found.document
  }
  return {
    countSignatures: (image, attestors) => count(image, attestors, (attestor) => ask(image, attestor) !== undefined),
    countAttestations(image, name, attestors) {
      const attestation = find(name)
      return count(image, attestors, (attestor) => {
        const answer = ask(image, attestor, attestation)
        if (answer !== undefined) payloads.set(`${image}\n${name}`, readPayload(answer))
        return answer !== undefined
      })
    },
    payload(image, name) {
      find(name)
      const payload = payloads.get(`${image}\n${name}`)
      if (payload === undefined) throw new EvaluationError('EXPRESSION_FAILED', 'failed to get payload: the attestation was not verified before')
      return payload
    },
  }
}

/** What the first statement says. */
function readPayload({ statements }: JsonObject): JsonValue {
  const [first = null] = isJsonArray(statements ?? null) ? statements as readonly JsonValue[] : []
  return isJsonObject(first) && Object.hasOwn(first, 'predicate') ? first['predicate'] ?? null : first
}
