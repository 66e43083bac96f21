// Kyverno: pkg/image/verification/evaluator/policy.go (MutateDigest), pkg/cel/policies/ivpol/engine/engine.go (handleMutation)
import { extractImages } from '../../kubernetes/images.ts'
import type { ImageValidatingPolicy } from '../../model/cel-policy.ts'
import { EvaluationError } from '../../model/errors.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { Lookups } from '../../model/lookups.ts'
import type { FieldPath } from '../../model/source.ts'
import { applyJsonPatch } from '../../patch/json-patch.ts'
import { formatPointer } from '../../patch/json-pointer.ts'
import { attempt } from '../attempt.ts'
import { failToEvaluate } from '../rules/outcome.ts'
import type { StepInput } from '../step.ts'
import type { CelOutcome } from './cel-result.ts'
import { conditionsHold } from './conditions.ts'
import type { ImageMatcher } from './image-references.ts'
import { matchSubject, startRun, type CelCore } from './kyverno-policy.ts'

/** What of an image validating policy decides which images it pins. */
export interface Pinning {
  readonly policy: ImageValidatingPolicy
  readonly core: CelCore
  readonly matchesImage: ImageMatcher
}

export interface Pinned {
  /** The object with digests; the same object where nothing was to be pinned. */
  readonly object: JsonObject
  /** Why an image could not be pinned. The others are all the same. */
  readonly failure?: CelOutcome
}

/**
 * Replaces the tags of the images that a policy is about by the digests that the registry has for them, as Kyverno's webhook does before policies
 * verify. Its command line never does.
 */
export function pinImages({ policy, core, matchesImage }: Pinning, input: StepInput): Pinned | undefined {
  const { state, environment } = input
  const object = state.current?.resource.object
  const subject = policy.mutateDigest && environment.semantics === 'cluster' ? matchSubject(core, input) : undefined
  if (subject === undefined || object === undefined) return undefined
  const run = startRun(subject, input)
  const applies = attempt(() => conditionsHold(run, core.conditions) && !core.exceptions.some(({ conditions }) => conditionsHold(run, conditions)))
  if (applies.error !== undefined) return { object, failure: explain(applies.error) }
  if (!applies.value) return undefined
  const unpinned = attempt(() => findUnpinned(object, (image) => matchesImage(image, (program) => program.evaluate({ ref: image }))))
  if (unpinned.error !== undefined) return { object, failure: explain(unpinned.error) }
  return pinAll(object, unpinned.value, environment.lookups)
}

interface Unpinned { readonly image: string; readonly path: FieldPath }

function findUnpinned(object: JsonObject, matches: (image: string) => boolean): readonly Unpinned[] {
  return Array.from(extractImages(object).values(), (group) => Array.from(group.values())).flat()
    .filter(({ reference }) => reference.digest === '' && matches(reference.reference))
    .map(({ reference, fieldPath }) => ({ image: reference.reference, path: fieldPath }))
}

function pinAll(object: JsonObject, unpinned: readonly Unpinned[], lookups: Lookups): Pinned {
  let pinned = object
  let failure: CelOutcome | undefined
  for (const { image, path } of unpinned) {
    const digest = attempt(() => resolveDigest(image, lookups))
    if (digest.error === undefined) pinned = applyJsonPatch(pinned, [{ op: 'replace', path: formatPointer(path), value: `${image}@${digest.value}` }]) as JsonObject
    else failure ??= explain(digest.error, `failed to resolve digest for image ${image}: `)
  }
  return { object: pinned, ...(failure ? { failure } : {}) }
}

function resolveDigest(reference: string, lookups: Lookups): string {
  const data = lookups.get({ kind: 'imageData', reference })
  const digest = isJsonObject(data) ? data['digest'] : undefined
  if (typeof digest !== 'string' || digest === '') throw new EvaluationError('LOOKUP_FAILED', 'the registry names no digest')
  return digest
}

function explain(error: EvaluationError, words = ''): CelOutcome {
  const outcome = failToEvaluate('failed to update digest', error)
  return { ...outcome, message: `failed to update digest: ${words}${error.message}`, rule: 'mutateDigest', place: ['spec', 'validationConfigurations'] }
}
