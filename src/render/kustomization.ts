// kustomize: api/types/kustomization.go for the fields that name files, api/internal/git/repospec.go for what is remote.
import { join, resolve } from 'node:path'
import { isInside, kindOf, realPath } from '../io/files.ts'
import { parseManifests, type ManifestDocument, type ParsedManifests } from '../manifest/index.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { FieldPath, SourceLocation } from '../model/source.ts'
import { RenderError } from './render-error.ts'
import { oncePerFile, oncePerRun, readOnce, type RenderRun } from './render-run.ts'

/** Names that kustomize looks for, in its order. */
export const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** A kustomization and what it names, without building it. */
export interface Kustomization {
  /** Real path of its folder. */
  readonly folder: string
  /** Real path of the file. */
  readonly file: string
  readonly isComponent: boolean
  readonly document: ManifestDocument | undefined
  /** Folders of other kustomizations that it builds on. */
  readonly bases: readonly string[]
  /** Files that it reads. */
  readonly files: readonly string[]
}

/** A reference inside a kustomization. `folders`: may name another kustomization, also a remote one. */
interface Reference {
  readonly text: string
  readonly path: FieldPath
  readonly folders: boolean
}

export interface ReadOptions {
  /** Real path of the repository. */
  readonly root: string
  /** How reports show a path. */
  readonly show: (path: string) => string
  readonly network: boolean
  /** A file that will be there when the program runs. */
  readonly made?: string | undefined
  /** Remembers what was read: hundreds of overlays build on one base. */
  readonly run?: RenderRun | undefined
}

const remembered = oncePerRun<Kustomization>()
const parsed = oncePerFile<ParsedManifests>()

/** Finds a folder's kustomization file. */
export function findKustomization(folder: string): string | undefined {
  return kustomizationNames.map((name) => join(folder, name)).find((path) => kindOf(path) === 'file')
}

/**
 * Reads a folder's kustomization and resolves what it names. Throws `RenderError` where a name leads out of the repository, to the network
 * without permission, or to nothing: the program itself would go anywhere.
 */
export function readKustomization(folder: string, options: ReadOptions): Kustomization {
  return remembered(options.run, `${options.root}\n${folder}\n${options.network}`, () => readFresh(folder, options))
}

function readFresh(folder: string, options: ReadOptions): Kustomization {
  const file = findKustomization(folder)
  if (file === undefined) {
    throw new RenderError('MISSING_FILE', `there is no kustomization.yaml in ${options.show(folder)}`, { file: options.show(folder), line: 1, column: 1 })
  }
  const real = inside(realPath(file), file, options)
  const { documents: [document], problems } = parsed(options.run, real, () => parseManifests(readOnce(real, options.run), options.show(file)), options.show(file))
  const broken = problems.find(({ code }) => code === 'INVALID_YAML' || code === 'INVALID_JSON' || code === 'LIMIT_EXCEEDED')
  if (broken !== undefined) throw new RenderError('INVALID_SOURCE', `${options.show(file)}: ${broken.message}`, broken.location)
  const value = document !== undefined && isJsonObject(document.value) ? document.value : {}
  const bases: string[] = []
  const files: string[] = []
  for (const reference of references(value)) {
    const found = resolveReference(reference, folder, options, document?.locate(reference.path))
    if (found !== undefined) (found.isFolder ? bases : files).push(found.path)
  }
  checkCharts(value, folder, options, document)
  return { folder, file: real, isComponent: value['kind'] === 'Component', document, bases, files }
}

/** A kustomization and everything that it builds on, each folder once. */
export function readKustomizationTree(folder: string, options: ReadOptions): readonly Kustomization[] {
  const seen = new Set<string>()
  const result: Kustomization[] = []
  const waiting = [folder]
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (seen.has(current)) continue
    seen.add(current)
    if (seen.size > 10_000) throw new RenderError('LIMIT_EXCEEDED', `the kustomization in ${options.show(folder)} builds on more than 10,000 others`)
    const kustomization = readKustomization(current, options)
    result.push(kustomization)
    waiting.push(...kustomization.bases)
  }
  return result
}

function resolveReference({ text, folders }: Reference, folder: string, options: ReadOptions, location: SourceLocation | undefined): { path: string; isFolder: boolean } | undefined {
  const path = resolve(folder, text)
  if (path === options.made) return undefined
  const kind = kindOf(path)
  if (kind === undefined) {
    if (looksRemote(text)) {
      if (options.network) return undefined
      throw new RenderError('REMOTE_SOURCE', `${JSON.stringify(text)} is remote: presync fetches nothing unless the network is allowed; keep a copy in the repository or allow it`, location)
    }
    throw new RenderError('MISSING_FILE', `${JSON.stringify(text)} does not exist in ${options.show(folder)}`, location)
  }
  if (kind === 'folder' && !folders) throw new RenderError('INVALID_SOURCE', `${JSON.stringify(text)} is a folder; a file is expected here`, location)
  return { path: inside(realPath(path), text, options, location), isFolder: kind === 'folder' }
}

/** Charts that kustomize inflates: found below its chart folder, or pulled from a repository. */
function checkCharts(value: JsonObject, folder: string, options: ReadOptions, document: ManifestDocument | undefined): void {
  const { helmGlobals } = value
  const chartHome = isJsonObject(helmGlobals) && typeof helmGlobals['chartHome'] === 'string' ? helmGlobals['chartHome'] : 'charts'
  const home = resolve(folder, chartHome)
  const real = kindOf(home) === undefined ? home : realPath(home)
  inside(real, chartHome, options, document?.locate(['helmGlobals', 'chartHome']))
  for (const [index, chart] of objects(value['helmCharts'])) {
    const { name, version, repo } = chart
    if (typeof name !== 'string' || typeof repo !== 'string' || options.network) continue
    if (![name, `${name}-${String(version)}/${name}`].some((path) => kindOf(join(real, path)) === 'folder')) {
      throw new RenderError('REMOTE_SOURCE', `the chart ${name} (${repo}) is remote: presync fetches nothing unless the network is allowed; keep a copy in ${chartHome}/`, document?.locate(['helmCharts', index]))
    }
  }
}

function inside(real: string, text: string, options: ReadOptions, location?: SourceLocation): string {
  if (isInside(options.root, real)) return real
  throw new RenderError('OUTSIDE_REPOSITORY', `${JSON.stringify(text)} leads out of the repository`, location)
}

/** A URL, or what kustomize takes for a repository: a host in front, `.git`, `//`, or a query. */
function looksRemote(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*::?\/?\/?|[\w.-]+@[\w.-]+:)/i.test(text) || /\/\/|\.git(?:\/|\?|$)|\?(?:ref|version|timeout|submodules)=/.test(text)
    || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/./i.test(text)
}

const folderLists = ['resources', 'bases', 'components'] as const
const fileLists = ['crds', 'configurations'] as const
const pluginLists = ['transformers', 'generators', 'validators'] as const
const generatorLists = ['configMapGenerator', 'secretGenerator'] as const

function* references(value: JsonObject): Generator<Reference> {
  for (const field of folderLists) yield* texts(value, field, true)
  for (const field of fileLists) yield* texts(value, field, false)
  for (const field of pluginLists) yield* inlineOr(texts(value, field, true))
  yield* inlineOr(texts(value, 'patchesStrategicMerge', false))
  for (const field of ['patches', 'patchesJson6902', 'replacements'] as const) yield* pathsOf(value, field, ['path'])
  yield* pathsOf(value, 'helmCharts', ['valuesFile'])
  for (const [index, chart] of objects(value['helmCharts'])) yield* below(texts(chart, 'additionalValuesFiles', false), ['helmCharts', index])
  yield* generatorReferences(value)
  const { openapi } = value
  if (isJsonObject(openapi) && typeof openapi['path'] === 'string') yield { text: openapi['path'], path: ['openapi', 'path'], folders: false }
}

function* generatorReferences(value: JsonObject): Generator<Reference> {
  for (const field of generatorLists) {
    for (const [index, generator] of objects(value[field])) {
      for (const list of ['files', 'envs'] as const) yield* keyed(below(texts(generator, list, false), [field, index]))
      if (typeof generator['env'] === 'string') yield { text: generator['env'], path: [field, index, 'env'], folders: false }
    }
  }
}

function* texts(value: JsonObject, field: string, folders: boolean): Generator<Reference> {
  const list = value[field]
  if (!isJsonArray(list)) return
  for (const [index, text] of list.entries()) if (typeof text === 'string' && text !== '') yield { text, path: [field, index], folders }
}

/** Where a file may be named, its content may stand instead. */
function* inlineOr(found: Iterable<Reference>): Generator<Reference> {
  for (const reference of found) if (!/[\n{]/.test(reference.text)) yield reference
}

/** `key=path` or `path`. */
function* keyed(found: Iterable<Reference>): Generator<Reference> {
  for (const reference of found) yield { ...reference, text: reference.text.slice(reference.text.indexOf('=') + 1) }
}

function* below(found: Iterable<Reference>, prefix: FieldPath): Generator<Reference> {
  for (const reference of found) yield { ...reference, path: [...prefix, ...reference.path] }
}

function* pathsOf(value: JsonObject, field: string, names: readonly string[]): Generator<Reference> {
  for (const [index, item] of objects(value[field])) {
    for (const name of names) {
      const text = item[name]
      if (typeof text === 'string' && text !== '') yield { text, path: [field, index, name], folders: false }
    }
  }
}

function objects(value: JsonValue | undefined): (readonly [number, JsonObject])[] {
  return isJsonArray(value) ? value.flatMap((item, index) => (isJsonObject(item) ? [[index, item] as const] : [])) : []
}
