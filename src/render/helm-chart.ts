import { join, relative } from 'node:path'
import { isInside, kindOf, readTextFile, realPath, walkFiles } from '../io/files.ts'
import { parseManifests, type ManifestDocument } from '../manifest/index.ts'
import { isJsonArray, isJsonObject, type JsonObject } from '../model/json.ts'
import { noteFile, toShownPath, type RenderContext } from './render-context.ts'
import { RenderError } from './render-error.ts'

/** What a chart says of itself. */
export interface Chart {
  readonly folder: string
  readonly name: string
  readonly isLibrary: boolean
  readonly dependencies: readonly ChartDependency[]
}

export interface ChartDependency {
  readonly name: string
  readonly repository: string
  readonly document: ManifestDocument
  readonly index: number
}

/** Reads Chart.yaml (and requirements.yaml of old charts). Broken files are left to Helm, which says it better. */
export function readChart(folder: string, show: (path: string) => string): Chart {
  const documents = ['Chart.yaml', 'requirements.yaml'].flatMap((name) => {
    const path = join(folder, name)
    return kindOf(path) === 'file' ? parseManifests(readTextFile(path), show(path)).documents.slice(0, 1) : []
  })
  const value: JsonObject = documents[0] !== undefined && isJsonObject(documents[0].value) ? documents[0].value : {}
  return { folder, name: typeof value['name'] === 'string' ? value['name'] : '', isLibrary: value['type'] === 'library', dependencies: documents.flatMap(dependenciesOf) }
}

function dependenciesOf(document: ManifestDocument): ChartDependency[] {
  const { dependencies } = isJsonObject(document.value) ? document.value : {}
  if (!isJsonArray(dependencies)) return []
  return dependencies.flatMap((item, index) => (isJsonObject(item) && typeof item['name'] === 'string'
    ? [{ name: item['name'], repository: typeof item['repository'] === 'string' ? item['repository'] : '', document, index }]
    : []))
}

/** Helm follows links wherever they lead: refuses a chart with one that leads out of the repository. Notes the chart's files. */
export function checkChartFiles(context: RenderContext, folder: string): void {
  for (const file of walkFiles(folder, { skip: (name) => name === '.git' })) {
    const path = join(folder, file.path)
    noteFile(context, path)
    if (!file.isLink || kindOf(path) === undefined) continue
    const shown = toShownPath(context, path)
    if (!isInside(context.root, realPath(path))) throw new RenderError('OUTSIDE_REPOSITORY', `the symbolic link ${shown} leads out of the repository`, { file: shown, line: 1, column: 1 })
  }
}

/** The folders of dependencies that lie in the repository, and of theirs; the chart's own first. */
export function localDependencies(context: RenderContext, chart: Chart): readonly string[] {
  const folders = new Set([chart.folder])
  for (const folder of folders) {
    for (const { repository, document, index, name } of readChart(folder, (path) => toShownPath(context, path)).dependencies) {
      if (!repository.startsWith('file://')) continue
      const path = join(folder, repository.slice('file://'.length))
      if (kindOf(path) !== 'folder') throw new RenderError('MISSING_DEPENDENCY', `the chart ${name} is not at ${repository}`, document.locate(['dependencies', index]))
      const real = realPath(path)
      if (!isInside(context.root, real)) throw new RenderError('OUTSIDE_REPOSITORY', `the dependency ${name} at ${repository} leads out of the repository`, document.locate(['dependencies', index]))
      folders.add(real)
    }
  }
  return [...folders]
}

/** Where a template that Helm names (`chart/templates/x.yaml`, `chart/charts/sub/templates/x.yaml`) lies; undefined inside an archive. */
export function templatePath(chart: Chart, source: string): string | undefined {
  const path = join(chart.folder, source.slice(source.indexOf('/') + 1))
  return !relative(chart.folder, path).startsWith('..') && kindOf(path) === 'file' ? path : undefined
}
