// Kyverno: pkg/engine/internal/imageverifier.go (Verify, verifyImage, handleMutateDigest)
import type { ExtractedImage } from '../../../kubernetes/images.ts'
import { isJsonObject, type JsonObject } from '../../../model/json.ts'
import type { FieldPath } from '../../../model/source.ts'
import { attempt } from '../../attempt.ts'
import { fail, failToEvaluate, pass, skip, type RuleOutcome } from '../outcome.ts'
import type { RuleRun } from '../rule-run.ts'
import type { ImageRule } from './image-rule.ts'
import { findDenial } from './find-denial.ts'
import { readRecord, recordKey, type VerificationStatus } from './verification-records.ts'
import { verifyAttestations } from './verify-attestations.ts'
import { verifySignatures } from './verify-signatures.ts'

/** What an entry of `verifyImages` came to for one image. */
export interface ImageOutcome {
  readonly outcomes: readonly RuleOutcome[]
  readonly record?: { readonly image: string; readonly status: VerificationStatus }
  /** The image with the digest that it gets. */
  readonly replacement?: { readonly path: FieldPath; readonly image: string }
}

/** Verifies one image, and gives it a digest where it has none and should. */
export function verifyImage(run: RuleRun, rules: readonly ImageRule[], rule: ImageRule, extracted: ExtractedImage): ImageOutcome {
  const { reference, fieldPath } = extracted
  const image = reference.reference
  if (wasVerifiedBefore(run, extracted)) return { outcomes: [], record: { image, status: 'pass' } }
  const named = run.with({}, () => run.scope.extend({ image: describeImage(extracted) }))
  const { outcome, digest } = verify(named, rules, rule, image)
  const recordFor = (name: string): Pick<ImageOutcome, 'record'> =>
    (outcome !== undefined && rule.attestors.length + rule.attestations.length > 0 ? { record: { image: name, status: toStatus(outcome) } } : {})
  if (!rule.mutateDigest || reference.digest !== '') return { outcomes: outcome ? [outcome] : [], ...recordFor(image) }
  const found = attempt(() => digest || fetchDigest(run, image))
  if (found.error) {
    if (found.error.missing) run.fields.missing.push(found.error.missing)
    return { outcomes: [failToEvaluate('failed to update digest', found.error), ...(outcome ? [outcome] : [])], ...recordFor(image) }
  }
  return {
    outcomes: [outcome ?? pass('mutated image digest')],
    ...recordFor(`${placeOf(extracted)}@${found.value}`),
    replacement: { path: fieldPath, image: `${image}@${found.value}` },
  }
}

function placeOf({ reference: { registry, path } }: ExtractedImage): string {
  return registry === '' ? path : `${registry}/${path}`
}

interface Verified {
  readonly outcome: RuleOutcome | undefined
  readonly digest: string
}

function verify(run: RuleRun, rules: readonly ImageRule[], rule: ImageRule, image: string): Verified {
  if (rule.attestors.length === 0 && rule.attestations.length === 0) return { outcome: undefined, digest: '' }
  const { policy, rule: { name } } = run.fields
  if (!rule.matches(image) || rule.skips(image)) return { outcome: skip(`skipping image reference image ${image}, policy ${policy.name} ruleName ${name}`), digest: '' }
  if (rule.attestors.length > 0) {
    const signatures = verifySignatures(run, rule, image)
    if (!signatures.isVerified) {
      const message = `failed to verify image ${image}: ${signatures.message}`
      return { outcome: signatures.error ? { status: 'error', message, error: signatures.error } : fail(message), digest: '' }
    }
    if (rule.attestations.length === 0) return { outcome: pass(`verified image signatures for ${image}`), digest: signatures.digest }
  }
  const attested = verifyAttestations(run, rule, image)
  if (attested.failure) {
    const { message, error } = attested.failure
    return { outcome: error ? { status: 'error', message, error } : fail(message), digest: '' }
  }
  return { outcome: findDenial(attested.run, rules, name) ?? pass(`verified image attestations for ${image}`), digest: attested.digest }
}

/** An UPDATE that leaves the image as it is does not need another verification. */
function wasVerifiedBefore({ fields }: RuleRun, { fieldPath, reference }: ExtractedImage): boolean {
  const { old, current } = fields.state
  if (old === undefined || current === undefined) return false
  if (valueAt(old.resource.object, fieldPath) !== valueAt(current.resource.object, fieldPath)) return false
  const status = attempt(() => readRecord(old.resource.object, { policy: recordKey(fields.policy), rule: fields.rule.name, image: reference.reference }))
  return !status.error && status.value !== 'fail'
}

function valueAt(object: JsonObject, path: FieldPath): unknown {
  let value: unknown = object
  for (const key of path) value = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
  return value
}

function describeImage({ reference }: ExtractedImage): JsonObject {
  return { ...reference }
}

function toStatus(outcome: RuleOutcome): VerificationStatus {
  return outcome.status === 'pass' || outcome.status === 'skip' ? outcome.status : 'fail'
}

function fetchDigest({ fields }: RuleRun, image: string): string {
  const data = fields.environment.lookups.get({ kind: 'imageData', reference: image })
  const resolved = isJsonObject(data) && typeof data['resolvedImage'] === 'string' ? data['resolvedImage'] : ''
  return resolved.slice(resolved.lastIndexOf('@') + 1)
}
