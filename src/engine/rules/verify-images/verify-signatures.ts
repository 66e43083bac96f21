// Kyverno: pkg/engine/internal/imageverifier.go (verifyAttestors, verifyAttestorSet)
import type { EvaluationError } from '../../../model/errors.ts'
import { isJsonObject } from '../../../model/json.ts'
import type { RuleRun } from '../rule-run.ts'
import { askVerification, type Verification } from './ask-verification.ts'
import { readSet, type AttestorSet, type ImageRule } from './image-rule.ts'

/** Every set must vouch for the image; the last one's digest counts. */
export function verifySignatures(run: RuleRun, rule: ImageRule, image: string): Verification {
  let last: Verification | undefined
  for (const [index, set] of rule.attestors.entries()) {
    last = verifySet(run, set, { rule, image, path: `.attestors[${index}]` })
    if (!last.isVerified) return last
  }
  return last ?? { isVerified: false, message: 'invalid response: nil' }
}

interface Subject {
  readonly rule: ImageRule
  readonly image: string
  readonly path: string
}

function verifySet(run: RuleRun, { count, entries }: AttestorSet, { rule, image, path }: Subject): Verification {
  const messages: string[] = []
  let [verified, error] = [0, undefined as EvaluationError | undefined]
  for (const [index, attestor] of entries.entries()) {
    const place = `${path}.entries[${index}]`
    const nested = attestor['attestor']
    const verification = isJsonObject(nested)
      ? verifySet(run, readSet(nested), { rule, image, path: `${place}.attestor` })
      : askVerification(run, { image, rule, attestor, path: place })
    if (verification.isVerified) {
      verified++
      if (verified >= count) return verification
    } else {
      messages.push(verification.message)
      error ??= verification.error
    }
  }
  return { isVerified: false, message: messages.join('; '), ...(error ? { error } : {}) }
}
