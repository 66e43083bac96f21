import type { ZodType } from 'zod'
import type { ManifestDocument } from '../manifest/index.ts'
import type { Problem } from '../model/errors.ts'
import type { FieldPath } from '../model/source.ts'

/** Holds a document against a schema; what is wrong is said with its place in the file. */
export function validateDocument<T>(document: ManifestDocument, schema: ZodType<T>): { readonly value: T } | { readonly problems: readonly Problem[] } {
  const result = schema.safeParse(document.value)
  return result.success ? { value: result.data } : { problems: result.error.issues.flatMap((issue) => toProblems(issue, document)) }
}

interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
}

function toProblems({ path, message, ...issue }: Issue, document: ManifestDocument): readonly Problem[] {
  const field: FieldPath = path.map((step) => (typeof step === 'number' ? step : String(step)))
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((key) => invalidConfiguration(`unknown field "${key}"`, document.locate([...field, key])))
  const name = field.length === 0 ? '' : `${field.join('.')}: `
  return [invalidConfiguration(`${name}${message.charAt(0).toLowerCase()}${message.slice(1)}`, document.locate(field))]
}

/** A problem of a configuration file. */
export function invalidConfiguration(message: string, location: Problem['location'] & object): Problem {
  return { code: 'INVALID_CONFIGURATION', severity: 'error', message, location }
}
