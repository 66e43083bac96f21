import { basename, resolve } from 'node:path'
import type { Application } from '../argocd/index.ts'
import { realPath } from '../io/files.ts'
import type { KindTable } from '../kubernetes/kinds.ts'
import type { Problem } from '../model/errors.ts'
import type { JsonObject } from '../model/json.ts'
import type { ReportSource } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import type { SourceLocation } from '../model/source.ts'
import { withRenderRun, type RenderedSource, type RenderRun, type RunTwin, type RenderOptions, type RenderSource, type RenderTools } from '../render/index.ts'
import { groupBy } from '../values/group-by.ts'
import { clusterName } from './applications/cluster-name.ts'
import { createNamespaces } from './applications/create-namespaces.ts'
import { loadClusters, type LoadedClusters } from './applications/load-clusters.ts'
import {
  planRepository, renderRepository, type RenderedApplication, type RenderedPart, type RenderedRepository, type RenderRepositoryOptions,
} from './applications/render-repository.ts'
import type { RenderUnit } from './applications/render-units.ts'
import { createRepositories } from './applications/repositories.ts'
import type { ReadPluginSource } from './applications/resolve-application.ts'
import { findSources, type FoundRoot, type FoundSources } from './find-sources.ts'
import { loadObjects, type LoadedObjects } from './load-objects.ts'
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
  /** How many of the resources each source has, in their order. */
  readonly sizes: readonly number[]
  readonly problems: readonly Problem[]
  /** What was not rendered, and what was taken for granted. */
  readonly notices: readonly string[]
  readonly applications: readonly RenderedApplication[]
  /** What an Application applies; also where another one applies the same, and the resources count as that one's. */
  appliedBy(application: RenderedApplication): readonly Resource[]
  /** What was given by `crdPaths`. */
  readonly definitions: readonly Resource[]
  /** Namespaces that syncs create, whatever the cluster. */
  readonly createdNamespaces: readonly JsonObject[]
  /** Destination clusters by resource, where Applications go to several. */
  readonly clusters: ReadonlyMap<Resource, string>
  /** What was rendered only for what others have to know of it, and is not checked itself. */
  readonly known: readonly Resource[]
}

/** Discovers the sources below the paths and renders each once, as the Applications among them say. What is wrong with one is a problem; the others count. */
export async function renderPaths(options: RenderPathsOptions): Promise<Rendered> {
  return withRenderRun((run) => renderFound({ ...options, tools: { ...options.tools, run } }))
}

async function renderFound(options: RenderPathsOptions): Promise<Rendered> {
  const paths = openPaths(options)
  const rendered = await Promise.all(paths.found.roots.map(async (root) => (isEmpty(root) ? emptyRoot : showRoot(root, await renderRepository(repositoryOptions(root, paths))))))
  return putTogether(paths, rendered)
}

/** What is to be rendered, before it is. */
export interface PathsPlan {
  readonly units: readonly RenderUnit[]
  readonly run: RenderRun
  /** Renders the chosen units, and those that others have to know of; see `RepositoryPlan`. */
  render(chosen: ReadonlySet<RenderUnit>, known?: ReadonlySet<RenderUnit>): Promise<Rendered | undefined>
}

/** Finds out what there is to render, and calls `use` with that. What a twin has read already is not read again. */
export async function withPathsPlan<T>(given: RenderPathsOptions, use: (plan: PathsPlan) => Promise<T>, twin?: RunTwin): Promise<T> {
  return withRenderRun(async (run) => {
    const paths = openPaths({ ...given, tools: { ...given.tools, run } })
    const plans = await Promise.all(paths.found.roots.map(async (root) => ({ root, plan: isEmpty(root) ? undefined : await planRepository(repositoryOptions(root, paths)) })))
    const units = plans.flatMap(({ plan }) => plan?.units ?? [])
    const destinations = units.flatMap(({ application }) => application?.destination ?? [])
    const render = async (chosen: ReadonlySet<RenderUnit>, known: ReadonlySet<RenderUnit> = new Set()): Promise<Rendered | undefined> => {
      const roots: RenderedRoot[] = []
      for (const { root, plan } of plans) {
        const others = await plan?.render(known)
        const rendered = await plan?.render(chosen)
        if (plan !== undefined && (rendered === undefined || others === undefined)) return undefined
        roots.push(rendered === undefined || others === undefined ? emptyRoot : { ...showRoot(root, rendered), known: showRoot(root, others) })
      }
      return putTogether(paths, roots, destinations)
    }
    return use({ units, render, run })
  }, twin)
}

interface OpenPaths {
  readonly options: RenderPathsOptions
  readonly definitions: LoadedObjects
  readonly loaded: LoadedClusters | undefined
  readonly found: FoundSources
}

function openPaths(options: RenderPathsOptions): OpenPaths {
  return {
    options, definitions: loadObjects(options.crdPaths ?? [], options), found: findSources(options),
    loaded: options.clustersFile === undefined ? undefined : loadClusters(options.clustersFile, options),
  }
}

/** `destinations` are those of all Applications, also where not all are rendered. */
function putTogether({ options, definitions, loaded, found }: OpenPaths, rendered: readonly RenderedRoot[], destinations?: readonly Destination[]): Rendered {
  const named = found.named.map(({ path, resources }): Part => ({ source: { path, type: 'Directory', resourceCount: resources.length }, resources }))
  const parts = [...named, ...rendered.flatMap((one) => one.parts)]
  const applications = rendered.flatMap((one) => one.applications)
  const others = rendered.flatMap(({ known }) => known?.parts ?? [])
  const kinds = kindsOf([...definitions.resources, ...[...parts, ...others].flatMap(({ resources }) => resources)])
  const [placed, known] = [placeParts(parts, options.namespace, kinds), placeParts(others, options.namespace, kinds)]
  // What is known only may have warnings, which are nobody's news; without what it should tell, results would be hollow.
  const missing = rendered.flatMap((one) => one.known?.sourceProblems.filter(({ severity }) => severity === 'error') ?? [])
  return {
    sources: parts.map(({ source }) => source), resources: placed.flatMap(({ resources }) => resources), sizes: placed.map(({ resources }) => resources.length), clusters: clustersOf([...placed, ...known], destinations), applications, appliedBy: indexApplied(placed),
    known: known.flatMap(({ resources }) => resources),
    createdNamespaces: createNamespaces(applications.map(({ application }) => application)), definitions: definitions.resources,
    problems: [
      ...definitions.problems, ...loaded?.problems ?? [], ...found.problems, ...rendered.flatMap(({ problems, sourceProblems }) => [...problems, ...sourceProblems]), ...missing,
      ...findUnknown(options.applications ?? [], applications),
    ],
    notices: [...new Set(rendered.flatMap(({ notices }) => notices))],
  }
}

/** Tells what an Application applies from what was made of its sources, for its namespace. */
function indexApplied(parts: readonly Part[]): Rendered['appliedBy'] {
  const byMade = groupBy(parts, ({ made }) => made)
  return ({ application: { destination: { namespace } }, parts: own }) => (
    own.flatMap(({ result }) => byMade.get(result)?.find((part) => part.destination?.namespace === namespace && part.resources.length > 0)?.resources ?? [])
  )
}

type Destination = Application['destination']

/** Resources that belong together, and where they go. */
interface Part {
  readonly source: ReportSource
  readonly resources: readonly Resource[]
  /** Of an Application. */
  readonly destination?: Destination
  /** What a source that was found made it. */
  readonly made?: RenderedSource
}

interface RenderedRoot extends Pick<Rendered, 'applications' | 'problems' | 'notices'> {
  readonly parts: readonly Part[]
  /** What is wrong with the sources themselves. */
  readonly sourceProblems: readonly Problem[]
  readonly known?: Pick<RenderedRoot, 'parts' | 'sourceProblems'>
}

const emptyRoot: RenderedRoot = { parts: [], applications: [], problems: [], sourceProblems: [], notices: [] }

function isEmpty({ sources, named }: FoundRoot): boolean {
  return sources.length === 0 && named.length === 0
}

function repositoryOptions({ root, sources, named }: FoundRoot, { options, loaded }: OpenPaths): RenderRepositoryOptions {
  const { cwd, repositories: mapped = {}, tools, readPluginSource, onProgress, applications: wanted = [] } = options
  const checked = { root: realPath(root.folder), show: root.show }
  return {
    repositories: createRepositories({ checked, cwd, mapped }), sources, named, clusters: loaded?.clusters, tools, readPluginSource, onProgress, share: options.share, render: renderOptions(options),
    defaults: (source) => ({ ...renderOptions(options), appName: options.appName ?? defaultName(source) }),
    ...(wanted.length === 0 ? {} : { wants: (application) => isWanted(application, wanted) }),
  }
}

function showRoot({ root }: FoundRoot, { applications, uncovered, notices, problems }: RenderedRepository): RenderedRoot {
  const show = ({ result, show: name }: RenderedPart): readonly Problem[] => result.problems.map((problem) => showProblem(problem, name))
  const parts = [...uncovered.map((part) => toPart(part)), ...applications.flatMap(({ application, parts: own }) => own.map((part) => toPart(part, application)))]
  return {
    parts: firstOfEach(parts).sort((left, right) => (left.source.path < right.source.path ? -1 : left.source.path > right.source.path ? 1 : 0)), applications, notices,
    problems: problems.map((problem) => showProblem(problem, root.show)), sourceProblems: [...uncovered, ...applications.flatMap(({ parts: own }) => own)].flatMap(show),
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
function placeParts(parts: readonly Part[], fallback: string, kinds: KindTable): readonly Part[] {
  return parts.map((part) => {
    const { destination, resources } = part
    return destination === undefined ? part : { ...part, resources: resources.map((resource) => placeResource(resource, destination.namespace === '' ? fallback : destination.namespace, kinds)) }
  })
}

function clustersOf(parts: readonly Part[], destinations: readonly Destination[] = parts.flatMap(({ destination }) => destination ?? [])): ReadonlyMap<Resource, string> {
  if (new Set(destinations.map(clusterName)).size < 2) return new Map()
  const found = parts.flatMap(({ destination, resources }) => (destination === undefined ? [] : [{ cluster: clusterName(destination), resources }]))
  return new Map(found.flatMap(({ cluster, resources }) => resources.map((resource) => [resource, cluster] as const)))
}
