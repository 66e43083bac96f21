import { dirname, join, relative, resolve } from 'node:path'
import { kindOf } from '../io/files.ts'
import { parseManifests } from '../manifest/index.ts'
import type { Problem } from '../model/errors.ts'
import type { Configuration } from './configuration-schema.ts'
import type { SourceTexts } from './source-texts.ts'
import { invalidConfiguration, validateDocument } from './validate-document.ts'

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
      if (kindOf(path) === 'file') return path
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
  if (second !== undefined) return { configuration: {}, file, problems: [invalidConfiguration('a configuration is one document', second.source)] }
  const { configurationSchema } = await import('./configuration-schema.ts')
  const checked = validateDocument(document, configurationSchema)
  return 'problems' in checked ? { configuration: {}, file, problems: checked.problems } : { configuration: withPaths(checked.value, relative(cwd, dirname(path))), file, problems: [] }
}

/** Paths of the file seen from the working folder; addresses and built-in names stay. */
function withPaths(configuration: Configuration, folder: string): Configuration {
  const move = (path: string): string => (/^(?:builtin:|[\w+]+:\/\/|git::|[\w.-]+@[\w.-]+:)/.test(path) ? path : join(folder, path))
  const moved = Object.entries(configuration).map(([key, value]) => {
    if (key === 'clusters' || key === 'baseline') return [key, move(value as string)]
    if (key === 'repositories') return [key, Object.fromEntries(Object.entries(value as Record<string, string>).map(([url, path]) => [url, join(folder, path)]))]
    return [key, key !== 'apiVersions' && Array.isArray(value) ? (value as string[]).map(move) : value]
  })
  return Object.fromEntries(moved) as Configuration
}
