import { EvaluationError } from '../../model/errors.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import { readObjectKind } from '../../kubernetes/schema/object-kind.ts'
import { formatPointer } from '../../patch/json-pointer.ts'
import { stringifyJson } from '../../values/json-text.ts'
import { Comparer, type CompareOptions } from '../argocd/comparer.ts'
import type { IgnoreDifference } from '../argocd/ignore-normalizer.ts'
import { attributeChange } from './attribute-change.ts'
import { describeSelector, type FieldSelector } from './field-selector.ts'
import { planPaths, textOf, toEntry, type PathPlan, type PlannedPath, type PlanSettings } from './plan-paths.ts'
import type { Cause, PredictedState } from './predicted-state.ts'

/** Why one path of an entry is there. */
export interface Reason {
  /** As it stands in the entry. */
  readonly path: string
  /** For people: `spec.containers[app].image`. */
  readonly field: string
  /** The resources that need it: `apps/Deployment shop/web`. */
  readonly resources: readonly string[]
  readonly causes: readonly Cause[]
}

export interface PlannedEntry {
  readonly entry: IgnoreDifference
  readonly reasons: readonly Reason[]
}

/** A resource that is changed but needs no entry, or one that no entry helps. */
export interface Remark {
  readonly resource: string
  readonly causes: readonly Cause[]
  /** `added-only`: Argo CD does not see what was only added to maps and keyed lists. `dry-run`: server-side diff's dry run makes the same changes. */
  readonly what: 'added-only' | 'dry-run' | 'unresolved' | 'not-comparable' | 'unexplained'
  readonly paths: readonly string[]
}

export interface EntryPlan {
  readonly entries: readonly PlannedEntry[]
  readonly remarks: readonly Remark[]
  /** What nothing explains, as entries: not to be used, but to be looked past in proofs. */
  readonly unexplained: readonly IgnoreDifference[]
}

export interface EntryOptions extends CompareOptions {
  /** Differences that nothing explains stay visible: for live objects, which people change too. */
  readonly explainedOnly?: boolean
  /** Server-side diff compares: what is wanted is what the dry run made of it. */
  readonly serverSideDiff?: boolean
  /** Made with the same options; who hands it on to the proof is not asked the same again. */
  readonly comparer?: Comparer
}

/** The entries after which Argo CD sees no difference in any of the states. */
export function computeEntries(states: readonly PredictedState[], options: EntryOptions = {}): EntryPlan {
  const drafts = new Map<string, Draft>()
  const remarks: Remark[] = []
  const overlooked: IgnoreDifference[] = []
  const settings = readSettings(options)
  for (const state of states) {
    const plan = planState(state, settings)
    const remark = 'what' in plan ? plan : remarkOn(state, plan, options.serverSideDiff === true ? 'dry-run' : 'added-only')
    if (remark !== undefined) remarks.push(remark)
    if ('what' in plan) continue
    const unexplained = options.explainedOnly === true ? plan.paths.filter(({ selector }) => selector !== undefined && isUnexplained(selector, state)) : []
    overlooked.push(...[toEntry(state.target, unexplained)].filter((entry) => entry !== undefined).map((entry) => ({ ...entry, ...readName(state.target) })))
    if (unexplained.length > 0) remarks.push({ resource: nameResource(state.target), causes: [], what: 'unexplained', paths: unexplained.map(({ path }) => textOf(path)) })
    for (const path of plan.paths) if (!unexplained.includes(path)) addPath(drafts, state, path)
  }
  return { entries: [...drafts.values()].map(finish), remarks, unexplained: overlooked }
}

function readSettings(options: EntryOptions): PlanSettings {
  const { comparer = new Comparer(options), ignoreDifferences = [], ignoreAggregatedRoles = false } = options
  return { comparer, ignoreDifferences, ignoreAggregatedRoles }
}

function planState(state: PredictedState, settings: PlanSettings): PathPlan | Remark {
  try {
    return planPaths(state, settings, (state.general ?? []).map(({ path }) => path))
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    return { resource: nameResource(state.target), causes: causesOf(state), what: 'not-comparable', paths: [] }
  }
}

function remarkOn(state: PredictedState, { modified, unresolved }: PathPlan, unseen: Remark['what']): Remark | undefined {
  const resource = nameResource(state.target)
  if (unresolved.length > 0) return { resource, causes: causesOf(state), what: 'unresolved', paths: unresolved.map(formatPointer) }
  return modified || state.steps.length === 0 ? undefined : { resource, causes: causesOf(state), what: unseen, paths: [] }
}

function isUnexplained(selector: FieldSelector, state: PredictedState): boolean {
  return attributeChange(selector, state).some(({ kind }) => kind === 'unknown')
}

function causesOf({ steps }: PredictedState): readonly Cause[] {
  return uniqueCauses(steps.map(({ cause }) => cause))
}

interface Draft {
  readonly identity: { readonly group: string; readonly kind: string; readonly name?: string; readonly namespace?: string }
  readonly paths: Map<string, { readonly path: PlannedPath['path']; readonly field: string; readonly resources: string[]; causes: readonly Cause[] }>
}

function addPath(drafts: Map<string, Draft>, state: PredictedState, { path, selector }: PlannedPath): void {
  const { group, kind } = readObjectKind(state.target)
  const { name, namespace } = readName(state.target)
  const general = state.general?.find((entry) => textOf(entry.path) === textOf(path))
  const identity = { group, kind, ...(general !== undefined || name === '' ? {} : { name, ...(namespace === '' ? {} : { namespace }) }) }
  const key = stringifyJson(identity)
  const draft = drafts.get(key) ?? { identity, paths: new Map() }
  drafts.set(key, draft)
  const text = textOf(path)
  const known = draft.paths.get(text)
  const causes = general === undefined ? attributeChange(selector ?? [], state) : [general.cause]
  if (known === undefined) draft.paths.set(text, { path, field: selector === undefined ? text : describeSelector(selector), resources: [nameResource(state.target)], causes })
  else {
    known.resources.push(nameResource(state.target))
    known.causes = uniqueCauses([...known.causes, ...causes])
  }
}

/** Pointers before expressions, each in the order of the text: the same input gives the same entries. */
function finish({ identity, paths }: Draft): PlannedEntry {
  const all = [...paths.values()]
  const pointers = all.flatMap(({ path }) => ('pointer' in path ? [path.pointer] : []))
  const expressions = all.flatMap(({ path }) => ('expression' in path ? [path.expression] : []))
  return {
    entry: {
      ...identity, ...(pointers.length === 0 ? {} : { jsonPointers: pointers }), ...(expressions.length === 0 ? {} : { jqPathExpressions: expressions }),
    },
    reasons: [...all.filter(({ path }) => 'pointer' in path), ...all.filter(({ path }) => 'expression' in path)]
      .map(({ path, field, resources, causes }) => ({ path: textOf(path), field, resources, causes })),
  }
}

export function uniqueCauses(causes: readonly Cause[]): readonly Cause[] {
  const seen = new Map(causes.map((cause) => [`${cause.kind}\n${cause.policy ?? ''}\n${cause.rule ?? ''}`, cause]))
  return [...seen.values()]
}

function readName(object: JsonObject): { readonly name: string; readonly namespace: string } {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const text = (key: string): string => (typeof metadata[key] === 'string' ? metadata[key] : '')
  return { name: text('name'), namespace: text('namespace') }
}

/** `apps/Deployment shop/web`. */
export function nameResource(object: JsonObject): string {
  const { group, kind } = readObjectKind(object)
  const { name, namespace } = readName(object)
  return `${group === '' ? '' : `${group}/`}${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`
}
