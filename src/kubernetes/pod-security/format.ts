// Faithful to Kyverno's pkg/pss/evaluate.go (FormatChecksPrint).
import type { Violation } from '../../model/result.ts'
import type { FieldError, PodSecurityViolation } from './check.ts'
import { podSecurityChecks } from './checks/index.ts'
import { badValues, formatFieldError, formatFieldPath } from './field-error.ts'
import type { PlacedPod } from './pod-of-resource.ts'

const remedies: ReadonlyMap<string, string> = new Map(podSecurityChecks.map(({ id, remedy }) => [id, remedy]))

/** All that forbids a Pod, in one line, as Kyverno's rule message ends. */
export function formatPodSecurityViolations(violations: readonly PodSecurityViolation[], { rewriteField }: Pick<PlacedPod, 'rewriteField'>): string {
  const format = (error: FieldError) => formatFieldError(error, rewriteField(formatFieldPath(error.path)))
  return violations.map(({ reason, errors = [] }) => `(Forbidden reason: ${reason}, field error list: [${errors.map(format).join(', ')}])`).join('')
}

/** One violation a field: its path in the resource, what is wrong with it, and what to do. */
export function toViolations(violations: readonly PodSecurityViolation[], { place }: Pick<PlacedPod, 'place'>): Violation[] {
  return violations.flatMap(({ id, reason, detail, errors, places = [] }) => {
    const remedy = remedies.get(id) ?? ''
    if (errors === undefined) return places.map((path) => ({ path: place(path), message: `${reason}: ${detail}; ${remedy}` }))
    return errors.map((error) => ({ path: place(error.path), message: `${reason}: ${describe(error)}; ${remedy}` }))
  })
}

function describe(error: FieldError): string {
  const values = badValues(error)
  // "nil" is how Kyverno names the value of a field that is not set.
  if (error.type === 'required' || error.badValue === 'nil') return 'not set'
  return values.length === 0 ? 'not allowed' : `set to ${values.join(', ')}`
}
