import type { ZodType } from 'zod'
import { kindOf, readTextFile } from '../io/files.ts'
import { parseManifests } from '../manifest/index.ts'
import type { Problem } from '../model/errors.ts'
import { validateDocument } from './validate-document.ts'

/** A configuration file held against a schema; `undefined` where there is no file. */
export function loadStrictDocument<T>(path: string, schema: ZodType<T>): { readonly value: T | undefined; readonly problems: readonly Problem[] } {
  if (kindOf(path) !== 'file') return { value: undefined, problems: [] }
  const parsed = parseManifests(readTextFile(path), path)
  const problems = parsed.problems.filter(({ code }) => code !== 'NOT_A_RESOURCE').map((problem): Problem => ({ ...problem, severity: 'error' }))
  const [document] = parsed.documents
  if (problems.length > 0) return { value: undefined, problems }
  if (document === undefined) return { value: undefined, problems: [{ code: 'INVALID_CONFIGURATION', severity: 'error', message: `${path} is empty` }] }
  const checked = validateDocument(document, schema)
  return 'problems' in checked ? { value: undefined, problems: checked.problems } : { value: checked.value, problems: [] }
}
