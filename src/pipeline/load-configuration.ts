import { dirname, join, relative, resolve } from 'node:path'
import { pathKind } from '../io/text-file.ts'
import { parseManifests, type ManifestDocument } from '../manifest/index.ts'
import type { Problem } from '../model/errors.ts'
import type { FieldPath } from '../model/source.ts'
import type { Configuration } from './configuration-schema.ts'
import type { SourceTexts } from './source-texts.ts'

/** A configuration and the folder that its paths start from. */
export interface LoadedConfiguration {
  readonly configuration: Configuration
  /** As messages call it; undefined where no file was found. */
  readonly file?: string
  readonly problems: readonly Problem[]
}

const fileNames = ['.presync.yaml', '.presync.yml'] as const

/** Finds `.presync.yaml` in a folder or above it; undefined where there is none. */
export function findConfiguration(folder: string): string | undefined {
  for (let current = resolve(folder); ; current = dirname(current)) {
    for (const name of fileNames) {
      const path = join(current, name)
      if (pathKind(path) === 'file') return path
    }
    if (dirname(current) === current) return undefined
  }
}

/** Reads a configuration file; paths in it come back relative to `cwd`. What is wrong with it is said with its place, and nothing of it counts. */
export async function loadConfiguration(path: string, cwd: string, texts: SourceTexts): Promise<LoadedConfiguration> {
  const file = relative(cwd, path) || path
  const parsed = parseManifests(texts.read(path, file), file)
  // A configuration is no Kubernetes object, and need not be one.
  const problems = parsed.problems.filter(({ code }) => code !== 'NOT_A_RESOURCE').map((problem): Problem => ({ ...problem, severity: 'error' }))
  const [document, second] = parsed.documents
  if (document === undefined || problems.length > 0) return { configuration: {}, file, problems }
  if (second !== undefined) return { configuration: {}, file, problems: [invalid('a configuration is one document', second.source)] }
  const checked = await check(document)
  return 'problems' in checked ? { configuration: {}, file, problems: checked.problems } : { configuration: withPaths(checked.configuration, relative(cwd, dirname(path))), file, problems: [] }
}

async function check(document: ManifestDocument): Promise<{ readonly configuration: Configuration } | { readonly problems: readonly Problem[] }> {
  const { configurationSchema } = await import('./configuration-schema.ts')
  const result = configurationSchema.safeParse(document.value)
  if (result.success) return { configuration: result.data }
  return { problems: result.error.issues.flatMap((issue) => toProblems(issue, document)) }
}

interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
}

function toProblems({ path, message, ...issue }: Issue, document: ManifestDocument): readonly Problem[] {
  const field: FieldPath = path.map((step) => (typeof step === 'number' ? step : String(step)))
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((key) => invalid(`unknown field "${key}"`, document.locate([...field, key])))
  const name = field.length === 0 ? '' : `${field.join('.')}: `
  return [invalid(`${name}${message.charAt(0).toLowerCase()}${message.slice(1)}`, document.locate(field))]
}

function invalid(message: string, location: Problem['location'] & object): Problem {
  return { code: 'INVALID_CONFIGURATION', severity: 'error', message, location }
}

/** Paths of the file seen from the working folder; addresses and built-in names stay. */
function withPaths(configuration: Configuration, folder: string): Configuration {
  const move = (paths: readonly string[]): string[] => paths.map((path) => (/^(?:builtin:|[\w+]+:\/\/|git::|[\w.-]+@[\w.-]+:)/.test(path) ? path : join(folder, path)))
  const moved = Object.entries(configuration).map(([key, value]) => [key, key !== 'apiVersions' && Array.isArray(value) ? move(value as string[]) : value])
  return Object.fromEntries(moved) as Configuration
}
