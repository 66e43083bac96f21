// Argo CD: reposerver/repository/repository.go (getResolvedValueFiles), util/io/path/resolved.go.
import { isAbsolute, join, relative, resolve } from 'node:path'
import picomatch from 'picomatch'
import { kindOf, resolveInside, toPortable, walkFiles } from '../io/files.ts'
import type { SourceLocation } from '../model/source.ts'
import { expandVariables } from './expand-variables.ts'
import type { RenderContext } from './render-context.ts'
import { RenderError } from './render-error.ts'
import { resolveFrom } from './resolve-path.ts'

/** A values file as it is handed to Helm: a real path in a repository, or a URL. */
interface ValueFile {
  readonly path: string
  readonly isRemote: boolean
  /** The repository that it may not leave. */
  readonly root: string
}

const urlScheme = /^([a-z][a-z0-9+.-]*):/i
const isGlob = /[*?[]/

/** The values files of an Application in Helm's order of precedence, globs expanded, each file once. */
export function resolveValueFiles(context: RenderContext, location: SourceLocation): readonly string[] {
  const { valueFiles = [], ignoreMissingValueFiles = false } = context.options.helm ?? {}
  const named = valueFiles.map((text) => ({ text, file: resolveValueFile(context, text, location) }))
  // A file that is named by itself takes its place from there, not from a glob.
  const explicit = new Set(named.filter(({ file }) => !isGlob.test(file.path)).map(({ file }) => file.path))
  const result = new Set<string>()
  for (const { text, file } of named) {
    const found = findFiles(file, explicit)
    if (found.length === 0 && !ignoreMissingValueFiles) {
      throw new RenderError('MISSING_FILE', isGlob.test(file.path) ? `no file matches the values file ${JSON.stringify(text)}` : `the values file ${JSON.stringify(text)} does not exist`, location)
    }
    for (const path of found) if (path === file.path || !explicit.has(path)) result.add(path)
  }
  return [...result]
}

/** What a values file stands for: itself if it is there, or what its pattern matches. */
function findFiles(file: ValueFile, explicit: ReadonlySet<string>): readonly string[] {
  if (file.isRemote) return [file.path]
  if (!explicit.has(file.path)) return expandGlob(file)
  return kindOf(file.path) === undefined ? [] : [file.path]
}

/** The file of a values file or of `--set-file`: relative to the chart, from the repository's root, in another source, or a URL. */
export function resolveValueFile(context: RenderContext, text: string, location: SourceLocation): ValueFile {
  const reference = /^\$([^/]+)(\/.*)?$/.exec(text)
  const { refs = {}, buildEnvironment, network = false } = context.options
  if (reference !== null && Object.hasOwn(refs, reference[1] as string)) {
    const root = refs[reference[1] as string] as string
    return { path: resolveFrom({ root }, root, expandVariables(reference[2] ?? '/', buildEnvironment), location), isRemote: false, root }
  }
  const path = expandVariables(text, buildEnvironment)
  const scheme = urlScheme.exec(path)?.[1]?.toLowerCase()
  if (scheme === undefined) return { path: resolveFrom(context, context.folder, path, location), isRemote: false, root: context.root }
  if (scheme !== 'https' && scheme !== 'http') throw new RenderError('INVALID_SOURCE', `the URL scheme of the values file ${JSON.stringify(text)} is not allowed`, location)
  if (!network) throw new RenderError('REMOTE_SOURCE', `the values file ${JSON.stringify(text)} is remote: presync fetches nothing unless the network is allowed`, location)
  return { path, isRemote: true, root: context.root }
}

/** Files that match, in lexical order; links lead nowhere but into the repository. */
function expandGlob({ path, root }: ValueFile): string[] {
  const parts = toPortable(relative(root, path)).split('/')
  const first = parts.findIndex((part) => isGlob.test(part))
  const base = resolve(root, ...parts.slice(0, first))
  if (kindOf(base) !== 'folder') return []
  const matches = picomatch(parts.slice(first).join('/'), { dot: true, noextglob: true, nonegate: true, strictSlashes: true })
  return [...walkFiles(base, { skip: (name) => name === '.git' })].filter((file) => matches(file.path)).map((file) => resolveInside(root, isAbsolute(file.path) ? file.path : join(base, file.path)))
}
