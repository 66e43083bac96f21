// Argo CD: util/kustomize/kustomize.go (Build).
import { writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { copyFolders } from '../../io/copy-folders.ts'
import { ProgramError } from '../../io/io-error.ts'
import { provideFiles } from '../../io/mounts.ts'
import { runProgram } from '../../io/run-program.ts'
import { withTemporaryFolder } from '../../io/temporary-folder.ts'
import { parseManifests } from '../../manifest/index.ts'
import { isJsonObject } from '../../model/json.ts'
import type { Resource } from '../../model/resource.ts'
import { BaseIndex } from '../base-index.ts'
import { cachedRendering } from '../cached-rendering.ts'
import { findTool, missingTool, requireTool } from '../find-tool.ts'
import { toPlainVersion } from '../kube-version.ts'
import { kustomizationNames, readKustomizationTree, type Kustomization } from '../kustomization.ts'
import { hasEdits, applyEdits } from '../kustomize-edits.ts'
import { placeAt } from '../placed-resource.ts'
import { noteFile, toShownPath, type RenderContext, type Renderer } from '../render-context.ts'
import { RenderError } from '../render-error.ts'
import { resolveFrom } from '../resolve-path.ts'
import { toolEnvironment } from '../tool-environment.ts'

/** A folder with a kustomization, built by the real program. */
export const kustomize: Renderer = {
  summary: 'kustomize build, with the options of the Application applied as Argo CD does',
  mark: (names) => names.findLast((name) => kustomizationNames.includes(name)),
  async render(context) {
    const tree = readTree(context)
    for (const { file, files } of tree) for (const path of [file, ...files]) noteFile(context, path)
    return toResources(context, tree, await buildOnce(context, tree))
  },
  inputs(context) {
    const tree = readTree(context)
    // Charts may lie anywhere.
    if (tree.some(({ document }) => isJsonObject(document?.value) && ('helmCharts' in document.value || 'helmChartInflationGenerator' in document.value))) return undefined
    return { files: [...new Set(tree.flatMap(({ file, files }) => [file, ...files]))], places: foldersOf(tree) }
  },
}

function readTree(context: RenderContext): readonly Kustomization[] {
  const { root, folder, made, options: { network = false } } = context
  const options = {
    root, show: (path: string) => toShownPath(context, path), network,
    // What is remembered of a folder holds for the folder as it is.
    ...(made === undefined ? { run: context.tools.run } : { made: join(folder, made.name) }),
  }
  const own = readKustomizationTree(folder, options)
  const [top] = own
  const components = (context.options.kustomize?.components ?? []).flatMap((path) => {
    const component = resolveFrom(context, folder, path)
    try {
      return readKustomizationTree(component, options)
    } catch (error) {
      if (context.options.kustomize?.ignoreMissingComponents === true && error instanceof RenderError && error.code === 'MISSING_FILE') return []
      throw error
    }
  })
  const all = [...own, ...components]
  return [top as Kustomization, ...all.filter((one) => one.folder !== top?.folder)]
}

/** Edits change the kustomization, charts are pulled into its folder, and what was made lies in it: none of that may happen to the user's own files. */
function needsCopy({ made, options: { kustomize = {}, kustomizeBuildOptions = '' } }: RenderContext): boolean {
  return made !== undefined || hasEdits(kustomize) || kustomizeBuildOptions.includes('--enable-helm')
}

/** Charts that kustomize inflates are another program's work, and are not kept. */
async function buildOnce(context: RenderContext, tree: readonly Kustomization[]): Promise<string> {
  const make = (): Promise<string> => withHome(context, (home) => (needsCopy(context) ? buildCopy(context, tree, home) : build(context, context.root, home)))
  const program = findTool('kustomize', context.tools) ?? findTool('kubectl', context.tools)
  // What was made is kept by whoever made it.
  if (program === undefined || context.made !== undefined || /--enable-(?:helm|alpha|exec)/.test(context.options.kustomizeBuildOptions ?? '')) {
    await provideFiles([context.root])
    return await make()
  }
  return await cachedRendering(context, { program, args: [toShownPath(context, context.folder)], env: buildVariables(context), folders: () => foldersOf(tree) }, make)
}

/** Where kustomize reads: below kustomizations, and beside the files that they name. */
function foldersOf(tree: readonly Kustomization[]): readonly string[] {
  return [...new Set(tree.flatMap(({ folder, files }) => [folder, ...files.map((file) => dirname(file))]))]
}

/** What builds in place and fetches nothing leaves nothing in its home, so that all such builds of a run can share one. */
async function withHome<T>(context: RenderContext, use: (home: string) => Promise<T>): Promise<T> {
  const { run } = context.tools
  return run === undefined || needsCopy(context) || context.options.network === true ? await withTemporaryFolder(use) : await use(await run.home())
}

/** Argo CD edits the checkout; presync edits a copy of the folders that take part. */
async function buildCopy(context: RenderContext, tree: readonly Kustomization[], home: string): Promise<string> {
  const root = join(home, 'copy')
  copyFolders(context.root, tree.map(({ folder }) => folder), root)
  const folder = join(root, relative(context.root, context.folder))
  if (context.made !== undefined) writeFileSync(join(folder, context.made.name), context.made.text, { flag: 'wx' })
  if (hasEdits(context.options.kustomize ?? {})) {
    const program = requireTool('kustomize', context.tools, `${toShownPath(context, context.folder)} with options of its Application`)
    await applyEdits(context, { folder, run: async (args, cwd) => void await run(context, program, args, { cwd, home }) })
  }
  return await build(context, root, home)
}

async function build(context: RenderContext, root: string, home: string): Promise<string> {
  const folder = join(root, relative(context.root, context.folder))
  const options = buildOptions(context)
  const program = findTool('kustomize', context.tools)
  if (program !== undefined) return await run(context, program, ['build', folder, ...options], { cwd: root, home })
  const kubectl = options.length === 0 ? findTool('kubectl', context.tools) : undefined
  if (kubectl === undefined) return missingTool('kustomize', `the kustomization in ${toShownPath(context, context.folder)}`)
  return await run(context, kubectl, ['kustomize', folder], { cwd: root, home })
}

/** Options that neither run programs nor leave the repository. */
const allowedOptions: ReadonlySet<string> = new Set(['--enable-helm', '--reorder', '--helm-kube-version', '--helm-api-versions', '--helm-debug', '--enable-managedby-label', '--enable-star', '--as-current-user', 'none', 'legacy'])

function buildOptions(context: RenderContext): string[] {
  const words = (context.options.kustomizeBuildOptions ?? '').split(/\s+/).filter((word) => word !== '')
  for (const word of words) {
    const isValue = !word.startsWith('-')
    if (!isValue && !allowedOptions.has(word.split('=')[0] as string)) {
      throw new RenderError('UNSUPPORTED_SOURCE', `kustomize is not run with ${word}: options that start programs or leave the repository are refused`)
    }
  }
  if (!words.some((word) => word.includes('--enable-helm'))) return words
  const { kubeVersion = context.options.kubeVersion, apiVersions = context.options.apiVersions ?? [] } = context.options.kustomize ?? {}
  const helm = findTool('helm', context.tools)
  return [
    ...words, ...(helm === undefined ? [] : ['--helm-command', helm]),
    ...(kubeVersion === undefined ? [] : ['--helm-kube-version', toPlainVersion(kubeVersion)]), ...apiVersions.flatMap((version) => ['--helm-api-versions', version]),
  ]
}

async function run(context: RenderContext, program: string, args: readonly string[], { cwd, home }: { cwd: string; home: string }): Promise<string> {
  const { network = false, timeoutMs } = context.options
  try {
    return await runProgram(program, args, { cwd, env: { ...buildVariables(context), ...toolEnvironment(home, { network, programs: [program] }) }, ...(timeoutMs === undefined ? {} : { timeoutMs }) })
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error
    const message = error.message.replaceAll(`${join(home, 'copy')}/`, '').replaceAll(`${context.root}/`, '').replaceAll(context.root, '.').replace('failed: Error: ', 'failed: ')
    throw new RenderError('RENDER_FAILED', message, { file: toShownPath(context, context.folder), line: 1, column: 1 }, error)
  }
}

/** Argo CD hands its variables on to kustomize; none of them may stand in for one that programs obey. */
function buildVariables({ options: { buildEnvironment = {} } }: RenderContext): Record<string, string> {
  return Object.fromEntries(Object.entries(buildEnvironment).filter(([name]) => name.startsWith('ARGOCD_')))
}

/** Each resource leads back to the manifest in a base that it started as, or to the kustomization that made it. */
function toResources(context: RenderContext, tree: readonly Kustomization[], text: string): readonly Resource[] {
  const [top] = tree as readonly [Kustomization]
  const fallback = { file: toShownPath(context, top.file), line: 1, column: 1 }
  const { resources, problems } = parseManifests(text, fallback.file)
  for (const problem of problems) context.problems.push({ ...problem, location: fallback })
  const index = new BaseIndex(context.tools.run)
  for (const file of new Set(tree.flatMap(({ files }) => files))) index.add(file, toShownPath(context, file))
  index.addResources(context.made?.resources ?? [])
  return resources.map((resource) => {
    const base = index.find(resource.id)
    const source = base?.source ?? fallback
    return placeAt(resource, source, source.file, base === undefined ? undefined : (path) => base.locate(path))
  })
}
