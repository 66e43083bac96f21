// Kyverno: api/kyverno/v1/image_verification_types.go (Validate), pkg/validation/policy/validate.go (validateRuleImageExtractorsJMESPath)
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { FieldPath } from '../../model/source.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { field, flagField, objectField, objectsField, textField, textsField } from '../read-fields.ts'
import { writtenRules, type PlacedRule } from './rule-walk.ts'

/** What verifyImages rules verify, and against whom. */
export function checkVerifyImages(policy: RulePolicy, problems: ProblemCollector): void {
  for (const rule of writtenRules(policy)) {
    // An entry without an action of its own has that of the one before.
    let audits = policy.failureAction === 'Audit'
    objectsField(rule.document, 'verifyImages').forEach((entry, index) => {
      const path = [...rule.path, 'verifyImages', index]
      audits = (textField(entry, 'failureAction') ?? (audits ? 'Audit' : 'Enforce')) === 'Audit'
      if (audits && mutatesDigest(entry)) problems.error(path, 'INVALID_RULE', 'mutateDigest must be false where failures are audited; it is true by default')
      checkEntry(entry, path, problems)
    })
    checkExtractors(rule, problems)
  }
}

function mutatesDigest(entry: JsonObject): boolean {
  return flagField(entry, 'mutateDigest') ?? true
}

function checkExtractors({ document, path }: PlacedRule, problems: ProblemCollector): void {
  const extractors = objectField(document, 'imageExtractors')
  if (extractors === undefined || !objectsField(document, 'verifyImages').some(mutatesDigest)) return
  for (const kind of Object.keys(extractors)) {
    const index = objectsField(extractors, kind).findIndex((extractor) => (textField(extractor, 'jmesPath') ?? '') !== '')
    if (index >= 0) problems.error([...path, 'imageExtractors', kind, index], 'INVALID_RULE', 'an image extractor with jmesPath cannot be used where digests are mutated')
  }
}

function checkEntry(entry: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  if (textsField(entry, 'imageReferences').length === 0 && (textField(entry, 'image') ?? '') === '') problems.error(path, 'INVALID_RULE', 'an image reference is needed')
  const isNotary = textField(entry, 'type') === 'Notary'
  objectsField(entry, 'attestations').forEach((attestation, index) => {
    objectsField(attestation, 'attestors').forEach((set, place) => checkAttestorSet(set, [...path, 'attestations', index, 'attestors', place], problems))
  })
  objectsField(entry, 'attestors').forEach((set, place) => {
    const own = [...path, 'attestors', place]
    checkAttestorSet(set, own, problems)
    if (isNotary && objectsField(set, 'entries').some((one) => objectField(one, 'keyless') ?? objectField(one, 'keys'))) {
      problems.error(own, 'INVALID_RULE', 'Notary knows certificates, neither keys nor keyless')
    }
  })
}

function checkAttestorSet(set: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const entries = objectsField(set, 'entries')
  const count = field(set, 'count')
  if (count !== undefined && Number(count) > entries.length) problems.error(path, 'INVALID_RULE', 'count cannot exceed the number of entries')
  if (entries.length === 0) problems.error(path, 'INVALID_RULE', 'an attestor needs at least one entry')
  entries.forEach((entry, index) => checkAttestor(entry, [...path, 'entries', index], problems))
}

function checkAttestor(attestor: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const [keys, certificates, keyless, nested] = ['keys', 'certificates', 'keyless', 'attestor'].map((name) => objectField(attestor, name))
  if ([keys, certificates, keyless, nested].filter((one) => one !== undefined).length !== 1) {
    problems.error(path, 'INVALID_RULE', 'an attestor is exactly one of keys, certificates, keyless and a nested attestor')
  }
  if (keys) checkKeys(keys, [...path, 'keys'], problems)
  if (certificates && !isFilled(certificates, 'cert') && !isFilled(certificates, 'certChain')) problems.error([...path, 'certificates'], 'INVALID_RULE', 'cert or certChain is needed')
  if (keyless) checkKeyless(keyless, [...path, 'keyless'], problems)
  if (nested) checkAttestorSet(nested, [...path, 'attestor'], problems)
}

const signatureAlgorithms = ['', 'sha224', 'sha256', 'sha384', 'sha512']

function checkKeys(keys: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  if (!isFilled(keys, 'publicKeys') && !isFilled(keys, 'kms') && !isJsonObject(field(keys, 'secret'))) problems.error(path, 'INVALID_RULE', 'a public key, a KMS key or a secret is needed')
  if (isFilled(keys, 'publicKeys') && !signatureAlgorithms.includes(textField(keys, 'signatureAlgorithm') ?? '')) {
    problems.error(path, 'INVALID_RULE', `signatureAlgorithm is one of ${signatureAlgorithms.slice(1).join(', ')}`)
  }
}

function checkKeyless(keyless: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const rekor = objectField(keyless, 'rekor')
  if (rekor === undefined && !isFilled(keyless, 'roots')) problems.error(path, 'INVALID_RULE', 'rekor or roots is needed')
  if (rekor !== undefined && !isFilled(rekor, 'url')) problems.error(path, 'INVALID_RULE', 'rekor needs a URL')
}

function isFilled(object: JsonObject, name: string): boolean {
  return (textField(object, name) ?? '') !== ''
}
