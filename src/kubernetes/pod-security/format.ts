// Faithful to Kyverno's pkg/pss/evaluate.go (FormatChecksPrint).
import type { Violation } from '../../model/result.ts'
import type { FieldError, PodSecurityViolation } from './check.ts'
import { formatFieldError, formatFieldPath } from './field-error.ts'
import type { PlacedPod } from './pod-of-resource.ts'

/** All that forbids a Pod, in one line, as Kyverno's rule message ends. */
export function formatPodSecurityViolations(violations: readonly PodSecurityViolation[], { rewriteField }: Pick<PlacedPod, 'rewriteField'>): string {
  const format = (error: FieldError) => formatFieldError(error, rewriteField(formatFieldPath(error.path)))
  return violations.map(({ reason, errors = [] }) => `(Forbidden reason: ${reason}, field error list: [${errors.map(format).join(', ')}])`).join('')
}

/** One violation a field, each with its path in the resource. */
export function toViolations(violations: readonly PodSecurityViolation[], { place }: Pick<PlacedPod, 'place'>): Violation[] {
  return violations.flatMap(({ reason, detail, errors, places = [] }) => {
    if (errors === undefined) return places.map((path) => ({ path: place(path), message: `${reason}: ${detail}` }))
    return errors.map((error) => ({ path: place(error.path), message: `${reason}: ${formatFieldError(error, formatFieldPath(place(error.path)))}` }))
  })
}
