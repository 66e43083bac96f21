import { join } from 'node:path'
import { kindOf, readTextFile, resolveInsideReal } from '../io/files.ts'
import { parseManifests } from '../manifest/index.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { applyMergePatch } from '../patch/merge-patch.ts'
import { detectSourceType } from './detect-source-type.ts'
import { noteFile, toShownPath, type RenderContext } from './render-context.ts'
import { RenderError } from './render-error.ts'
import { realRootOf } from './render-run.ts'
import { readSourceOptions } from './source-options.ts'
import type { RenderOptions, RenderSource, SourceType } from './source.ts'

/** Finds a source's folder, and adds to its options what files of the folder say. */
export function openSource(source: RenderSource, parts: Pick<RenderContext, 'options' | 'tools' | 'problems' | 'filesRead'>): RenderContext {
  const root = realRootOf(source.root, parts.tools.run)
  const folder = resolveInsideReal(root, source.path)
  const kind = kindOf(folder)
  if (kind !== 'folder') throw new RenderError('SOURCE_NOT_FOUND', `${source.path} ${kind === undefined ? 'does not exist' : 'is not a folder'}`)
  const context: RenderContext = { ...parts, root, folder, files: source.files, made: source.made }
  return { ...context, options: { ...context.options, ...(context.options.overrides === false ? {} : readOverrides(context)) } }
}

/** Argo CD merges `.argocd-source.yaml` and `.argocd-source-<application>.yaml` of a folder over the Application's own options. */
function readOverrides(context: RenderContext): Partial<RenderOptions> {
  const { helm, kustomize, directory } = context.options
  let merged: JsonObject | undefined
  for (const path of overrideFiles(context)) {
    if (kindOf(path) !== 'file') continue
    const file = resolveInsideReal(context.root, path)
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

/** Where a source's overrides are, or would be. */
export function overrideFiles({ folder, options: { appName } }: Pick<RenderContext, 'folder' | 'options'>): readonly string[] {
  const names = ['.argocd-source.yaml', ...(appName === undefined || /[/\\]/.test(appName) ? [] : [`.argocd-source-${appName}.yaml`])]
  return names.map((name) => join(folder, name))
}

/** What a source is rendered as. */
export function settleType(source: RenderSource, { folder, options }: RenderContext): SourceType {
  return source.type ?? explicitType(options) ?? detectSourceType(folder)
}

/** A block of options for one type settles the type; blocks for two are an error. */
function explicitType({ helm, kustomize, directory }: RenderOptions): SourceType | undefined {
  const given = ([['Helm', helm], ['Kustomize', kustomize], ['Directory', directory]] as const).filter(([, options]) => options !== undefined).map(([type]) => type)
  if (given.length > 1) throw new RenderError('INVALID_SOURCE', `options for several source types are given: ${given.join(', ')}`)
  return given[0]
}
