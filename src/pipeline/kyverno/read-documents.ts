import { parseManifests, type ManifestDocument } from '../../manifest/index.ts'
import { KnownError, type Problem } from '../../model/errors.ts'

/** What kept a file of Kyverno's command line from being used: the run of a test, or the whole command, ends with it. */
export class InputError extends KnownError<'INVALID_INPUT'> {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super('INVALID_INPUT', message, options)
  }
}

/** Broken YAML is an error of the file; that a document is no resource, or has no name, is for its reader to judge. */
const judgedElsewhere: ReadonlySet<string> = new Set(['NOT_A_RESOURCE', 'RESOURCE_WITHOUT_NAME'])

/** The documents of a text; empty ones are left out, broken ones throw. */
export function readDocuments(text: string, file: string, options: { readonly strict?: boolean } = {}): readonly ManifestDocument[] {
  const { documents, problems } = parseManifests(text, file)
  const fatal = problems.find(({ code, severity }) => !judgedElsewhere.has(code) && (severity === 'error' || (options.strict === true && code === 'DUPLICATE_KEY')))
  if (fatal !== undefined) throw new InputError(withPlace(fatal))
  return documents
}

/** The message of a problem behind the place that it is about. */
export function withPlace({ message, location }: Problem): string {
  return location === undefined ? message : `${location.file}:${location.line}:${location.column}: ${message}`
}
