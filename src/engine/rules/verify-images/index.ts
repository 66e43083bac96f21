// Kyverno: pkg/engine/image_verify.go, pkg/engine/handlers/mutation/mutate_image.go
import type { ExtractedImage } from '../../../kubernetes/images.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import type { JsonPatchOperation } from '../../../model/result.ts'
import type { Rule } from '../../../model/rule.ts'
import { applyJsonPatch } from '../../../patch/json-patch.ts'
import { formatPointer } from '../../../patch/json-pointer.ts'
import { attempt } from '../../attempt.ts'
import { compileTemplate } from '../../variables/template.ts'
import { failToEvaluate, type RuleOutcome } from '../outcome.ts'
import type { RuleCompiler } from '../rule-compiler.ts'
import type { RuleRun } from '../rule-run.ts'
import { checkImages } from './check-images.ts'
import { readImageRule, type ImageRule } from './image-rule.ts'
import { compileImageFinder, type ImageFinder } from './matching-images.ts'
import { recordKey } from './verification-records.ts'
import { verifyImage, type ImageOutcome } from './verify-image.ts'

/** Prepares a verifyImages rule: it verifies and pins images, and afterwards validates that this was done. */
export const compileVerifyImages: RuleCompiler = (rule) => {
  if (rule.body.type !== 'verifyImages') return undefined
  const written = rule.body.images.map(readImageRule)
  const findImages = compileImageFinder(rule)
  const begin = beginWith(findImages, written)
  const substitute = compileSubstitution(rule, written)
  const verifies = {
    begin,
    evaluate(run: RuleRun): RuleOutcome | readonly RuleOutcome[] {
      const rules = attempt(() => substitute(run))
      if (rules.error) return failToEvaluate('failed to substitute variables', rules.error)
      return verifyImages(run, rules.value, selectImages(findImages(run), written))
    },
  }
  if (!written.some(({ verifyDigest, required }) => verifyDigest || required)) return { verifyImages: verifies }
  return { verifyImages: verifies, validate: { begin, evaluate: (run) => checkImages(run, written, findImages(run)) } }
}

/** Kyverno looks for images before anything else: without any the rule says nothing. */
function beginWith(findImages: ImageFinder, rules: readonly ImageRule[]): (run: RuleRun) => readonly RuleOutcome[] | undefined {
  return (run) => {
    const images = attempt(() => selectImages(findImages(run), rules))
    if (images.error) return [failToEvaluate('failed to instantiate handler', images.error)]
    return images.value.length === 0 ? [] : undefined
  }
}

/** An image that several entries name is there for each of them. */
function selectImages(images: readonly ExtractedImage[], rules: readonly ImageRule[]): readonly ExtractedImage[] {
  return images.flatMap((image) => rules.filter((rule) => rule.matches(image.reference.reference)).map(() => image))
}

/** The whole rule is substituted, but not the conditions that are about what an attestation says. */
function compileSubstitution(rule: Rule, written: readonly ImageRule[]): (run: RuleRun) => readonly ImageRule[] {
  const images = written.map(({ document }) => document)
  const template = compileTemplate({ ...rule.document, verifyImages: images.map(withoutConditions) })
  if (template.isConstant) return () => written
  return (run) => {
    const substituted = template.evaluate(run) as JsonObject
    const entries = isJsonArray(substituted['verifyImages']) ? substituted['verifyImages'] : []
    return entries.map((entry, index) => readImageRule(withConditions(isJsonObject(entry) ? entry : {}, images[index] ?? {})))
  }
}

function withoutConditions(image: JsonObject): JsonObject {
  const { validate, ...rest } = image
  return {
    ...rest,
    ...(isJsonObject(validate) ? { validate: { ...validate, deny: null } } : {}),
    ...(isJsonArray(image['attestations']) ? { attestations: image['attestations'].map((item) => (isJsonObject(item) ? { ...item, conditions: null } : item)) } : {}),
  }
}

function withConditions(image: JsonObject, written: JsonObject): JsonObject {
  const { validate, attestations } = written
  const attested = (item: JsonValue, index: number): JsonValue => {
    const original = isJsonArray(attestations) ? attestations[index] : undefined
    return isJsonObject(item) && isJsonObject(original) ? { ...item, conditions: original['conditions'] ?? null } : item
  }
  return {
    ...image,
    ...(isJsonObject(validate) && isJsonObject(image['validate']) ? { validate: { ...image['validate'], deny: validate['deny'] ?? null } } : {}),
    ...(isJsonArray(image['attestations']) ? { attestations: image['attestations'].map(attested) } : {}),
  }
}

function verifyImages(run: RuleRun, rules: readonly ImageRule[], images: readonly ExtractedImage[]): readonly RuleOutcome[] {
  const found: ImageOutcome[] = rules.flatMap((rule) => images.map((image) => verifyImage(run, rules, rule, image)))
  const outcomes = found.flatMap((outcome) => outcome.outcomes)
  for (const { record } of found) {
    if (record) run.fields.records.push({ ...record, policy: recordKey(run.fields.policy), rule: run.fields.rule.name })
  }
  const changes = found.flatMap(({ replacement }): readonly JsonPatchOperation[] =>
    (replacement ? [{ op: 'replace', path: formatPointer(replacement.path), value: replacement.image }] : []))
  const last = outcomes.at(-1)
  const object = run.fields.state.current?.resource.object
  if (changes.length === 0 || last === undefined || object === undefined) return outcomes
  const patched = applyJsonPatch(object, changes as unknown as JsonValue) as JsonObject
  return [...outcomes.slice(0, -1), { ...last, ...(last.status === 'pass' ? { changes } : {}), object: patched }]
}
