// Kyverno: pkg/engine/internal/imageverifier.go (buildCosignVerifier, buildNotaryVerifier), pkg/image/verifiers
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import { attempt } from '../../attempt.ts'
import type { RuleRun } from '../rule-run.ts'
import type { ImageRule } from './image-rule.ts'

/** What an attestor says of an image. */
export type Verification =
  | { readonly isVerified: true; readonly digest: string; readonly statements: readonly JsonObject[] }
  | { readonly isVerified: false; readonly message: string
      /** The attestor could not be asked, in a way that Kyverno reports as an error and not as a failure. */
      readonly error?: EvaluationError }

export interface VerificationQuestion {
  readonly image: string
  readonly rule: ImageRule
  /** One entry of an attestor set. */
  readonly attestor: JsonObject
  /** Where it stands, as messages name it. */
  readonly path: string
  /** The type of the attestation that is wanted instead of a signature. */
  readonly attestation?: string
}

/** What of an entry of `verifyImages` changes the answer. */
const relevantFields = ['type', 'repository', 'cosignOCI11', 'annotations', 'additionalExtensions', 'imageRegistryCredentials']

/**
 * Asks whether an attestor vouches for an image. Cryptography and registries are behind the port: the answer is an object with `verified`,
 * `digest`, `error`, and for attestations `statements` (objects with `type` and `predicate`).
 */
export function askVerification(run: RuleRun, { image, rule, attestor, path, attestation }: VerificationQuestion): Verification {
  const settings = Object.fromEntries(relevantFields.flatMap((name) => (Object.hasOwn(rule.document, name) ? [[name, rule.document[name] as JsonValue]] : [])))
  const question: JsonObject = { ...settings, ...attestor, ...(attestation === undefined ? {} : { attestation }) }
  const where = `${path}${attestorKind(attestor)}`
  const answer = attempt(() => run.fields.environment.lookups.get({ kind: 'imageVerification', reference: image, attestor: question }))
  if (answer.error) return refuse(run, { where, attestor, rule, error: answer.error, isAttestation: attestation !== undefined })
  return readAnswer(answer.value, where)
}

function readAnswer(answer: JsonValue | undefined, where: string): Verification {
  if (!isJsonObject(answer) || answer['verified'] !== true) {
    const reason = isJsonObject(answer) && typeof answer['error'] === 'string' ? answer['error'] : 'no signatures found'
    return { isVerified: false, message: `${where}: ${reason}` }
  }
  const { digest, statements } = answer
  return {
    isVerified: true, digest: typeof digest === 'string' ? digest : '',
    statements: isJsonArray(statements) ? statements.filter((item) => isJsonObject(item)) : [],
  }
}

interface Refusal {
  readonly where: string
  readonly attestor: JsonObject
  readonly rule: ImageRule
  readonly error: EvaluationError
  readonly isAttestation: boolean
}

function refuse(run: RuleRun, { where, attestor, rule, error, isAttestation }: Refusal): Verification {
  if (error.missing) run.fields.missing.push(error.missing)
  const message = `${where}: ${error.message}`
  return run.fields.environment.semantics === 'cli' && failsOffline(attestor, rule, isAttestation)
    ? { isVerified: false, message }
    : { isVerified: false, message, error: new EvaluationError(error.code, message, { cause: error, ...(error.missing ? { missing: error.missing } : {}) }) }
}

/**
 * Without a network the real CLI fails before it comes to the registry, while it looks for the keys of the transparency log, and calls
 * that a failure; only an unreachable registry is an error, and for attestations not even that.
 */
function failsOffline(attestor: JsonObject, rule: ImageRule, isAttestation: boolean): boolean {
  if (isAttestation) return true
  if (rule.document['type'] === 'Notary') return false
  const identity = ['keys', 'certificates', 'keyless'].map((name) => attestor[name]).find((value) => isJsonObject(value)) as JsonObject | undefined
  const rekor = isJsonObject(identity?.['rekor']) ? identity['rekor'] : {}
  return isJsonObject(attestor['keyless']) || rekor['ignoreTlog'] !== true
}

function attestorKind(attestor: JsonObject): string {
  const kind = ['keys', 'certificates', 'keyless'].find((name) => isJsonObject(attestor[name]))
  return kind === undefined ? '' : `.${kind}`
}
