import type { FieldPath } from '../../model/source.ts'
import type { FieldError } from './check.ts'

/** A path in the notation of Kubernetes' field errors: `spec.containers[0].image`, `metadata.annotations[a.b/c]`. */
export function formatFieldPath(path: FieldPath): string {
  let text = ''
  path.forEach((step, index) => {
    const isKey = typeof step === 'number' || (path[index - 1] === 'annotations' && path[index - 2] === 'metadata')
    text += isKey ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`
  })
  return text
}

/** The texts that an exclusion's `values` are compared with; none for a field that is missing or empty. */
export function badValues({ badValue }: FieldError): readonly string[] {
  if (badValue === undefined || badValue === '') return []
  return typeof badValue === 'object' ? badValue : [String(badValue)]
}

/** The error as Kyverno prints it, with the field written as `field`. */
export function formatFieldError({ type, badValue }: FieldError, field: string): string {
  if (type === 'required') return `${field}: Required value`
  if (badValue === undefined || badValue === '') return `${field}: Forbidden`
  return `${field} is forbidden, forbidden values found: ${typeof badValue === 'object' ? `[${badValue.join(' ')}]` : badValue}`
}
