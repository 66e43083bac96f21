import { expandApplicationSet, isApplication, isApplicationSet, readApplication, type Application, type ApplicationSetWorld, type Cluster } from '../../argocd/index.ts'
import { toResourceId } from '../../manifest/index.ts'
import type { Problem } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Resource } from '../../model/resource.ts'
import { renderHelmKustomize, renderSource, someFileMatches, type RenderedSource, type RenderOptions, type RenderSource, type RenderTools } from '../../render/index.ts'
import { stringifyJson } from '../../values/json-text.ts'
import { inParallel } from '../in-parallel.ts'
import { inOrderOf, type Share } from '../shard/share.ts'
import { indexClaims } from './index-claims.ts'
import type { Repositories } from './repositories.ts'
import { createRepositoryFiles } from './repository-files.ts'
import { resolveApplication, type ReadPluginSource, type ResolvedSource } from './resolve-application.ts'

/** A source that was rendered, for an Application or as it was found. */
export interface RenderedPart {
  readonly source: RenderSource
  readonly result: RenderedSource
  /** How files of the source's repository are called. */
  show(name: string): string
}

/** An Application and what was rendered of it. */
export interface RenderedApplication {
  readonly application: Application
  /** Its manifest; of one that an ApplicationSet makes, with places in that. */
  readonly resource: Resource
  readonly parts: readonly RenderedPart[]
  /** Files that decided that there is this Application: those that git generators read, below the root. */
  readonly filesRead: readonly string[]
}

/** A repository's Applications, rendered, and the sources that none of them covers. */
export interface RenderedRepository {
  readonly applications: readonly RenderedApplication[]
  readonly uncovered: readonly RenderedPart[]
  readonly notices: readonly string[]
  readonly problems: readonly Problem[]
}

export interface RenderRepositoryOptions {
  readonly repositories: Repositories
  /** Sources found by walking. */
  readonly sources: readonly RenderSource[]
  /** Resources that were named by themselves, and may be Applications. */
  readonly named: readonly Resource[]
  /** How a source is rendered that no Application covers. */
  readonly defaults: (source: RenderSource) => RenderOptions
  /** What every Application is rendered with. */
  readonly render: RenderOptions
  readonly tools: RenderTools
  readonly clusters: readonly Cluster[] | undefined
  readonly readPluginSource: ReadPluginSource | undefined
  /** Whether an Application is wanted; others are rendered only where they may hold wanted ones, and found sources not for themselves. */
  readonly wants?: ((application: Application) => boolean) | undefined
  readonly share?: Share | undefined
  readonly onProgress?: ((text: string) => void) | undefined
}

/** Programs at work at the same time. */
const parallelRenders = 4
const maxApplications = 20_000

/**
 * Renders each Application that the sources hold, those that come of rendering too, with its own options, and each source that none of them
 * covers as it was found. Every distinct rendering is done once; Applications that lead to each other in a circle end.
 */
export async function renderRepository(options: RenderRepositoryOptions): Promise<RenderedRepository> {
  const run = new Run(options)
  const holding = options.sources.filter((source) => mentionsApplications(source, options.tools))
  await run.renderFound(holding)
  run.add(options.named)
  // Who else names an Application's folder decides how that is rendered; so those that nobody names come first.
  const claimed = run.claimedBy(holding)
  for (const source of holding) if (!claimed.has(source)) run.addFrom(source)
  await run.settle()
  for (const source of holding) {
    if (!claimed.has(source) || run.coverage()(source)) continue
    run.addFrom(source)
    await run.settle()
  }
  const isCovered = run.coverage()
  const rest = options.wants === undefined ? options.sources.filter((source) => !isCovered(source)) : []
  await run.renderFound(rest)
  return run.finish(rest)
}

const applicationWords = [/argoproj\.io/, /\bApplication(?:Set)?\b/]

/** A guess from the texts, so that what an Application covers is not rendered twice; a wrong one only costs time. */
function mentionsApplications(source: RenderSource, { run }: RenderTools): boolean {
  return someFileMatches(source, applicationWords, run)
}

interface Entry {
  readonly application: Application
  readonly resource: Resource
  readonly sources: readonly ResolvedSource[]
  readonly foreign: readonly RenderSource[]
  readonly filesRead: readonly string[]
}

interface Candidate { readonly resource: Resource; readonly filesRead: readonly string[] }

class Run {
  readonly #options: RenderRepositoryOptions
  readonly #found = new Map<RenderSource, RenderedSource>()
  readonly #rendered = new Map<string, RenderedSource>()
  readonly #seen = new Set<string>()
  readonly #entries: Entry[] = []
  readonly #notices = new Set<string>()
  readonly #problems: Problem[] = []
  readonly #revisions = new Map<string, string[]>()
  #waiting: Entry[] = []
  #done = 0

  constructor(options: RenderRepositoryOptions) {
    this.#options = options
  }

  /** Renders sources as they were found, once each. */
  async renderFound(sources: readonly RenderSource[]): Promise<void> {
    const { defaults, tools, share } = this.#options
    await inParallel(parallelRenders, inOrderOf(share, sources.filter((source) => !this.#found.has(source)), ({ path }) => path), async (source) => {
      this.#found.set(source, await renderSource(source, defaults(source), tools))
      this.#progress(sources.length)
    })
  }

  /** Sources that the Applications in others (or in each other) would cover. */
  claimedBy(holding: readonly RenderSource[]): ReadonlySet<RenderSource> {
    const claims = holding.flatMap((source) => this.#candidates(this.#found.get(source)?.resources ?? []).flatMap(({ resource }) => this.#resolve({ resource, filesRead: [] }).sources))
    return new Set(holding.filter(indexClaims(claims)))
  }

  addFrom(source: RenderSource): void {
    this.add(this.#found.get(source)?.resources ?? [])
  }

  /** Takes the Applications among resources in, and those of ApplicationSets. */
  add(resources: readonly Resource[]): void {
    for (const candidate of this.#candidates(resources, true)) {
      const key = stringifyJson(candidate.resource.object)
      if (this.#seen.has(key)) continue
      this.#seen.add(key)
      if (this.#seen.size > maxApplications) {
        this.#problems.push({ code: 'LIMIT_EXCEEDED', severity: 'error', message: `there are more than ${maxApplications} Applications` })
        return
      }
      const { application, sources, foreign, notices, problems, otherRevisions } = this.#resolve(candidate)
      const entry: Entry = { application, resource: candidate.resource, sources, foreign, filesRead: candidate.filesRead }
      for (const notice of notices) this.#notices.add(notice)
      for (const revision of otherRevisions) this.#revisions.set(revision, [...this.#revisions.get(revision) ?? [], application.name])
      this.#problems.push(...problems)
      this.#entries.push(entry)
      this.#waiting.push(entry)
    }
  }

  /** Renders what waits, and what comes of that, until nothing new comes. */
  async settle(): Promise<void> {
    while (this.#waiting.length > 0) {
      const wave = this.#waiting
      this.#waiting = []
      const sources = new Map(wave.flatMap((entry) => this.#neededOf(entry).map((source) => [source.key, source] as const)))
      const fresh = [...sources.values()].filter(({ key }) => !this.#rendered.has(key))
      await inParallel(parallelRenders, inOrderOf(this.#options.share, fresh, ({ source }) => source.path), async ({ key, source, options, isHelmKustomize }) => {
        this.#rendered.set(key, await (isHelmKustomize ? renderHelmKustomize : renderSource)(source, options, this.#options.tools))
        this.#progress(fresh.length)
      })
      for (const { key } of fresh) this.add(this.#rendered.get(key)?.resources ?? [])
    }
  }

  /** Tells of found sources whether the Applications known by now cover them. */
  coverage(): (source: RenderSource) => boolean {
    return indexClaims(this.#entries.flatMap(({ sources, foreign }) => [
      ...foreign.map((source) => ({ source })), ...sources.map(({ source, key }) => ({ source, result: this.#rendered.get(key) })),
    ]))
  }

  finish(rest: readonly RenderSource[]): RenderedRepository {
    const { checked, assumed } = this.#options.repositories
    for (const url of assumed) this.#notices.add(`this folder has no git remote: ${url} is taken to be its repository, because what Applications name is here`)
    for (const [revision, names] of this.#revisions) this.#notices.add(`${list(names)} ${names.length === 1 ? 'follows' : 'follow'} revision ${revision} of this repository; rendered from the working tree`)
    const part = (source: RenderSource, result: RenderedSource | undefined, show: (name: string) => string): RenderedPart[] => (result === undefined ? [] : [{ source, result, show }])
    return {
      applications: this.#entries.filter(({ application }) => this.#options.wants?.(application) ?? true).map(({ application, resource, sources, filesRead }) => ({
        application, resource, filesRead, parts: sources.flatMap(({ source, key, repository }) => part(source, this.#rendered.get(key), repository.show)),
      })),
      uncovered: rest.flatMap((source) => part(source, this.#found.get(source), checked.show)),
      notices: [...this.#notices], problems: this.#problems,
    }
  }

  #resolve({ resource }: Candidate) {
    const application = readApplication(resource)
    return { application, ...resolveApplication(application, resource, this.#options) }
  }

  #neededOf({ application, sources }: Entry): readonly ResolvedSource[] {
    const { wants, tools } = this.#options
    return wants === undefined || wants(application) ? sources : sources.filter(({ source }) => mentionsApplications(source, tools))
  }

  #candidates(resources: readonly Resource[], tells = false): readonly Candidate[] {
    return resources.flatMap((resource) => {
      if (isApplication(resource.id)) return [{ resource, filesRead: [] }]
      return isApplicationSet(resource.id) ? this.#expand(resource, tells) : []
    })
  }

  #expand(resource: Resource, tells: boolean): readonly Candidate[] {
    const read = new Set<string>()
    const { applications, problems } = expandApplicationSet(resource.object, this.#world(read))
    for (const { code, path, message } of tells ? problems : []) {
      if (code === 'NOT_EXPANDABLE') { this.#notices.add(`ApplicationSet ${resource.id.name}: not all of its Applications are known: ${message}`); continue }
      const location = resource.locate(path) ?? resource.source
      this.#problems.push({ code, severity: 'error', message: `the ApplicationSet ${resource.id.name}: ${message}`, ...(location === undefined ? {} : { location }) })
    }
    return applications.map((object) => ({ resource: fromApplicationSet(object, resource), filesRead: [...read] }))
  }

  #world(read: Set<string>): ApplicationSetWorld {
    const { repositories, clusters } = this.#options
    return {
      clusters,
      repository: (url) => {
        const found = repositories.find(url, '.')
        return found === undefined ? undefined : createRepositoryFiles(found.root, (path) => { if (found === repositories.checked) read.add(path) })
      },
    }
  }

  #progress(total: number): void {
    this.#done += 1
    this.#options.onProgress?.(`rendered ${this.#done} of ${Math.max(total, this.#done)} sources`)
  }
}

function list(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
}

/** An Application of an ApplicationSet stands where the template does. */
function fromApplicationSet(object: JsonObject, set: Resource): Resource {
  return {
    id: toResourceId(object), object, ...(set.source === undefined ? {} : { source: set.source }), ...(set.origin === undefined ? {} : { origin: set.origin }),
    locate: (path) => set.locate(['spec', 'template', ...path]),
  }
}
