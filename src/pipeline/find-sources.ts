import { resolve } from 'node:path'
import { isApplication, isApplicationSet } from '../argocd/index.ts'
import { kindOf } from '../io/files.ts'
import { parseManifests, type ParsedManifests } from '../manifest/index.ts'
import { KnownError, type Problem } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import { discoverSources, type RenderSource, type RenderTools } from '../render/index.ts'
import { findCheckedRoot, type CheckedRoot } from './checked-root.ts'
import { showProblem } from './show-problem.ts'
import type { SourceTexts } from './source-texts.ts'

export interface FindSourcesOptions {
  readonly cwd: string
  /** Files and folders; `-` is standard input. */
  readonly paths: readonly string[]
  readonly stdin?: string | undefined
  readonly texts: SourceTexts
  readonly tools: RenderTools
}

/** What was found in one repository. */
export interface FoundRoot {
  readonly root: CheckedRoot
  readonly sources: RenderSource[]
  /** Resources that were named by themselves and may be Applications. */
  readonly named: Resource[]
}

export interface FoundSources {
  readonly roots: readonly FoundRoot[]
  /** Files that were named, and standard input. */
  readonly named: readonly { readonly path: string; readonly resources: readonly Resource[] }[]
  readonly problems: readonly Problem[]
}

const stdinName = '<stdin>'

/** Finds the sources below paths, each once: paths may overlap. */
export function findSources(options: FindSourcesOptions): FoundSources {
  const roots = new Map<string, FoundRoot>()
  const seen = new Set<string>()
  const named: { path: string; resources: readonly Resource[] }[] = []
  const problems: Problem[] = []
  const rootOf = (path: string): FoundRoot => {
    const root = findCheckedRoot(path, options.cwd)
    const known = roots.get(root.folder) ?? { root, sources: [], named: [] }
    if (!roots.has(root.folder)) options.texts.addRoot(root.folder, root.toPath)
    roots.set(root.folder, known)
    return known
  }
  const addNamed = (path: string, read: Read): void => {
    named.push({ path, resources: read.resources })
    problems.push(...read.problems)
    if (read.resources.some(({ id }) => isApplication(id) || isApplicationSet(id))) rootOf(path === stdinName ? options.cwd : path).named.push(...read.resources)
  }
  for (const path of options.paths) {
    if (path === '-') addNamed(stdinName, readStdin(options))
    else if (kindOf(resolve(options.cwd, path)) === 'file' && !path.endsWith('.jsonnet')) {
      if (!isRepeated(seen, resolve(options.cwd, path))) addNamed(path, readFile(path, options))
    } else {
      const { root, sources } = rootOf(path)
      const discovered = discoverSources(root.folder, findCheckedRoot(path, options.cwd).path, options.tools.run)
      for (const source of discovered.sources) if (!isRepeated(seen, sourceKey(source))) sources.push(source)
      problems.push(...discovered.problems.map((problem) => showProblem(problem, root.show)))
    }
  }
  return { roots: [...roots.values()], named, problems }
}

type Read = Pick<ParsedManifests, 'resources' | 'problems'>

function isRepeated(seen: Set<string>, key: string): boolean {
  return seen.has(key) || !seen.add(key)
}

function readStdin({ stdin = '', texts }: FindSourcesOptions): Read {
  texts.set(stdinName, stdin)
  return parseManifests(stdin, stdinName)
}

/** A file that somebody names is meant as manifests, and what is wrong with it is said, where Argo CD would pass over it in a folder. */
function readFile(path: string, { cwd, texts }: FindSourcesOptions): Read {
  try {
    return parseManifests(texts.read(resolve(cwd, path), path), path)
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return { resources: [], problems: [{ code: error.code, severity: 'error', message: error.message }] }
  }
}

function sourceKey({ root, path, files = [] }: RenderSource): string {
  return [root, path, ...files].join('\n')
}
