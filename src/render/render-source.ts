import { join, resolve } from 'node:path'
import { kindOf, readTextFile, realPath, resolveInside } from '../io/files.ts'
import { IoError } from '../io/io-error.ts'
import { parseManifests } from '../manifest/index.ts'
import type { Problem } from '../model/errors.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Resource } from '../model/resource.ts'
import { applyMergePatch } from '../patch/merge-patch.ts'
import { detectSourceType } from './detect-source-type.ts'
import { noteFile, toShownPath, type RenderContext } from './render-context.ts'
import { RenderError } from './render-error.ts'
import { renderers } from './renderers/index.ts'
import { readSourceOptions } from './source-options.ts'
import type { RenderedSource, RenderOptions, RenderSource, RenderTools, SourceType } from './source.ts'

/**
 * Makes of a folder the resources that Argo CD would apply. What is wrong with the source, and a program that is missing, is a problem with
 * its place in the result; the promise rejects for bugs only.
 */
export async function renderSource(source: RenderSource, options: RenderOptions = {}, tools: RenderTools = {}): Promise<RenderedSource> {
  const problems: Problem[] = []
  const filesRead = new Set<string>()
  let type: SourceType = source.type ?? 'Directory'
  let resources: readonly Resource[] = []
  try {
    const context = openSource(source, { options, tools, problems, filesRead })
    type = source.type ?? explicitType(context.options) ?? detectSourceType(context.folder)
    resources = await renderers[type].render(context)
    if (resources.length === 0 && !problems.some(({ severity }) => severity === 'error')) {
      problems.push({ code: 'NO_RESOURCES', severity: 'error', message: `${source.path} yields no resource`, location: { file: source.path, line: 1, column: 1 } })
    }
  } catch (error) {
    problems.push(toProblem(error, source))
  }
  return { type, resources, problems, filesRead: [...filesRead].sort() }
}

function openSource(source: RenderSource, parts: Pick<RenderContext, 'options' | 'tools' | 'problems' | 'filesRead'>): RenderContext {
  const root = realPath(resolve(source.root))
  const folder = resolveInside(root, source.path)
  const kind = kindOf(folder)
  if (kind !== 'folder') throw new RenderError('SOURCE_NOT_FOUND', `${source.path} ${kind === undefined ? 'does not exist' : 'is not a folder'}`)
  const context: RenderContext = { ...parts, root, folder, files: source.files }
  return { ...context, options: { ...context.options, ...(context.options.overrides === false ? {} : readOverrides(context)) } }
}

/** Argo CD merges `.argocd-source.yaml` and `.argocd-source-<application>.yaml` of a folder over the Application's own options. */
function readOverrides(context: RenderContext): Partial<RenderOptions> {
  const { appName, helm, kustomize, directory } = context.options
  const names = ['.argocd-source.yaml', ...(appName === undefined || /[/\\]/.test(appName) ? [] : [`.argocd-source-${appName}.yaml`])]
  let merged: JsonObject | undefined
  for (const path of names.map((name) => join(context.folder, name))) {
    if (kindOf(path) !== 'file') continue
    const file = resolveInside(context.root, path)
    const shown = toShownPath(context, path)
    const { documents: [document], problems } = parseManifests(readTextFile(file), shown)
    const broken = problems.find(({ code }) => code.startsWith('INVALID_'))
    if (broken !== undefined) throw new RenderError('INVALID_SOURCE', broken.message, broken.location)
    if (document === undefined) continue
    if (!isJsonObject(document.value)) throw new RenderError('INVALID_SOURCE', `${shown} is not a mapping`, document.source)
    noteFile(context, file)
    const present = Object.fromEntries(Object.entries({ helm, kustomize, directory }).filter(([, value]) => value !== undefined)) as unknown as JsonObject
    merged = applyMergePatch(merged ?? present, document.value) as JsonObject
  }
  if (merged === undefined) return {}
  if (isJsonObject(merged['plugin'])) throw new RenderError('UNSUPPORTED_SOURCE', 'the source is rendered by another config management plugin')
  return readSourceOptions(merged)
}

/** A block of options for one type settles the type; blocks for two are an error. */
function explicitType({ helm, kustomize, directory }: RenderOptions): SourceType | undefined {
  const given = ([['Helm', helm], ['Kustomize', kustomize], ['Directory', directory]] as const).filter(([, options]) => options !== undefined).map(([type]) => type)
  if (given.length > 1) throw new RenderError('INVALID_SOURCE', `options for several source types are given: ${given.join(', ')}`)
  return given[0]
}

function toProblem(error: unknown, source: RenderSource): Problem {
  const location = { file: source.path, line: 1, column: 1 }
  if (error instanceof RenderError) return { code: error.code, severity: 'error', message: error.message, location: error.location ?? location }
  if (error instanceof IoError) return { code: error.code, severity: 'error', message: withoutRoot(error.message, source.root), location }
  throw error
}

function withoutRoot(message: string, root: string): string {
  return message.replaceAll(`${root}/`, '')
}
