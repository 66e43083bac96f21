// Kyverno: pkg/engine/internal/imageverifier.go (verifyAttestations, verifyAttestation)
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import { toFloat64 } from '../../../values/numbers.ts'
import { attempt } from '../../attempt.ts'
import { evaluateConditionBlocks } from '../../conditions/index.ts'
import { compileTemplate } from '../../variables/template.ts'
import type { RuleRun } from '../rule-run.ts'
import { askVerification, type Verification } from './ask-verification.ts'
import type { Attestation, AttestorSet, ImageRule } from './image-rule.ts'

/** What came of the attestations; the run afterwards knows the predicates under the attestations' names. */
export interface AttestationsOutcome {
  readonly run: RuleRun
  readonly digest: string
  readonly failure?: { readonly message: string; readonly error?: EvaluationError }
}

/** Anybody may have attached a statement where nobody is named. */
const anybody: readonly AttestorSet[] = [{ count: 1, entries: [{}] }]

/** Every attestation must be there, vouched for, and fulfil its conditions. */
export function verifyAttestations(outer: RuleRun, rule: ImageRule, image: string): AttestationsOutcome {
  let [run, digest] = [outer, '']
  for (const [index, attestation] of rule.attestations.entries()) {
    const path = `.attestations[${index}]`
    if (attestation.type === '') return { run, digest, failure: { message: `${path}: missing type` } }
    const sets = attestation.attestors.length === 0 ? anybody : attestation.attestors
    for (const [setIndex, set] of sets.entries()) {
      const checked = checkSet(run, set, { rule, image, attestation, path: `${path}.attestors[${setIndex}]`, index })
      run = checked.run
      digest ||= checked.digest
      if (checked.failure) return { run, digest, failure: checked.failure }
    }
  }
  return { run, digest }
}

interface Subject {
  readonly rule: ImageRule
  readonly image: string
  readonly attestation: Attestation
  readonly path: string
  /** Kyverno numbers entries by the attestation, not by the entry. */
  readonly index: number
}

function checkSet(outer: RuleRun, { count, entries }: AttestorSet, subject: Subject): AttestationsOutcome {
  const { rule, image, attestation, path, index } = subject
  const messages: string[] = []
  let [run, digest, verified, error] = [outer, '', 0, undefined as EvaluationError | undefined]
  for (const attestor of entries) {
    const verification = askVerification(run, { image, rule, attestor, path: `${path}.entries[${index}]`, attestation: attestation.type })
    if (!verification.isVerified) {
      messages.push(verification.message)
      error ??= verification.error
      continue
    }
    digest ||= verification.digest
    run = withPredicate(run, attestation, verification)
    const problem = checkStatements(run, attestation, verification.statements, image)
    if (problem === undefined) verified++
    else messages.push(`${path}.entries[${index}]: ${problem}`)
    if (verified >= count) break
  }
  if (verified >= count) return { run, digest }
  const reason = messages.length === 0 ? 'attestations verification failed' : messages.join('; ')
  const message = `image attestations verification failed, verifiedCount: ${verified}, requiredCount: ${count}, error: ${reason}`
  return { run, digest, failure: { message, ...(error ? { error } : {}) } }
}

function withPredicate(run: RuleRun, { name }: Attestation, { statements }: Extract<Verification, { isVerified: true }>): RuleRun {
  const predicate = statements.map((statement) => statement['predicate']).find((value) => isJsonObject(value))
  return predicate === undefined || name === '' ? run : run.with({}, () => run.scope.extend({ [name]: toFloat64(predicate) }))
}

function checkStatements(run: RuleRun, { type, conditions }: Attestation, statements: readonly JsonObject[], image: string): string | undefined {
  const wanted = statements.filter((statement) => statement['type'] === type)
  if (wanted.length === 0) return `attestions not found for predicate type ${type}`
  for (const statement of wanted) {
    const verdict = attempt(() => holds(run, conditions, statement))
    if (verdict.error) return `failed to check attestations: ${verdict.error.message}`
    if (!verdict.value.holds) return `attestation checks failed for ${image} and predicate ${type}: ${verdict.value.message}`
  }
  return undefined
}

/** The predicate's fields are names of their own for the conditions. */
function holds(run: RuleRun, conditions: JsonValue | undefined, { predicate }: JsonObject): { readonly holds: boolean; readonly message: string } {
  if (!isJsonArray(conditions) || conditions.length === 0) return { holds: true, message: '' }
  if (!isJsonObject(predicate)) throw new EvaluationError('INVALID_CONDITION', 'failed to extract predicate from statement')
  const scope = run.scope.extend(toFloat64(predicate) as JsonObject)
  return evaluateConditionBlocks(conditions, (side) => compileTemplate(side).evaluate({ scope }))
}
