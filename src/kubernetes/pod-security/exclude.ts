// Faithful to Kyverno's pkg/pss/evaluate.go (ApplyPodSecurityExclusion, exemptExclusions).
import type { FieldPath } from '../../model/source.ts'
import { matchesWildcard } from '../../values/wildcard.ts'
import type { FieldError, PodSecurityViolation } from './check.ts'
import { checksOfControl } from './controls.ts'
import { badValues, formatFieldPath } from './field-error.ts'
import { containerLists, type Container, type Pod } from './pod.ts'

/** One entry of `exclude`: forgives a control, whole or in part. */
export interface PodSecurityExclusion {
  readonly controlName: string
  /** Empty: what the Pod itself sets. Else: what the containers with one of these images set. */
  readonly images: readonly string[]
  /** A field, with `*` for each index; empty for any. */
  readonly restrictedField: string
  /** Values that are forgiven; empty for any. */
  readonly values: readonly string[]
}

/** Takes away what one entry forgives: it checks the excluded part by itself and strikes each accepted error from the list, once. */
export function applyExclusion(
  violations: readonly PodSecurityViolation[], exclusion: PodSecurityExclusion, pod: Pod, evaluate: (pod: Pod) => readonly PodSecurityViolation[],
): readonly PodSecurityViolation[] {
  const part = exclusion.images.length === 0 ? podAlone(pod) : containersAlone(pod, exclusion.images)
  const remaining = new Map(violations.map((violation) => [violation.id, violation]))
  const ids = checksOfControl(exclusion.controlName)
  for (const { id, errors: accepted = [] } of evaluate(part)) {
    if (!ids.includes(id)) continue
    for (const error of accepted) {
      if (!isAccepted(error, exclusion)) continue
      const violation = remaining.get(id)
      if (violation?.errors === undefined) continue
      const errors = strike(violation.errors, (candidate) => withoutIndexes(candidate) === withoutIndexes(error)
        && (exclusion.images.length === 0 || containerName(candidate.path, pod) === containerName(error.path, part)))
      if (errors.length === 0) remaining.delete(id)
      else remaining.set(id, { ...violation, errors })
    }
  }
  return [...remaining.values()]
}

/** The Pod's own settings, with one bare container, so that "nothing is set anywhere" still shows. */
function podAlone({ metadata, spec }: Pod): Pod {
  return { metadata, spec: { ...spec, containers: [{ name: 'fake' }], initContainers: null, ephemeralContainers: null } }
}

/** The containers whose image, as written, fits one of the wildcards; without the Pod's settings and annotations. */
function containersAlone({ spec }: Pod, images: readonly string[]): Pod {
  const fitting = (containers: readonly Container[] | null | undefined): readonly Container[] =>
    (containers ?? []).filter((container) => images.some((image) => matchesWildcard(image, container?.image ?? '')))
  return { metadata: {}, spec: Object.fromEntries(containerLists.map((list) => [list, fitting(spec[list])])) }
}

function isAccepted(error: FieldError, { restrictedField, values }: PodSecurityExclusion): boolean {
  if (restrictedField !== '' && restrictedField !== withoutIndexes(error)) return false
  return values.length === 0 || badValues(error).every((bad) => values.some((value) => matchesWildcard(value, bad)))
}

/** Containers are told by name, since in the part they have other indexes. */
function containerName([, list, index]: FieldPath, { spec }: Pod): string | undefined {
  const known = containerLists.find((name) => name === list)
  return known === undefined ? undefined : spec[known]?.[index as number]?.name ?? ''
}

/** Every run of digits counts as an index, in names of annotations too. */
function withoutIndexes({ path }: FieldError): string {
  return formatFieldPath(path).replace(/\d+/g, '*')
}

/** Removes the first that fits; Kyverno puts the last one in its place, which later messages show. */
function strike(errors: readonly FieldError[], fits: (error: FieldError) => boolean): readonly FieldError[] {
  const index = errors.findIndex(fits)
  if (index === -1) return errors
  const last = errors.at(-1) as FieldError
  return errors.slice(0, -1).map((error, position) => (position === index ? last : error))
}
