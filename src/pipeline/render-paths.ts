import { basename, resolve } from 'node:path'
import { kindOf } from '../io/files.ts'
import { parseManifests } from '../manifest/index.ts'
import { KnownError, type Problem } from '../model/errors.ts'
import type { ReportSource } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import type { SourceLocation } from '../model/source.ts'
import { discoverSources, renderSource, type RenderedSource, type RenderOptions, type RenderSource, type RenderTools } from '../render/index.ts'
import { findCheckedRoot, type CheckedRoot } from './checked-root.ts'
import { inParallel } from './in-parallel.ts'
import type { SourceTexts } from './source-texts.ts'

/** What to render, and for which cluster. */
export interface RenderPathsOptions {
  readonly cwd: string
  /** Files and folders; `-` is standard input. */
  readonly paths: readonly string[]
  /** Where resources go that name no namespace. */
  readonly namespace: string
  /** Helm's release name; the name of the source's folder where absent. */
  readonly appName?: string | undefined
  readonly kubeVersion?: string | undefined
  readonly apiVersions?: readonly string[] | undefined
  /** Whether remote bases, charts and values may be fetched. */
  readonly network: boolean
  readonly tools: RenderTools
  /** The text of standard input, when `-` is among the paths. */
  readonly stdin?: string | undefined
  readonly texts: SourceTexts
  readonly onProgress?: (text: string) => void
}

/** What Argo CD would apply. */
export interface Rendered {
  readonly sources: readonly ReportSource[]
  readonly resources: readonly Resource[]
  readonly problems: readonly Problem[]
}

/** Programs at work at the same time. */
const parallelRenders = 4

/** Discovers the sources below the paths and renders each once. What is wrong with one is a problem; the others count. */
export async function renderPaths(options: RenderPathsOptions): Promise<Rendered> {
  const rendered: Rendered[] = []
  const seen = new Set<string>()
  for (const path of options.paths) rendered.push(path === '-' ? renderStdin(options) : await renderPath(path, options, seen))
  return {
    sources: rendered.flatMap(({ sources }) => sources), resources: rendered.flatMap(({ resources }) => resources),
    problems: rendered.flatMap(({ problems }) => problems),
  }
}

function renderStdin({ stdin = '', texts }: RenderPathsOptions): Rendered {
  const name = '<stdin>'
  texts.set(name, stdin)
  const { resources, problems } = parseManifests(stdin, name)
  return { sources: [{ path: name, type: 'Directory', resourceCount: resources.length }], resources, problems }
}

async function renderPath(path: string, options: RenderPathsOptions, seen: Set<string>): Promise<Rendered> {
  if (kindOf(resolve(options.cwd, path)) === 'file' && !path.endsWith('.jsonnet')) return readFile(path, options, seen)
  const root = findCheckedRoot(path, options.cwd)
  options.texts.addRoot(root.folder, root.toPath)
  const { sources, problems } = discoverSources(root.folder, root.path)
  // Paths that overlap do not check anything twice.
  const fresh = sources.filter((source) => !seen.has(sourceKey(source)))
  for (const source of fresh) seen.add(sourceKey(source))
  let done = 0
  const rendered = await inParallel(parallelRenders, fresh, async (source) => {
    const result = await renderSource(source, renderOptions(source, options), options.tools)
    done += 1
    options.onProgress?.(`rendered ${done} of ${fresh.length} sources`)
    return { source, result }
  })
  return {
    sources: rendered.map(({ source, result }) => ({ path: root.show(source.path), type: result.type, resourceCount: result.resources.length })),
    resources: rendered.flatMap(({ result }) => showResources(result, root)),
    problems: [...problems, ...rendered.flatMap(({ result }) => result.problems)].map((problem) => showProblem(problem, root)),
  }
}

/** A file that somebody names is meant as manifests, and what is wrong with it is said, where Argo CD would pass over it in a folder. */
function readFile(path: string, { cwd, texts }: RenderPathsOptions, seen: Set<string>): Rendered {
  const full = resolve(cwd, path)
  if (seen.has(full)) return { sources: [], resources: [], problems: [] }
  seen.add(full)
  try {
    const { resources, problems } = parseManifests(texts.read(full, path), path)
    return { sources: [{ path, type: 'Directory', resourceCount: resources.length }], resources, problems }
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return { sources: [], resources: [], problems: [{ code: error.code, severity: 'error', message: error.message }] }
  }
}

function sourceKey({ root, path, files = [] }: RenderSource): string {
  return [root, path, ...files].join('\n')
}

function renderOptions(source: RenderSource, { namespace, appName, kubeVersion, apiVersions, network }: RenderPathsOptions): RenderOptions {
  return {
    appName: appName ?? defaultName(source), namespace, network,
    ...(kubeVersion === undefined ? {} : { kubeVersion }), ...(apiVersions === undefined ? {} : { apiVersions }),
  }
}

/** An Application is usually called like its folder; Helm takes lower-case names of at most 53 characters. */
function defaultName({ root, path }: RenderSource): string {
  const name = basename(resolve(root, path)).toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 53)
  return name === '' ? 'app' : name
}

/** Places in the user's terms. Most runs start at the root, where there is nothing to translate. */
function showResources({ resources }: RenderedSource, root: CheckedRoot): readonly Resource[] {
  if (root.show('a/b') === 'a/b') return resources
  const show = (location: SourceLocation | undefined): SourceLocation | undefined => location && { ...location, file: root.show(location.file) }
  return resources.map((resource) => ({
    id: resource.id, object: resource.object, ...(resource.origin === undefined ? {} : { origin: root.show(resource.origin) }),
    get source() { return show(resource.source) as SourceLocation },
    locate: (path) => show(resource.locate(path)),
  }))
}

function showProblem(problem: Problem, root: CheckedRoot): Problem {
  return problem.location === undefined ? problem : { ...problem, location: { ...problem.location, file: root.show(problem.location.file) } }
}
