import { dirname, join, resolve } from 'node:path'
import { isInside, kindOf, readFolder, realPath, resolveInside, toPortable } from '../io/files.ts'
import { IoError } from '../io/io-error.ts'
import type { FolderEntry } from '../io/mounts.ts'
import type { Problem } from '../model/errors.ts'
import { detectFromNames } from './detect-source-type.ts'
import { readChart } from './helm-chart.ts'
import { readKustomization, type Kustomization } from './kustomization.ts'
import { looksLikeManifest } from './looks-like-manifest.ts'
import { toShownPath } from './render-context.ts'
import { RenderError } from './render-error.ts'
import { oncePerFile, readOnce, type RenderRun } from './render-run.ts'
import type { RenderSource } from './source.ts'

/** The sources below a path, by path, and what keeps presync from finding some. */
export interface DiscoveredSources {
  readonly sources: readonly RenderSource[]
  readonly problems: readonly Problem[]
}

/** A folder with a kustomization; undefined where it cannot be read, which is said when it is rendered. */
interface Overlay {
  readonly folder: string
  readonly kustomization: Kustomization | undefined
}

interface Found {
  readonly root: string
  readonly run: RenderRun | undefined
  readonly charts: string[]
  readonly overlays: Overlay[]
  /** Folders with loose manifests, and these. */
  readonly plain: Map<string, string[]>
}

const maxDepth = 100

/**
 * Walks a repository for everything that would be an Application's source: each chart, each kustomization that no other one includes, and each
 * folder with manifests that no kustomization reads. Hidden folders and installed packages are passed over, links are not followed.
 */
export function discoverSources(root: string, path = '.', run?: RenderRun): DiscoveredSources {
  try {
    const realRoot = realPath(resolve(root))
    const start = resolveInside(realRoot, path)
    const kind = kindOf(start)
    if (kind === 'file') return { sources: [{ root: realRoot, path: shown(realRoot, dirname(start)), type: 'Directory', files: [shown(realRoot, start)] }], problems: [] }
    if (kind !== 'folder') throw new RenderError('SOURCE_NOT_FOUND', `${path} does not exist`)
    const found: Found = { root: realRoot, run, charts: [], overlays: [], plain: new Map() }
    walk(start, found, 0)
    const sources = toSources(found)
    return { sources, problems: sources.length > 0 ? [] : [{ code: 'NO_RESOURCES', severity: 'error', message: `there are no manifests, charts or kustomizations in ${path}`, location: { file: path, line: 1, column: 1 } }] }
  } catch (error) {
    if (!(error instanceof IoError) && !(error instanceof RenderError)) throw error
    return { sources: [], problems: [{ code: error.code, severity: 'error', message: error.message, location: { file: path, line: 1, column: 1 } }] }
  }
}

function shown(root: string, path: string): string {
  return toShownPath({ root }, path)
}

function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || name === 'vendor' || name === '__pycache__'
}

function walk(folder: string, found: Found, depth: number): void {
  const entries = readFolder(folder)
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
  const type = detectFromNames(names)
  if (type === 'Helm') {
    if (!readChart(folder, toPortable).isLibrary) found.charts.push(folder)
  } else if (type === 'Kustomize') found.overlays.push({ folder, kustomization: tryRead(folder, found) })
  else addPlain(folder, entries, found)
  // What lies in a chart belongs to it, templates above all.
  if (names.includes('Chart.yaml') || depth >= maxDepth) return
  for (const entry of entries) if (entry.isDirectory() && !isPassedOver(entry.name)) walk(join(folder, entry.name), found, depth + 1)
}

function tryRead(folder: string, { root, run }: Found): Kustomization | undefined {
  try {
    return readKustomization(folder, { root, show: (path) => shown(root, path), network: true, run })
  } catch (error) {
    if (error instanceof RenderError || error instanceof IoError) return undefined
    throw error
  }
}

function addPlain(folder: string, entries: readonly FolderEntry[], found: Found): void {
  const files = entries.filter((entry) => !entry.isDirectory() && /\.(?:ya?ml|json|jsonnet)$/.test(entry.name) && isManifest(join(folder, entry.name), entry, found)).map(({ name }) => join(folder, name))
  if (files.length > 0) found.plain.set(folder, files)
}

const remembered = oncePerFile<boolean>()

/** A link out of the repository counts, so that rendering refuses it by name. */
function isManifest(file: string, entry: FolderEntry, { root, run }: Found): boolean {
  if (file.endsWith('.jsonnet')) return true
  try {
    if (!entry.isFile() && kindOf(file) !== 'file') return false
    return (!entry.isFile() && !isInside(root, realPath(file))) || remembered(run, file, () => looksLikeManifest(readOnce(file, run), file.endsWith('.json')))
  } catch (error) {
    if (error instanceof IoError) return false
    throw error
  }
}

function toSources({ root, charts, overlays, plain }: Found): readonly RenderSource[] {
  const readByOverlays = new Set(overlays.flatMap(({ kustomization }) => kustomization?.files ?? []))
  const sources: RenderSource[] = [
    ...charts.map((folder) => ({ root, path: shown(root, folder), type: 'Helm' as const })),
    ...outermost(overlays).map((folder) => ({ root, path: shown(root, folder), type: 'Kustomize' as const })),
  ]
  for (const [folder, files] of plain) {
    const rest = files.filter((file) => !readByOverlays.has(realPath(file)))
    // A folder whose files a kustomization picks from is that kustomization's; the rest of it is not meant to be applied.
    if (rest.length === files.length) sources.push({ root, path: shown(root, folder), type: 'Directory', files: rest.map((file) => shown(root, file)) })
  }
  return sources.sort((left, right) => (left.path < right.path ? -1 : 1))
}

/** Kustomizations that no other one builds on; components are nothing by themselves. Of those that build on each other in a circle, the first. */
function outermost(overlays: readonly Overlay[]): readonly string[] {
  const byFolder = new Map(overlays.map((overlay) => [overlay.folder, overlay]))
  const included = new Set(overlays.flatMap(({ kustomization }) => kustomization?.bases ?? []))
  const reached = new Set<string>()
  const tops: string[] = []
  const add = (overlay: Overlay): void => {
    if (reached.has(overlay.folder) || overlay.kustomization?.isComponent === true) return
    tops.push(overlay.folder)
    const waiting = [overlay.folder]
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      if (reached.has(folder)) continue
      reached.add(folder)
      waiting.push(...(byFolder.get(folder)?.kustomization?.bases ?? []))
    }
  }
  for (const overlay of overlays) if (!included.has(overlay.folder)) add(overlay)
  for (const overlay of overlays) add(overlay)
  return tops
}
