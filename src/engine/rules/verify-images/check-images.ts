// Kyverno: pkg/engine/handlers/validation/validate_image.go
import type { ExtractedImage } from '../../../kubernetes/images.ts'
import type { FieldPath } from '../../../model/source.ts'
import { attempt } from '../../attempt.ts'
import { fail, failToEvaluate, pass, skip, type RuleOutcome } from '../outcome.ts'
import type { RuleRun } from '../rule-run.ts'
import type { ImageRule } from './image-rule.ts'
import { readRecord, recordKey, type VerificationStatus } from './verification-records.ts'
import { verifySignatures } from './verify-signatures.ts'

/** The validate step of a verifyImages rule: digests must be there, and verifications must have been recorded. */
export function checkImages(run: RuleRun, rules: readonly ImageRule[], images: readonly ExtractedImage[]): RuleOutcome {
  const skipped: string[] = []
  let passed = 0
  for (const rule of rules) {
    for (const image of images.filter(({ reference }) => rule.matches(reference.reference))) {
      const status = checkImage(run, rule, image)
      if (typeof status === 'object') return status
      if (status === 'skip') skipped.push(image.reference.reference)
      else if (status === 'pass') passed++
    }
  }
  if (passed === 0 && skipped.length > 0) return skip(`image skipped, skipped images: ${skipped.join(' ')}`)
  return pass(skipped.length > 0 ? `image verified, skipped images: ${skipped.join(' ')}` : 'image verified')
}

/** What is recorded of an image where that counts, or why it fails. */
function checkImage(run: RuleRun, rule: ImageRule, { reference: { reference: image, digest }, fieldPath }: ExtractedImage): RuleOutcome | 'pass' | 'skip' | undefined {
  if (rule.verifyDigest && digest === '') return findObstacle(run, rule, image) ?? failAt(fieldPath, `missing digest for ${image}`)
  if (!rule.required) return undefined
  const status = attempt(() => recordedStatus(run, image))
  if (status.error) return failAt(fieldPath, status.error.message)
  return status.value === 'fail' ? findObstacle(run, rule, image) ?? failAt(fieldPath, `unverified image ${image}`) : status.value
}

/** In a cluster the digest or the verification would be there: where only we could not ask for it, nothing can be said. */
function findObstacle(run: RuleRun, rule: ImageRule, image: string): RuleOutcome | undefined {
  if (run.fields.environment.semantics === 'cli') return undefined
  const signatures = rule.attestors.length > 0 ? verifySignatures(run, rule, image) : undefined
  const refusal = signatures?.isVerified === false ? signatures.error : undefined
  const error = refusal ?? (rule.mutateDigest ? attempt(() => run.fields.environment.lookups.get({ kind: 'imageData', reference: image })).error : undefined)
  return error && failToEvaluate(`cannot tell whether ${image} would be verified`, error)
}

function failAt(path: FieldPath, message: string): RuleOutcome {
  return fail(message, [{ path, message }])
}

function recordedStatus({ fields }: RuleRun, image: string): VerificationStatus | undefined {
  const object = fields.state.current?.resource.object
  return object && readRecord(object, { policy: recordKey(fields.policy), rule: fields.rule.name, image })
}
