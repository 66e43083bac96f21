// Argo CD: reposerver/repository/repository.go (GenerateManifest, resolveReferencedSources), util/argo/argo.go (validateSourcesPermissions)
import { join } from 'node:path'
import type { Application, ApplicationSource } from '../../argocd/index.ts'
import { kindOf } from '../../io/files.ts'
import { redactSecrets } from '../../io/redact.ts'
import type { Problem } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { Resource } from '../../model/resource.ts'
import { readSourceOptions, type RenderOptions, type RenderSource, type SourceType } from '../../render/index.ts'
import { stringifyJson } from '../../values/json-text.ts'
import type { Repositories, RepositoryAtHand } from './repositories.ts'

/** A source of an Application, ready to be rendered. */
export interface ResolvedSource {
  readonly repository: RepositoryAtHand
  readonly source: RenderSource
  readonly options: RenderOptions
  /** A chart whose output kustomize works on, as presync's plugin offers. */
  readonly isHelmKustomize: boolean
  /** The same for sources that render alike. */
  readonly key: string
}

/** What of an Application can be rendered, what is elsewhere (words for people), and what is wrong. */
export interface ResolvedApplication {
  readonly sources: readonly ResolvedSource[]
  readonly notices: readonly string[]
  readonly problems: readonly Problem[]
  /** Folders that a plugin makes manifests of, which nothing else should. */
  readonly foreign: readonly RenderSource[]
  /** Revisions of the checked repository that the working tree stands in for. */
  readonly otherRevisions: readonly string[]
}

/** How a plugin's block is rendered; undefined where it is none of presync's. */
export type ReadPluginSource = (plugin: JsonObject, application: Application) => PluginSource | undefined
export type PluginSource = { readonly type?: SourceType | 'HelmKustomize'; readonly options: RenderOptions } | { readonly problems: readonly string[] }

export interface ResolveContext {
  readonly repositories: Repositories
  /** What every source is rendered with. */
  readonly render: RenderOptions
  readonly readPluginSource: ReadPluginSource | undefined
}

interface Parts {
  readonly application: Application
  readonly resource: Resource
  readonly context: ResolveContext
  readonly sources: ResolvedSource[]
  readonly notices: string[]
  readonly problems: Problem[]
  readonly foreign: RenderSource[]
  readonly otherRevisions: string[]
}

/** Finds out what of an Application's sources is at hand. */
export function resolveApplication(application: Application, resource: Resource, context: ResolveContext): ResolvedApplication {
  const parts: Parts = { application, resource, context, sources: [], notices: [], problems: [], foreign: [], otherRevisions: [] }
  if (application.sources.length === 0) addProblem(parts, 'INVALID_APPLICATION', `the Application ${application.name} has no source`, ['spec'])
  const refs = resolveRefs(application, context.repositories)
  for (const source of application.sources) resolveSource(source, refs, parts)
  return parts
}

/** Roots by `ref`; undefined for a repository that is not at hand. */
type Refs = ReadonlyMap<string, RepositoryAtHand | undefined>

function resolveRefs({ sources }: Application, repositories: Repositories): Refs {
  return new Map(sources.flatMap(({ ref, repoURL, path }) => (ref === undefined ? [] : [[ref, repositories.find(repoURL, path ?? '.')] as const])))
}

function resolveSource(source: ApplicationSource, refs: Refs, parts: Parts): void {
  const { application, context: { repositories } } = parts
  const { repoURL, path, targetRevision } = source
  if (isReferenceOnly(source)) return
  const lacking = findLacking(source)
  if (lacking !== undefined) { addProblem(parts, 'INVALID_APPLICATION', `a source of the Application ${application.name} has ${lacking}`, source.field); return }
  const repository = repositories.find(repoURL, path)
  const reason = repository === undefined ? 'is elsewhere and not rendered; `repositories` in .presync.yaml can name a local copy' : findMissingReference(source, refs)
  if (repository === undefined || reason !== undefined) { parts.notices.push(`${called(parts, source)} ${reason}`); return }
  if (repository === repositories.checked && !repositories.isCheckedOut(targetRevision)) parts.otherRevisions.push(targetRevision)
  addFolder(source, repository, refs, parts)
}

/** Such a source lends its files to others. */
function isReferenceOnly({ path, chart, ref }: ApplicationSource): boolean {
  return ref !== undefined && path === undefined && chart === undefined
}

function findLacking({ repoURL, path, chart }: ApplicationSource): string | undefined {
  if (repoURL === '') return 'no repoURL'
  return path === undefined && chart === undefined ? 'neither path nor chart' : undefined
}

function findMissingReference(source: ApplicationSource, refs: Refs): string | undefined {
  const missing = referencesOf(source).find((name) => refs.has(name) && refs.get(name) === undefined)
  return missing === undefined ? undefined : `is not rendered: its values are in $${missing}, which is elsewhere`
}

function addFolder(source: ApplicationSource, repository: RepositoryAtHand, refs: Refs, parts: Parts): void {
  const folder = toFolder(source.path ?? chartFolder(repository, source.chart as string))
  const plugin = source.plugin === undefined ? {} : readPlugin(source, source.plugin, parts)
  if (plugin === undefined) { parts.foreign.push({ root: repository.root, path: folder }); return }
  if (kindOf(join(repository.root, folder)) === 'folder') { addSource(source, { repository, path: folder, plugin }, refs, parts); return }
  const where = repository.show('.') === '.' ? 'this repository' : repository.show('.')
  addProblem(parts, 'SOURCE_NOT_FOUND', `the Application ${parts.application.name} names ${folder}, which is no folder of ${where}`, [...source.field, source.path === undefined ? 'chart' : 'path'])
}

/** A copy of a chart repository holds charts by name, or is the chart itself. */
function chartFolder({ root }: RepositoryAtHand, chart: string): string {
  return kindOf(join(root, chart)) === 'folder' || kindOf(join(root, 'Chart.yaml')) !== 'file' ? chart : '.'
}

/** `./apps/x/` is `apps/x`. */
function toFolder(path: string): string {
  return path.replace(/\/+$/, '').replace(/^(?:\.\/+)+/, '') || '.'
}

interface Place { readonly repository: RepositoryAtHand; readonly path: string; readonly plugin: OwnPlugin }

function addSource(source: ApplicationSource, { repository, path, plugin }: Place, refs: Refs, parts: Parts): void {
  const { application, context } = parts
  const known = [...refs].flatMap(([name, found]) => (found === undefined ? [] : [[name, found.root] as const]))
  const options: RenderOptions = {
    ...context.render, appName: application.name, buildEnvironment: buildEnvironment(application, source),
    ...(application.destination.namespace === '' ? {} : { namespace: application.destination.namespace }),
    ...(source.plugin === undefined ? readSourceOptions(source.object) : plugin.options), ...(known.length === 0 ? {} : { refs: Object.fromEntries(known) }),
  }
  const rendered: RenderSource = { root: repository.root, path, ...(plugin.type === undefined || plugin.type === 'HelmKustomize' ? {} : { type: plugin.type }) }
  const isHelmKustomize = plugin.type === 'HelmKustomize'
  let key: string | undefined
  parts.sources.push({
    repository, source: rendered, options, isHelmKustomize,
    // Who only asks what an Application covers needs none.
    get key() { return key ??= `${isHelmKustomize} ${renderKey(rendered, options)}` },
  })
}

/** Only charts, variables and overrides by name tell Applications apart: one folder for fifty clusters is rendered once. */
function renderKey(source: RenderSource, options: RenderOptions): string {
  const { appName = '', namespace: _, buildEnvironment: __, ...rest } = options
  const text = stringifyJson([source, rest] as unknown as JsonValue)
  const folder = join(source.root, source.path)
  const isNamed = options.helm !== undefined || text.includes('$') || ['Chart.yaml', `.argocd-source-${appName}.yaml`].some((name) => kindOf(join(folder, name)) === 'file')
  return isNamed ? stringifyJson([source, options] as unknown as JsonValue) : text
}

interface OwnPlugin { readonly type?: SourceType | 'HelmKustomize'; readonly options?: RenderOptions }

/** Undefined for the plugins of others, which is said. */
function readPlugin(source: ApplicationSource, plugin: JsonObject, parts: Parts): OwnPlugin | undefined {
  const read = parts.context.readPluginSource?.(plugin, parts.application)
  if (read === undefined) { parts.notices.push(`${called(parts, source)} is not rendered: the config management plugin ${pluginName(plugin)} is needed`); return undefined }
  if (!('problems' in read)) return read
  for (const message of read.problems) addProblem(parts, 'INVALID_APPLICATION', `the Application ${parts.application.name}: ${message}`, [...source.field, 'plugin'])
  return undefined
}

function pluginName({ name }: JsonObject): string {
  return typeof name === 'string' && name !== '' ? name : 'that recognises the folder'
}

/** The `$ref` names that values files and file parameters start with. */
function referencesOf({ object }: ApplicationSource): readonly string[] {
  const helm = isJsonObject(object['helm']) ? object['helm'] : {}
  const list = (value: JsonValue | undefined): readonly JsonValue[] => (isJsonArray(value) ? value : [])
  const texts = [...list(helm['valueFiles']), ...list(helm['fileParameters']).map((item) => (isJsonObject(item) ? item['path'] : undefined))]
  return texts.flatMap((text) => (typeof text === 'string' ? /^\$([^/]+)/.exec(text)?.[1] ?? [] : []))
}

/** The revision is one that no repository has, so that a rendering does not change with every commit. */
function buildEnvironment({ name, destination, project }: Application, { repoURL, path = '', targetRevision }: ApplicationSource): Readonly<Record<string, string>> {
  const revision = '0'.repeat(40)
  return {
    ARGOCD_APP_NAME: name, ARGOCD_APP_NAMESPACE: destination.namespace, ARGOCD_APP_PROJECT_NAME: project, ARGOCD_APP_REVISION: revision,
    ARGOCD_APP_REVISION_SHORT: revision.slice(0, 7), ARGOCD_APP_REVISION_SHORT_8: revision.slice(0, 8), ARGOCD_APP_SOURCE_REPO_URL: repoURL,
    ARGOCD_APP_SOURCE_PATH: path, ARGOCD_APP_SOURCE_TARGET_REVISION: targetRevision,
  }
}

function called({ application }: Parts, { repoURL, path, chart, targetRevision }: ApplicationSource): string {
  const what = chart === undefined ? path : `chart ${chart}`
  return `Application ${application.name}: ${what} of ${redactSecrets(repoURL)}${targetRevision === '' ? '' : ` (${targetRevision})`}`
}

function addProblem(parts: Parts, code: string, message: string, path: readonly (string | number)[]): void {
  const location = parts.resource.locate(path) ?? parts.resource.source
  parts.problems.push({ code, severity: 'error', message, ...(location === undefined ? {} : { location }) })
}
