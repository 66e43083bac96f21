import { relative, resolve } from 'node:path'
import type { BaseCheckout } from '../io/base-checkout.ts'
import { kindOf, realPath } from '../io/files.ts'
import type { PathSet } from '../io/path-set.ts'
import type { JsonValue } from '../model/json.ts'
import type { Resource } from '../model/resource.ts'
import { isPolicyDocument } from '../policy/index.ts'
import { anyWord } from '../render/index.ts'
import { stringifyJson } from '../values/json-text.ts'
import { mayContain, type RenderUnit } from './applications/render-units.ts'
import { toBaseOptions } from './base-options.ts'
import { examineRendered, loadJudges, type CheckOptions, type Examined, type Judges } from './check.ts'
import { withPathsPlan, type PathsPlan, type Rendered } from './render-paths.ts'
import { findTouchedUnits, movePaths } from './touched-units.ts'
import { findWorldNeed, type WorldNeed } from './world-needs.ts'

/** What to check, and against what. */
export interface ExamineTouchedOptions extends CheckOptions {
  /** A branch, tag or commit; the merge base of HEAD and it is what counts. */
  readonly base: string
  /** Files that decided about the options, besides those that the options name. */
  readonly configurationFiles?: readonly string[] | undefined
}

/** Both sides of a comparison, and what a reader has to know of how far it goes. */
export interface ExaminedSides {
  readonly head: Examined
  readonly before: Examined
  readonly notices: readonly string[]
}

/** Why not only what is touched has to be checked, in words; undefined where that is plain to see. */
export interface Everything { readonly everything: string | undefined }

/**
 * Examines on both sides what the change can touch. What nothing changed in comes to the same on both sides, as long as what judges it and what it
 * can see of others are the same, too; where they are not, everything has to be checked.
 */
export async function examineTouched(options: ExamineTouchedOptions, base: BaseCheckout): Promise<ExaminedSides | Everything> {
  if ((options.applications ?? []).length > 0) return { everything: undefined }
  const reason = options.network ? 'what is fetched from the network may have changed' : base.changes.doubt ?? findChangedInput(options, base.changes.paths)
  if (reason !== undefined) return { everything: reason }
  return withPathsPlan(options, async (head) => {
    await base.ready
    const baseOptions = toBaseOptions(options, base)
    if (baseOptions === undefined) return { everything: undefined }
    return withPathsPlan(baseOptions, (before) => checkPlans({ head, before, options, baseOptions, base }), { run: head.run, pathOf: base.unchanged })
  })
}

/** What decides about every result, and is no part of what is checked. */
function findChangedInput(options: ExamineTouchedOptions, changed: PathSet): string | undefined {
  const lists = [options.policies, options.exceptions, options.valuesFiles, options.crdPaths, options.clusterSnapshots, options.configurationFiles]
  const files = [options.baselineFile, options.userInfoFile, options.clustersFile]
  const path = [...lists.flatMap((list) => list ?? []), ...files.flatMap((file) => file ?? [])].find((given) => changed.overlaps(placeOf(given, options.cwd)))
  return path === undefined ? undefined : `${path} was changed`
}

/** Changed paths are real ones. */
function placeOf(given: string, cwd: string): string {
  const path = resolve(cwd, given)
  return kindOf(path) === undefined ? resolve(realPath(cwd), relative(cwd, path)) : realPath(path)
}

interface Plans {
  readonly head: PathsPlan
  readonly before: PathsPlan
  readonly options: ExamineTouchedOptions
  readonly baseOptions: CheckOptions
  readonly base: BaseCheckout
}

const surprise: Everything = { everything: 'Applications came of what was rendered, which their files do not tell' }

async function checkPlans(plans: Plans): Promise<ExaminedSides | Everything> {
  const { head, before, options, base: { root, folder, changes: { paths } } } = plans
  const touched = findTouchedUnits({ units: head.units, changed: paths }, { units: before.units, changed: movePaths(paths, root, folder) })
  const first = await renderKnown(head, touched.head, 'nothing', options)
  if (first === undefined) return surprise
  const judges = await loadJudges(first, options)
  const need = findWorldNeed(judges.set)
  if (need === 'objects') return { everything: 'policies look at other objects' }
  const rendered = need === 'nothing' ? first : await renderKnown(head, touched.head, need, options)
  const beforeAlone = await before.render(touched.base)
  if (rendered === undefined || beforeAlone === undefined) return surprise
  // What is not touched is the same in the base.
  const renderedBefore = { ...beforeAlone, known: rendered.known, clusters: new Map([...rendered.clusters, ...beforeAlone.clusters]) }
  if (factsOf(rendered, need) !== factsOf(renderedBefore, need)) return { everything: `${need === 'nothing' ? 'policies or definitions of kinds' : 'policies, definitions of kinds or Namespaces'} were changed, which others depend on` }
  return judge({ ...plans, rendered, renderedBefore, judges, checked: touched.head.size })
}

const sharedWords = [anyWord('kyverno.io', 'admissionregistration.k8s.io', 'CustomResourceDefinition')]
/** `.Release.Namespace` of a chart is none. */
const namespaceWords = [/(?<![.$\w])Namespace\b/]

/** Renders what is touched, and what tells others something: policies, exceptions, definitions of kinds, and Namespaces where those are looked at. */
async function renderKnown(plan: PathsPlan, touched: ReadonlySet<RenderUnit>, need: WorldNeed, { tools }: CheckOptions): Promise<Rendered | undefined> {
  const isKnown = (unit: RenderUnit): boolean => !touched.has(unit) && (mayContain(unit, sharedWords, tools) || (need === 'namespaces' && mayContain(unit, namespaceWords, tools)))
  return plan.render(touched, new Set(plan.units.filter(isKnown)))
}

/** What others depend on, of all that may differ between the sides. */
function factsOf({ resources, createdNamespaces }: Rendered, need: WorldNeed): string {
  const isFact = (resource: Resource): boolean => isPolicyDocument(resource) || resource.id.group.endsWith('kyverno.io') || resource.id.kind === 'CustomResourceDefinition'
    || (need === 'namespaces' && resource.id.kind === 'Namespace' && resource.id.group === '')
  const facts = resources.filter(isFact).map(({ object }) => stringifyJson(object)).sort()
  return stringifyJson([facts, need === 'namespaces' ? createdNamespaces : []] as unknown as JsonValue)
}

interface Both extends Plans {
  readonly rendered: Rendered
  readonly renderedBefore: Rendered
  readonly judges: Judges
  readonly checked: number
}

async function judge({ head, options, baseOptions, rendered, renderedBefore, judges, checked }: Both): Promise<ExaminedSides> {
  const isPart = checked < head.units.length
  const part = { allowEmpty: isPart || options.allowEmpty, partial: isPart || options.partial === true }
  const after = await examineRendered(rendered, judges, { ...options, ...part })
  options.onProgress?.(`checking ${options.base}`)
  return {
    head: after, before: await examineRendered(renderedBefore, judges, { ...baseOptions, partial: part.partial }),
    notices: isPart ? [`${checked} of ${head.units.length} sources were checked: nothing that the others are made of was changed, so that nothing about them is new (--full checks them too)`] : [],
  }
}
