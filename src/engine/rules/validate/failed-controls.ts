// Kyverno: pkg/engine/handlers/validation/validate_pss.go (addImages), pkg/utils/report/results.go (addPodSecurityProperties)
import { extractImages, type ExtractedImages } from '../../../kubernetes/images.ts'
import { controlOf, type PodSecurityStandard, type PodSecurityViolation } from '../../../kubernetes/pod-security/index.ts'
import type { JsonObject } from '../../../model/json.ts'
import { stringifyJson } from '../../../values/json-text.ts'
import { attempt } from '../../attempt.ts'

/** What reports say of the controls that a resource violates; exceptions are made of it. */
export function describeControls({ level, version }: PodSecurityStandard, violations: readonly PodSecurityViolation[], object: JsonObject): Readonly<Record<string, string>> {
  const found = attempt(() => extractImages(object))
  const images: ExtractedImages = found.error ? new Map() : found.value
  const controls = violations.map(({ id, detail }) => ({ ID: id, Name: controlOf(id) ?? '', Images: imagesOf(detail, images) }))
  return { standard: level, version, controls: violations.map(({ id }) => id).join(','), controlsJSON: stringifyJson(controls) }
}

/** The images of the containers that a check complains of. Kyverno takes their names out of the complaint, and so leaves out what it words otherwise. */
function imagesOf(detail: string, images: ExtractedImages): readonly string[] | null {
  const names = /containers?\s*(.*?)\s*must/.exec(detail)?.[1]
  return names === undefined ? null : names.replace(/[" ]/g, '').split(',').map((name) => imageOf(name, images))
}

function imageOf(container: string, images: ExtractedImages): string {
  for (const group of ['containers', 'initContainers', 'ephemeralContainers']) {
    const reference = images.get(group)?.get(container)?.reference
    if (reference) return `${reference.registry === '' ? '' : `${reference.registry}/`}${reference.path}${reference.digest === '' ? `:${reference.tag}` : `@${reference.digest}`}`
  }
  return container
}
