// Argo CD: reposerver/repository/repository.go (findManifests, getObjsFromYAMLOrJSON, getPotentiallyValidManifests).
import { join } from 'node:path'
import { kindOf, resolveInsideReal, walkFiles, type FoundFile } from '../../io/files.ts'
import { IoError } from '../../io/io-error.ts'
import { parseManifests, type ParsedManifests } from '../../manifest/index.ts'
import type { Problem } from '../../model/errors.ts'
import type { Resource } from '../../model/resource.ts'
import { JsonSyntaxError, readJson } from '../../values/read-json.ts'
import { compileGlob } from '../glob.ts'
import { noteFile, toShownPath, type RenderContext, type Renderer } from '../render-context.ts'
import { RenderError } from '../render-error.ts'
import { oncePerFile, readOnce } from '../render-run.ts'
import type { DirectoryOptions } from '../source-options.ts'
import { renderJsonnet } from './jsonnet.ts'

/** Any folder: its YAML, JSON and Jsonnet files, in lexical order. */
export const directory: Renderer = {
  summary: 'plain manifests in YAML and JSON, and Jsonnet',
  // What no other type claims.
  mark: () => '',
  async render(context) {
    const resources: Resource[] = []
    let size = 0
    for (const path of context.files ?? listFiles(context)) {
      const file = readManifest(context, path)
      if (file === undefined) continue
      noteFile(context, file.path)
      if (path.endsWith('.jsonnet')) resources.push(...await renderJsonnet(context, file.path))
      else {
        size += file.text.length
        resources.push(...readResources(context, { file: file.path, path, text: file.text }))
      }
    }
    if (size > argoLimit) warnAboutSize(context, size)
    return resources
  },
  inputs(context) {
    const paths = context.files ?? listFiles(context)
    // What Jsonnet imports may lie anywhere.
    if (paths.some((path) => path.endsWith('.jsonnet'))) return undefined
    return { files: paths.flatMap((path) => readManifest(context, path)?.path ?? []), places: paths.map((path) => join(context.root, path)) }
  },
}

/** Argo CD's default of `reposerver.max.combined.directory.manifests.size`. */
const argoLimit = 10_000_000
const manifestName = /^.*\.(?:yaml|yml|json|jsonnet)$/
const skipMarker = '+argocd:skip-file-rendering'

function warnAboutSize(context: RenderContext, size: number): void {
  context.problems.push({
    code: 'LIMIT_EXCEEDED', severity: 'warning', location: { file: toShownPath(context, context.folder), line: 1, column: 1 },
    message: `the manifests of this folder have ${size} characters together; Argo CD refuses more than 10M unless reposerver.max.combined.directory.manifests.size is raised`,
  })
}

/** Paths below the root, chosen by extension, exclude and include, in this order. */
function listFiles(context: RenderContext): string[] {
  const options = context.options.directory ?? {}
  const isWanted = wanted(options)
  const found = walkFiles(context.folder, { recurse: options.recurse ?? false, skip: (name) => name === '.git' })
  return [...found].filter((file) => isWanted(file)).map((file) => toShownPath(context, join(context.folder, file.path)))
}

function wanted({ include, exclude, disableExtensionFilter = false }: DirectoryOptions): (file: FoundFile) => boolean {
  const included = include === undefined ? () => true : compileGlob(include) ?? (() => false)
  const excluded = exclude === undefined ? () => false : compileGlob(exclude) ?? (() => false)
  return ({ name, path }) => (disableExtensionFilter || manifestName.test(name)) && !excluded(path) && included(path)
}

/** The text of a file, unless it is marked as none of Argo CD's. A link is followed inside the repository only. */
function readManifest(context: RenderContext, path: string): { path: string; text: string } | undefined {
  const location = { file: path, line: 1, column: 1 }
  let real: string
  try {
    real = resolveInsideReal(context.root, path)
  } catch (error) {
    if (error instanceof IoError && error.code === 'OUTSIDE_REPOSITORY') throw new RenderError('OUTSIDE_REPOSITORY', `the symbolic link ${path} leads out of the repository`, location)
    throw error
  }
  const kind = kindOf(real)
  if (kind === undefined) context.problems.push({ code: 'MISSING_FILE', severity: 'warning', message: `the symbolic link ${path} leads nowhere`, location })
  if (kind !== 'file') return undefined
  const text = readOnce(real, context.tools.run)
  return text.includes(skipMarker) ? undefined : { path: real, text }
}

const parsed = oncePerFile<ParsedManifests>()

function readResources(context: RenderContext, { file, path, text }: { readonly file: string; readonly path: string; readonly text: string }): readonly Resource[] {
  if (path.endsWith('.json')) return readJsonResources(context, path, text)
  const { resources, problems } = parsed(context.tools.run, file, () => parseManifests(text, path), path)
  const [first] = problems.filter(({ severity }) => severity === 'error')
  // A file that looks like none of Kubernetes' is none of Argo CD's business: values, pipelines and the like lie beside manifests.
  if (first !== undefined && !looksLikeManifests(text) && !resources.some((resource) => isBefore(resource, first))) return []
  context.problems.push(...problems)
  return resources
}

function isBefore(resource: Resource, problem: Problem): boolean {
  return problem.location === undefined || (resource.source?.line ?? 0) < problem.location.line
}

function looksLikeManifests(text: string): boolean {
  return ['apiVersion:', 'kind:', 'metadata:'].every((word) => text.includes(word))
}

/** One object a JSON file; an object that is none of Kubernetes' is passed over. */
function readJsonResources(context: RenderContext, path: string, text: string): readonly Resource[] {
  const complain = (message: string, place: { line: number; column: number }): [] => {
    context.problems.push({ code: 'INVALID_JSON', severity: 'error', message, location: { file: path, line: place.line, column: place.column } })
    return []
  }
  try {
    const { value, end } = readJson(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return complain('Argo CD expects a single object in a JSON file', { line: 1, column: 1 })
    if (text.slice(end).trim() !== '') return complain('Argo CD expects a single object in a JSON file; more follows it', { line: text.slice(0, end).split('\n').length, column: 1 })
    if (!Object.hasOwn(value, 'kind')) return []
  } catch (error) {
    if (error instanceof JsonSyntaxError) return complain(error.message, error)
    throw error
  }
  const { resources, problems } = parseManifests(text, path)
  context.problems.push(...problems)
  return resources
}

