import type { CompiledPolicy } from '../engine/index.ts'
import { findChanges, type Cause, type GeneralPath, type PredictedState, type StateStep } from '../ignore-differences/index.ts'
import { applyApiDefaults } from '../kubernetes/defaults/apply-api-defaults.ts'
import type { KindTable } from '../kubernetes/kinds.ts'
import { EvaluationError } from '../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { withObject, type Resource } from '../model/resource.ts'
import type { JsonPatchOperation, RuleResult } from '../model/result.ts'
import { applyChanges } from '../patch/apply-changes.ts'
import { applyJsonPatch } from '../patch/json-patch.ts'
import { deepEquals } from '../values/equality.ts'
import { assumeVerified } from './assume-verified.ts'
import { evaluateEach, type EvaluateOptions } from './evaluate.ts'
import { predictOwnChanges } from './kyverno-objects.ts'
import { kindsOf } from './place-resources.ts'

export interface PredictOptions extends EvaluateOptions {
  readonly kubeVersion?: string | undefined
  readonly kyvernoVersion: string
  /** Name each rule that Kyverno writes into policies. */
  readonly byName: boolean
  /** Also resources that nobody changes. */
  readonly everything?: boolean
}

/** A resource and what becomes of it. */
export interface ResourcePrediction {
  readonly resource: Resource
  readonly state: PredictedState
  /** What admission makes of it, before the API server's defaults: what Git could say. */
  readonly mutated: JsonObject
  /** What is live before anything is changed in the background. */
  readonly admitted: JsonObject
  /** Admission changes it again when it is applied again, and never comes to an end. */
  readonly unsettled: readonly Cause[]
}

export interface StatesPrediction {
  /** Of resources that somebody changes, the API server included where it does more than add. */
  readonly predictions: readonly ResourcePrediction[]
  /** Resources that rules generate although they are also applied. */
  readonly generated: readonly { readonly resource: Resource; readonly cause: Cause }[]
  /** What could not be predicted, each in words. */
  readonly unknowns: readonly string[]
}

/**
 * Predicts for each resource what a cluster makes of it when Argo CD applies it: admission, what Kyverno changes in the background and in
 * its own objects, and the API server. Nothing of it is validated.
 */
export async function predictStates(resources: readonly Resource[], options: PredictOptions): Promise<StatesPrediction> {
  const policies = options.policies.map(withoutValidation)
  const drafts = resources.map((resource): Draft => ({ resource, mutated: resource.object, steps: [], unsettled: [] }))
  const others: RuleResult[] = []
  const unknowns = new Set<string>()
  const evaluateOptions = { ...options, policies, runLookups: assumeVerified(options.runLookups), targets: resources, operation: options.operation ?? 'CREATE' as const }
  await evaluateEach(resources, evaluateOptions, ({ results }, index) => {
    const draft = drafts[index] as Draft
    draft.mutated = follow(draft.mutated, results, draft.steps)
    for (const result of results) {
      if (result.status === 'pass' && (result.targets !== undefined || result.generated !== undefined)) others.push(result)
      if ((result.status === 'error' || (result.status === 'fail' && result.ruleType === 'verifyImages')) && result.ruleType !== 'validate') unknowns.add(`${describeCause(causeOf(result))} could not be predicted: ${result.message === '' && result.status === 'error' ? result.error.message : result.message}`)
    }
  })
  const background = changeTargets(drafts, others, unknowns)
  await settle(drafts.filter(({ steps }) => steps.length > 0), { ...evaluateOptions, targets: [] })
  const kinds = kindsOf(resources)
  return {
    predictions: drafts.flatMap((draft) => finish(draft, background.get(draft) ?? [], { options, kinds, resources })),
    generated: findGenerated(drafts, others), unknowns: [...unknowns],
  }
}

interface Draft {
  readonly resource: Resource
  mutated: JsonObject
  readonly steps: StateStep[]
  unsettled: readonly Cause[]
}

/** What is valid is not asked; only what is changed. */
function withoutValidation(policy: CompiledPolicy): CompiledPolicy {
  const { validate: _, ...steps } = policy.steps
  return { ...policy, steps }
}

/** Goes through the changes of the results one by one, and notes who made which. */
function follow(object: JsonObject, results: readonly RuleResult[], steps: StateStep[]): JsonObject {
  let current = object
  const changing = results.filter(isChange)
  for (const [index, result] of changing.entries()) {
    const next = changing[index + 1]
    // Between mutations nothing else happens: what the next one saw is what this one made.
    const isSeen = result.resource.object === current && result.ruleType === 'mutate' && next?.ruleType === 'mutate'
    const after = isSeen ? next.resource.object : applyChanges(current, result.changes) as JsonObject
    steps.push({ cause: causeOf(result), before: current, after })
    current = after
  }
  return current
}

type Change = Extract<RuleResult, { status: 'pass' }> & { readonly changes: readonly JsonPatchOperation[] }

function isChange(result: RuleResult): result is Change {
  return result.status === 'pass' && result.changes !== undefined && result.changes.length > 0
}

function causeOf({ policy, rule, ruleType }: RuleResult, kind?: Cause['kind']): Cause {
  const name = policy.namespace === undefined ? policy.name : `${policy.namespace}/${policy.name}`
  return { kind: kind ?? (ruleType === 'verifyImages' ? 'digest' : ruleType === 'generate' ? 'generated' : 'mutation'), policy: `${policy.kind} ${name}`, ...(rule === '' ? {} : { rule }) }
}

/** `ClusterPolicy add-labels, rule add`. */
export function describeCause({ policy, rule }: Cause): string {
  return `${policy ?? ''}${rule === undefined ? '' : `, rule ${rule}`}`
}

/** Background rules change others than what triggered them. */
function changeTargets(drafts: readonly Draft[], results: readonly RuleResult[], unknowns: Set<string>): ReadonlyMap<Draft, readonly StateStep[]> {
  const byResource = new Map(drafts.map((draft) => [draft.resource, draft]))
  const changes = new Map<Draft, StateStep[]>()
  for (const result of results) {
    if (result.status !== 'pass') continue
    for (const target of result.targets ?? []) {
      const draft = byResource.get(target.before)
      if (draft === undefined || target.changes.length === 0) continue
      const steps = changes.get(draft) ?? []
      changes.set(draft, steps)
      const before = steps.at(-1)?.after ?? draft.mutated
      try {
        steps.push({ cause: causeOf(result, 'background'), before, after: applyJsonPatch(before, target.changes as unknown as JsonValue) as JsonObject })
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error
        unknowns.add(`${describeCause(causeOf(result))} changes ${target.before.id.kind} ${target.before.id.name} in the background, after other changes, in a way that could not be predicted`)
      }
    }
  }
  return changes
}

/** Applies what admission made once more, and once more: what still changes then never settles. */
async function settle(drafts: readonly Draft[], options: EvaluateOptions): Promise<void> {
  let pending = drafts
  for (let round = 0; round < 2 && pending.length > 0; round++) {
    const changed: Draft[] = []
    await evaluateEach(pending.map(({ resource, mutated }) => withObject(resource, mutated)), { ...options, operation: 'UPDATE' }, ({ results }, index) => {
      const draft = pending[index] as Draft
      const steps: StateStep[] = []
      const again = follow(draft.mutated, results, steps)
      if (deepEquals(again, draft.mutated)) return
      if (round === 0) {
        changed.push({ ...draft, mutated: again, steps })
        return
      }
      const original = drafts.find(({ resource }) => resource === draft.resource)
      if (original !== undefined) original.unsettled = steps.map(({ cause }) => cause)
    })
    pending = changed
  }
}

interface Surroundings {
  readonly options: PredictOptions
  readonly kinds: KindTable
  readonly resources: readonly Resource[]
}

function finish({ resource, mutated, steps, unsettled }: Draft, background: readonly StateStep[], { options, kinds, resources }: Surroundings): readonly ResourcePrediction[] {
  const api = { kinds, ...(options.kubeVersion === undefined ? {} : { kubeVersion: options.kubeVersion }) }
  const changed = background.at(-1)?.after ?? mutated
  const own = predictOwnChanges(changed, { ...options, resources })
  const general: readonly GeneralPath[] = own.general
  const all = [...steps, ...background, ...own.steps]
  const target = resource.object
  const liveWithout = once(() => applyApiDefaults(target, api))
  // Without anybody else's change there is only what the API server does, which is seldom more than adding.
  const live = all.length === 0 ? liveWithout() : applyApiDefaults(own.steps.at(-1)?.after ?? changed, api)
  if (options.everything !== true && all.length === 0 && !mayDiffer(target, live)) return []
  const admitted = background.length === 0 ? live : applyApiDefaults(mutated, api)
  return [{ resource, mutated, admitted, unsettled, state: { target, live, liveWithout, steps: all, ...(general.length === 0 ? {} : { general }) } }]
}

function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => made ??= make()
}

/** Whether Argo CD could see a difference: a key that is only added is none. */
function mayDiffer(target: JsonObject, live: JsonObject): boolean {
  return findChanges(target, live).some(({ kind, selector }) => kind !== 'added' || typeof selector.at(-1) !== 'string')
}

function findGenerated(drafts: readonly Draft[], results: readonly RuleResult[]): StatesPrediction['generated'] {
  const known = new Map(drafts.map(({ resource }) => [keyOf(resource), resource]))
  return results.flatMap((result) => (result.status === 'pass' ? result.generated ?? [] : []).flatMap((made) => {
    const resource = known.get(keyOf(made))
    return resource === undefined || !isJsonObject(made.object) ? [] : [{ resource, cause: causeOf(result, 'generated') }]
  }))
}

function keyOf({ id }: Resource): string {
  return `${id.group}\n${id.kind}\n${id.namespace ?? ''}\n${id.name}`
}
