// Argo CD: util/helm (Template, DependencyBuild), reposerver/repository/repository.go (helmTemplate).
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { copyFolders } from '../../io/copy-folders.ts'
import { walkFiles } from '../../io/files.ts'
import { IoError, ProgramError } from '../../io/io-error.ts'
import { runProgram } from '../../io/run-program.ts'
import { withTemporaryFolder } from '../../io/temporary-folder.ts'
import { formatYaml, parseManifests } from '../../manifest/index.ts'
import type { Resource } from '../../model/resource.ts'
import type { SourceLocation } from '../../model/source.ts'
import { BaseIndex } from '../base-index.ts'
import { cachedRendering } from '../cached-rendering.ts'
import { requireTool } from '../find-tool.ts'
import { helmArguments } from '../helm-arguments.ts'
import { checkChartFiles, localDependencies, readChart, templatePath, type Chart } from '../helm-chart.ts'
import { resolveValueFile, resolveValueFiles } from '../helm-values.ts'
import { placeAt } from '../placed-resource.ts'
import { noteFile, toShownPath, type RenderContext, type Renderer } from '../render-context.ts'
import { RenderError } from '../render-error.ts'
import { TemplateLocator } from '../template-locator.ts'
import { toolEnvironment } from '../tool-environment.ts'

/** A folder with a chart, rendered by the real program. */
export const helm: Renderer = {
  summary: "helm template, with Argo CD's own flags",
  mark: (names) => names.findLast((name) => name.endsWith('Chart.yaml')),
  async render(context) {
    const chart = readChart(context.folder, (path) => toShownPath(context, path))
    const location = { file: toShownPath(context, join(context.folder, 'Chart.yaml')), line: 1, column: 1 }
    checkChartFiles(context, context.folder)
    const valueFiles = resolveValueFiles(context, location)
    for (const file of valueFiles) noteFile(context, file)
    const text = await withTemporaryFolder(async (home) => {
      const program = requireTool('helm', context.tools, `the chart in ${toShownPath(context, context.folder)}`)
      const args = helmArguments(context, { valueFiles, extraValues: writeInlineValues(context, home), location })
      return await cachedRendering(context, { program, args, env: {}, folders: () => chartFolders(context, chart), home }, () => template(context, chart, { program, args, home, location }))
    })
    return toResources(context, chart, text)
  },
  inputs(context) {
    const location = { file: toShownPath(context, context.folder), line: 1, column: 1 }
    const folders = chartFolders(context, readChart(context.folder, (path) => toShownPath(context, path)))
    const named = [...resolveValueFiles(context, location), ...(context.options.helm?.fileParameters ?? []).map(({ path }) => resolveValueFile(context, path, location).path)]
    if (folders === undefined) return undefined
    const own = folders.flatMap((folder) => [...walkFiles(folder, { skip: (name) => name === '.git' })].map(({ path }) => join(folder, path)))
    return { files: [...own, ...named], places: [...folders, ...named] }
  },
}

/** The chart and those that it names by path; undefined where one is not there, which only matters to who needs it. */
function chartFolders(context: RenderContext, chart: Chart): readonly string[] | undefined {
  try {
    return localDependencies(context, chart)
  } catch (error) {
    if (!(error instanceof RenderError) && !(error instanceof IoError)) throw error
    return undefined
  }
}

interface Call {
  readonly program: string
  readonly args: readonly string[]
  readonly home: string
  readonly location: SourceLocation
}

function writeInlineValues({ options: { helm: { values, valuesObject } = {} } }: RenderContext, home: string): string | undefined {
  const text = valuesObject === undefined ? values : formatYaml(valuesObject)
  if (text === undefined || text === '') return undefined
  const file = join(home, 'values.yaml')
  writeFileSync(file, text)
  return file
}

/** Templates in place; where charts are missing, in a copy into which they were put. */
async function template(context: RenderContext, chart: Chart, call: Call): Promise<string> {
  const lock = join(chart.folder, 'Chart.lock')
  const hadLock = existsSync(lock)
  try {
    return await run(context, call, call.args, chart.folder)
  } catch (error) {
    if (!(error instanceof RenderError) || !/(?:found in requirements\.yaml, but missing in charts|found in Chart\.yaml, but missing in charts\/ directory)/.test(error.message)) throw error
    return await templateWithDependencies(context, chart, call, error)
  } finally {
    // Some versions of Helm leave a lock behind when they template.
    if (!hadLock) rmSync(lock, { force: true })
  }
}

async function templateWithDependencies(context: RenderContext, chart: Chart, call: Call, cause: RenderError): Promise<string> {
  const folders = localDependencies(context, chart)
  const remote = folders.flatMap((folder) => readChart(folder, (path) => toShownPath(context, path)).dependencies).find(({ repository }) => repository !== '' && !repository.startsWith('file://'))
  if (remote !== undefined && context.options.network !== true) {
    throw new RenderError(
      'MISSING_DEPENDENCY', `the chart ${remote.name} (${remote.repository}) is missing in charts/: run "helm dependency build" and keep its result, or allow the network`,
      remote.document.locate(['dependencies', remote.index]), cause,
    )
  }
  const root = join(call.home, 'copy')
  copyFolders(context.root, folders, root)
  for (const folder of folders.toReversed()) {
    const copy = join(root, relative(context.root, folder))
    if (readChart(copy, (path) => path).dependencies.length > 0) await run(context, call, ['dependency', 'build', ...(remote === undefined ? ['--skip-refresh'] : [])], copy)
  }
  return await run(context, call, call.args, join(root, relative(context.root, chart.folder)))
}

async function run(context: RenderContext, { program, home, location }: Call, args: readonly string[], cwd: string): Promise<string> {
  const { network = false, timeoutMs } = context.options
  try {
    return await runProgram(program, args, { cwd, env: toolEnvironment(home, { network }), ...(timeoutMs === undefined ? {} : { timeoutMs }) })
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error
    const message = error.message.replaceAll(join(home, 'values.yaml'), 'the values of the Application').replaceAll(`${join(home, 'copy')}/`, '').replaceAll(`${context.root}/`, '')
      .replace('failed: Error: ', 'failed: ').replace(/\n+Use --debug flag.*$/s, '')
    throw new RenderError('RENDER_FAILED', message, placeInTemplate(context, message) ?? location, error)
  }
}

/** Helm names the place of an error in a template as `chart/templates/x.yaml:12:3`. */
function placeInTemplate(context: RenderContext, message: string): SourceLocation | undefined {
  const found = /([\w.-]+\/(?:charts\/[\w.-]+\/)*templates\/[\w./-]*\w)(?::(\d+))?(?::(\d+))?/.exec(message)
  if (found === null) return undefined
  const path = templatePath({ folder: context.folder, name: '', isLibrary: false, dependencies: [] }, found[1] as string)
  return path === undefined ? undefined : { file: toShownPath(context, path), line: Number(found[2] ?? 1), column: Number(found[3] ?? 0) + 1 }
}

/** Helm writes before each document from which template it came. */
function toResources(context: RenderContext, chart: Chart, text: string): readonly Resource[] {
  const fallback = { file: toShownPath(context, join(chart.folder, 'Chart.yaml')), line: 1, column: 1 }
  const sources = [...text.matchAll(/^---\r?\n# Source: (\S+)/gm)].map((match) => ({ line: text.slice(0, match.index).split('\n').length, source: match[1] as string }))
  const { resources, problems } = parseManifests(text, fallback.file)
  for (const problem of problems) {
    const source = sourceOf(sources, problem.location?.line ?? 0)
    const path = source === undefined ? undefined : templatePath(chart, source)
    context.problems.push({ ...problem, location: path === undefined ? fallback : { file: toShownPath(context, path), line: 1, column: 1 } })
  }
  const locators = new Map<string, TemplateLocator>()
  const crds = new Map<string, BaseIndex>()
  return resources.map((resource) => {
    const source = sourceOf(sources, resource.source?.line ?? 0)
    const path = source === undefined ? undefined : templatePath(chart, source)
    if (source === undefined || path === undefined) return placeAt(resource, fallback, source ?? fallback.file)
    const shown = toShownPath(context, path)
    if (/\/crds\//.test(source)) return placeAsWritten(resource, { path, shown, source }, crds)
    const locator = locators.get(path) ?? new TemplateLocator(path, shown)
    locators.set(path, locator)
    const start = locator.start(resource)
    return placeAt(resource, start, source, (field) => locator.locate(field, start))
  })
}

/** Files of crds/ are not templates: their places are exact. */
function placeAsWritten(resource: Resource, { path, shown, source }: { path: string; shown: string; source: string }, indexes: Map<string, BaseIndex>): Resource {
  let index = indexes.get(path)
  if (index === undefined) {
    index = new BaseIndex()
    index.add(path, shown)
    indexes.set(path, index)
  }
  const written = index.find(resource.id)
  return placeAt(resource, written?.source ?? { file: shown, line: 1, column: 1 }, source, written === undefined ? undefined : (field) => written.locate(field))
}

function sourceOf(sources: readonly { readonly line: number; readonly source: string }[], line: number): string | undefined {
  return sources.findLast((source) => source.line <= line)?.source
}
