import { expandApplicationSet, isApplication, isApplicationSet, readApplication, type Application, type ApplicationSetWorld, type Cluster } from '../../argocd/index.ts'
import { toResourceId } from '../../manifest/index.ts'
import type { Problem } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Resource } from '../../model/resource.ts'
import { anyWord, renderHelmKustomize, renderSource, someFileMatches, type RenderedSource, type RenderOptions, type RenderSource, type RenderTools, type SourceInputs } from '../../render/index.ts'
import { stringifyJson } from '../../values/json-text.ts'
import { inParallel } from '../in-parallel.ts'
import { inOrderOf, type Share } from '../shard/share.ts'
import { indexClaims } from './index-claims.ts'
import { filesOf, findInputs, mayContain, toUnit, type RenderUnit } from './render-units.ts'
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
  await run.findApplications()
  const isCovered = run.coverage()
  const rest = options.wants === undefined ? options.sources.filter((source) => !isCovered(source)) : []
  await run.renderFound(rest)
  return run.finish(rest)
}

/** What a repository's Applications, and the sources that none of them covers, come to, of which nothing but what may hold Applications is rendered yet. */
export async function planRepository(options: Omit<RenderRepositoryOptions, 'wants'>): Promise<RepositoryPlan> {
  const run = new Run({ ...options, wants: () => false })
  await run.findApplications()
  return run.plan()
}

/** What is to be rendered, before it is. */
export interface RepositoryPlan {
  readonly units: readonly RenderUnit[]
  /** Renders the chosen units; may be called again, for more. Undefined where an Application came of that which the plan did not know. */
  render(units: ReadonlySet<RenderUnit>): Promise<RenderedRepository | undefined>
}

/** An Application names its group and its kind. */
const applicationWords = [anyWord('argoproj.io'), /\bApplication(?:Set)?\b/]

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
  readonly #expected = new Map<string, Pick<RenderedSource, 'filesRead'>>()
  readonly #inputs = new Map<string, SourceInputs | undefined>()
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

  /** Finds all Applications, and renders on the way what they are found in: all that is wanted, too. */
  async findApplications(): Promise<void> {
    const { sources, named, tools } = this.#options
    // A guess from the texts, so that what an Application covers is not rendered twice; a wrong one only costs time.
    const holding = sources.filter((source) => someFileMatches(source, applicationWords, tools.run))
    await this.renderFound(holding)
    this.add(named)
    // Who else names an Application's folder decides how that is rendered; so those that nobody names come first.
    const claimed = this.claimedBy(holding)
    for (const source of holding) if (!claimed.has(source)) this.addFrom(source)
    await this.settle()
    for (const source of holding) {
      if (!claimed.has(source) || this.coverage()(source)) continue
      this.addFrom(source)
      await this.settle()
    }
  }

  plan(): RepositoryPlan {
    const { sources, repositories: { checked: { root } }, tools, defaults } = this.#options
    const isCovered = this.coverage()
    const found = sources.filter((source) => !isCovered(source)).map((source) => {
      const parts = { source, options: defaults(source) }
      return { source, unit: toUnit(parts, root, findInputs(parts, tools)) }
    })
    const named = this.#entries.flatMap((entry) => entry.sources.map((source) => (
      { source, unit: toUnit({ ...source, application: { read: entry.application, manifest: entry.resource.object } }, root, this.#inputsOf(source)) }
    )))
    const known = this.#entries.length
    return {
      units: [...found, ...named].map(({ unit }) => unit),
      render: async (units) => {
        const rest = found.filter(({ unit }) => units.has(unit)).map(({ source }) => source)
        const chosen = named.filter(({ unit }) => units.has(unit)).map(({ source }) => source)
        await this.renderFound(rest)
        await this.renderSources(chosen)
        return this.#entries.length > known ? undefined : this.finish(rest, new Set(chosen))
      },
    }
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
      await this.renderSources(wave.flatMap((entry) => this.#neededOf(entry)))
    }
  }

  /** Renders sources of Applications, once each, and takes in the Applications among what comes of them. */
  async renderSources(sources: Iterable<ResolvedSource>): Promise<void> {
    const fresh = [...new Map([...sources].map((source) => [source.key, source])).values()].filter(({ key }) => !this.#rendered.has(key))
    await inParallel(parallelRenders, inOrderOf(this.#options.share, fresh, ({ source }) => source.path), async ({ key, source, options, isHelmKustomize }) => {
      this.#rendered.set(key, await (isHelmKustomize ? renderHelmKustomize : renderSource)(source, options, this.#options.tools))
      this.#progress(fresh.length)
    })
    for (const { key } of fresh) this.add(this.#rendered.get(key)?.resources ?? [])
  }

  /** Tells of found sources whether the Applications known by now cover them. */
  coverage(): (source: RenderSource) => boolean {
    return indexClaims(this.#entries.flatMap(({ sources, foreign }) => [
      ...foreign.map((source) => ({ source })), ...sources.map((resolved) => ({ source: resolved.source, result: this.#rendered.get(resolved.key) ?? this.#expectationOf(resolved) })),
    ]))
  }

  #inputsOf(source: ResolvedSource): SourceInputs | undefined {
    if (!this.#inputs.has(source.key)) this.#inputs.set(source.key, findInputs(source, this.#options.tools))
    return this.#inputs.get(source.key)
  }

  /** What rendering will have read. */
  #expectationOf(source: ResolvedSource): Pick<RenderedSource, 'filesRead'> {
    const known = this.#expected.get(source.key) ?? { filesRead: filesOf(source, this.#inputsOf(source)) }
    this.#expected.set(source.key, known)
    return known
  }

  /** What was rendered: the found sources `rest`, and of the Applications' sources all that are wanted, or those that were chosen. */
  finish(rest: readonly RenderSource[], chosen?: ReadonlySet<ResolvedSource>): RenderedRepository {
    const { checked, assumed } = this.#options.repositories
    for (const url of assumed) this.#notices.add(`this folder has no git remote: ${url} is taken to be its repository, because what Applications name is here`)
    for (const [revision, names] of this.#revisions) this.#notices.add(`${list(names)} ${names.length === 1 ? 'follows' : 'follow'} revision ${revision} of this repository; rendered from the working tree`)
    const part = (source: RenderSource, result: RenderedSource | undefined, show: (name: string) => string): RenderedPart[] => (result === undefined ? [] : [{ source, result, show }])
    return {
      applications: this.#entries.filter(({ application }) => chosen !== undefined || (this.#options.wants?.(application) ?? true)).map(({ application, resource, sources, filesRead }) => ({
        application, resource, filesRead,
        parts: sources.filter((source) => chosen?.has(source) ?? true).flatMap(({ source, key, repository }) => part(source, this.#rendered.get(key), repository.show)),
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
    return wants === undefined || wants(application) ? sources : sources.filter((source) => mayContain({ ...source, inputs: this.#inputsOf(source) }, applicationWords, tools))
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
