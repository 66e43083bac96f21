// Argo CD: util/app/path/path.go (GetSourceRefreshPaths, AppFilesHaveChanged)
import { isAbsolute, join, normalize } from 'node:path'
import { isInside, toPortable } from '../../io/files.ts'
import { listSourceFiles, type RenderOptions, type RenderSource } from '../../render/index.ts'
import { compilePathPattern } from '../../values/path-match.ts'
import type { RenderedApplication } from './render-repository.ts'

/**
 * The Applications that changed files can change: those that rendering read, or whose folder they lie in, or that
 * `argocd.argoproj.io/manifest-generate-paths` names, and those whose own manifest changed. `root` is the checked repository's folder, and
 * the files are below it.
 */
export function touchedApplications(applications: readonly RenderedApplication[], changed: readonly string[], root: string): readonly RenderedApplication[] {
  const paths = new Set(changed.map((file) => join(root, file)))
  return applications.filter((application) => isTouched(application, paths, root))
}

function isTouched({ application, resource, parts, filesRead }: RenderedApplication, changed: ReadonlySet<string>, root: string): boolean {
  const own = [resource.source?.file, resource.origin].flatMap((file) => (file === undefined ? [] : [join(root, file)]))
  if ([...own, ...filesRead.map((file) => join(root, file))].some((file) => changed.has(file))) return true
  return parts.some(({ source, result }) => {
    const read = result.filesRead.map((file) => join(source.root, file))
    return read.some((file) => changed.has(file)) || touchesFolder(source, changed) || changesAny(application.generatePaths, source, changed)
  })
}

/** The same for a source that is not rendered yet, as far as its files can be told without that. */
export function touchesSource(source: RenderSource, options: RenderOptions, changed: ReadonlySet<string>): boolean {
  const refs = Object.values(options.refs ?? {})
  if (touchesFolder(source, changed) || listSourceFiles(source).some((file) => changed.has(file))) return true
  // Values files may lie anywhere in the repositories: which they are is known when the chart is rendered.
  const values = options.helm?.valueFiles ?? []
  return values.some((file) => [...changed].some((path) => path.endsWith(`/${file.replace(/^.*\//, '')}`))) || refs.some((ref) => ref !== source.root && [...changed].some((path) => isInside(ref, path)))
}

/** Files that were added or removed were not read, and count where their folder is the source. */
function touchesFolder({ root, path }: RenderSource, changed: ReadonlySet<string>): boolean {
  const folder = join(root, path)
  return [...changed].some((file) => isInside(folder, file))
}

/** Whether one of the patterns of `manifest-generate-paths` names a changed file. */
export function changesAny(items: readonly string[], { root, path }: RenderSource, changed: Iterable<string>): boolean {
  return items.some((item) => {
    const full = isAbsolute(item) ? join(root, item) : normalize(join(root, path, item))
    const matches = compilePathPattern(toPortable(full), 'path')
    return [...changed].some((file) => isInside(full, file) || matches?.(toPortable(file)) === true)
  })
}
