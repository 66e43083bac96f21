import { basename, resolve } from 'node:path'
import type { Application, Cluster } from '../argocd/index.ts'
import { realPath } from '../io/files.ts'
import type { Problem } from '../model/errors.ts'
import type { JsonObject } from '../model/json.ts'
import type { ReportSource } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import type { SourceLocation } from '../model/source.ts'
import { withRenderRun, type RenderedSource, type RenderOptions, type RenderSource, type RenderTools } from '../render/index.ts'
import { clusterName } from './applications/cluster-name.ts'
import { createNamespaces } from './applications/create-namespaces.ts'
import { loadClusters } from './applications/load-clusters.ts'
import { renderRepository, type RenderedApplication, type RenderedPart } from './applications/render-repository.ts'
import { createRepositories } from './applications/repositories.ts'
import type { ReadPluginSource } from './applications/resolve-application.ts'
import { findSources, type FoundRoot } from './find-sources.ts'
import { loadObjects } from './load-objects.ts'
import { kindsOf, placeResource } from './place-resources.ts'
import type { Share } from './shard/share.ts'
import { showProblem } from './show-problem.ts'
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
  /** Folders that stand for repositories, by address. */
  readonly repositories?: Readonly<Record<string, string>> | undefined
  /** A file that lists Argo CD's clusters, for ApplicationSets. */
  readonly clustersFile?: string | undefined
  /** Names of the Applications to render, alone; all, and what no Application covers, where absent or empty. */
  readonly applications?: readonly string[] | undefined
  /** Files and folders with CustomResourceDefinitions. */
  readonly crdPaths?: readonly string[] | undefined
  /** How plugin sources that name presync are rendered. */
  readonly readPluginSource?: ReadPluginSource | undefined
  /** Everything is rendered whoever evaluates it, but what belongs to this part first. */
  readonly share?: Share | undefined
  readonly texts: SourceTexts
  readonly onProgress?: (text: string) => void
}

/** What Argo CD would apply. */
export interface Rendered {
  readonly sources: readonly ReportSource[]
  /** Those of Applications are placed in their destination; the others name a namespace or none. */
  readonly resources: readonly Resource[]
  readonly problems: readonly Problem[]
  /** What was not rendered, and what was taken for granted. */
  readonly notices: readonly string[]
  readonly applications: readonly RenderedApplication[]
  /** What was given by `crdPaths`. */
  readonly definitions: readonly Resource[]
  /** Namespaces that syncs create, whatever the cluster. */
  readonly createdNamespaces: readonly JsonObject[]
  /** Destination clusters by resource, where Applications go to several. */
  readonly clusters: ReadonlyMap<Resource, string>
}

/** Discovers the sources below the paths and renders each once, as the Applications among them say. What is wrong with one is a problem; the others count. */
export async function renderPaths(options: RenderPathsOptions): Promise<Rendered> {
  return withRenderRun((run) => renderFound({ ...options, tools: { ...options.tools, run } }))
}

async function renderFound(options: RenderPathsOptions): Promise<Rendered> {
  const definitions = loadObjects(options.crdPaths ?? [], options)
  const loaded = options.clustersFile === undefined ? undefined : loadClusters(options.clustersFile, options)
  const found = findSources(options)
  const rendered = await Promise.all(found.roots.map((root) => renderRoot(root, loaded?.clusters, options)))
  const named = found.named.map(({ path, resources }): Part => ({ source: { path, type: 'Directory', resourceCount: resources.length }, resources }))
  const parts = [...named, ...rendered.flatMap((one) => one.parts)]
  const applications = rendered.flatMap((one) => one.applications)
  const placed = placeParts(parts, options.namespace, definitions.resources)
  return {
    sources: parts.map(({ source }) => source), resources: placed.flatMap(({ resources }) => resources), clusters: clustersOf(placed), applications,
    createdNamespaces: createNamespaces(applications.map(({ application }) => application)), definitions: definitions.resources,
    problems: [...definitions.problems, ...loaded?.problems ?? [], ...found.problems, ...rendered.flatMap(({ problems }) => problems), ...findUnknown(options.applications ?? [], applications)],
    notices: [...new Set(rendered.flatMap(({ notices }) => notices))],
  }
}

/** Resources that belong together, and where they go. */
interface Part {
  readonly source: ReportSource
  readonly resources: readonly Resource[]
  /** Of an Application. */
  readonly destination?: Application['destination']
}

interface RenderedRoot extends Pick<Rendered, 'applications' | 'problems' | 'notices'> { readonly parts: readonly Part[] }

async function renderRoot({ root, sources, named }: FoundRoot, clusters: readonly Cluster[] | undefined, options: RenderPathsOptions): Promise<RenderedRoot> {
  const { cwd, repositories: mapped = {}, tools, readPluginSource, onProgress, applications: wanted = [] } = options
  if (sources.length === 0 && named.length === 0) return { parts: [], applications: [], problems: [], notices: [] }
  const checked = { root: realPath(root.folder), show: root.show }
  const { applications, uncovered, notices, problems } = await renderRepository({
    repositories: createRepositories({ checked, cwd, mapped }), sources, named, clusters, tools, readPluginSource, onProgress, share: options.share, render: renderOptions(options),
    defaults: (source) => ({ ...renderOptions(options), appName: options.appName ?? defaultName(source) }),
    ...(wanted.length === 0 ? {} : { wants: (application) => isWanted(application, wanted) }),
  })
  const show = ({ result, show: name }: RenderedPart): readonly Problem[] => result.problems.map((problem) => showProblem(problem, name))
  const parts = [...uncovered.map((part) => toPart(part)), ...applications.flatMap(({ application, parts: own }) => own.map((part) => toPart(part, application)))]
  return {
    parts: firstOfEach(parts).sort((left, right) => (left.source.path < right.source.path ? -1 : left.source.path > right.source.path ? 1 : 0)), applications, notices,
    problems: [...problems.map((problem) => showProblem(problem, root.show)), ...[...uncovered, ...applications.flatMap(({ parts: own }) => own)].flatMap(show)],
  }
}

function isWanted({ name, namespace = '' }: Application, wanted: readonly string[]): boolean {
  return wanted.includes(name) || wanted.includes(`${namespace}/${name}`)
}

function findUnknown(wanted: readonly string[], applications: readonly RenderedApplication[]): readonly Problem[] {
  return wanted.filter((name) => !applications.some(({ application }) => isWanted(application, [name])))
    .map((name) => ({ code: 'NOT_FOUND', severity: 'error', message: `there is no Application ${name} in what was checked` }))
}

type MadePart = Part & { readonly made: RenderedSource }

function toPart({ source, result, show }: RenderedPart, application?: Application): MadePart {
  const name = application === undefined ? {} : { application: application.name }
  return {
    made: result, source: { path: show(source.path), type: result.type, ...name, resourceCount: result.resources.length }, resources: showResources(result, { show, ...name }),
    ...(application === undefined ? {} : { destination: application.destination }),
  }
}

/** Applications that apply the same to one namespace of several clusters: their resources count once. */
function firstOfEach(parts: readonly MadePart[]): MadePart[] {
  const seen = new Map<RenderedSource, Set<string | undefined>>()
  return parts.map((part) => {
    const namespaces = seen.get(part.made) ?? new Set()
    const namespace = part.destination?.namespace
    seen.set(part.made, namespaces)
    if (namespaces.has(namespace)) return { ...part, resources: [] }
    namespaces.add(namespace)
    return part
  })
}

function renderOptions({ namespace, kubeVersion, apiVersions, network }: RenderPathsOptions): RenderOptions {
  return { namespace, network, ...(kubeVersion === undefined ? {} : { kubeVersion }), ...(apiVersions === undefined ? {} : { apiVersions }) }
}

/** An Application is usually called like its folder; Helm takes lower-case names of at most 53 characters. */
function defaultName({ root, path }: RenderSource): string {
  const name = basename(resolve(root, path)).toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 53)
  return name === '' ? 'app' : name
}

/** Places in the user's terms. Most runs start at the root, where there is nothing to translate. */
function showResources({ resources }: RenderedSource, { show: name, application }: { show(name: string): string; readonly application?: string }): readonly Resource[] {
  if (application === undefined && name('a/b') === 'a/b') return resources
  const show = (location: SourceLocation | undefined): SourceLocation | undefined => location && { ...location, file: name(location.file) }
  return resources.map((resource) => ({
    id: resource.id, object: resource.object, ...(resource.origin === undefined ? {} : { origin: name(resource.origin) }), ...(application === undefined ? {} : { application }),
    get source() { return show(resource.source) as SourceLocation },
    locate: (path) => show(resource.locate(path)),
  }))
}

/** Argo CD puts what names no namespace into the destination's. */
function placeParts(parts: readonly Part[], fallback: string, definitions: readonly Resource[]): readonly Part[] {
  if (parts.every(({ destination }) => destination === undefined)) return parts
  const kinds = kindsOf([...definitions, ...parts.flatMap(({ resources }) => resources)])
  return parts.map((part) => {
    const { destination, resources } = part
    return destination === undefined ? part : { ...part, resources: resources.map((resource) => placeResource(resource, destination.namespace === '' ? fallback : destination.namespace, kinds)) }
  })
}

function clustersOf(parts: readonly Part[]): ReadonlyMap<Resource, string> {
  const found = parts.flatMap(({ destination, resources }) => (destination === undefined ? [] : [{ cluster: clusterName(destination), resources }]))
  if (new Set(found.map(({ cluster }) => cluster)).size < 2) return new Map()
  return new Map(found.flatMap(({ cluster, resources }) => resources.map((resource) => [resource, cluster] as const)))
}
