// Kyverno: pkg/engine/handlers/mutation/common.go (forEachMutator), pkg/engine/mutate/mutation.go (ForEach)
import { isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import type { MutateForeach, MutateMethod } from '../../../model/rule.ts'
import { deepEquals, deepEqualsTyped } from '../../../values/equality.ts'
import { toFloat64, toInt64 } from '../../../values/numbers.ts'
import { attempt } from '../../attempt.ts'
import { compileEntries } from '../../context/entries/index.ts'
import type { EntryPlace } from '../../context/entries/entry-compiler.ts'
import type { DeferredEntry } from '../../context/deferred-entry.ts'
import { prepareConditions, type PreparedConditions } from '../../prepare-conditions.ts'
import { compileTemplate } from '../../variables/template.ts'
import { elementNames, toElements } from '../elements.ts'
import type { RuleRun } from '../rule-run.ts'
import { applyPatches } from './apply-patches.ts'
import { failToMutate, type Mutation, type Mutator } from './mutation.ts'

interface CompiledEntry {
  readonly list: string
  readonly descending: boolean
  readonly context: readonly DeferredEntry[]
  readonly preconditions: PreparedConditions | undefined
  readonly mutate: Mutator
}

/** Patches an object once for each element of lists; what the elements of an entry changed, only the next entry sees in `request.object`. */
export function compileForeach(foreach: readonly MutateForeach[], place: EntryPlace): Mutator {
  const entries = foreach.map((entry) => compileEntry(entry, place))
  return (run, object) => mutateEntries(entries, run, object)
}

function compileEntry(entry: MutateForeach, place: EntryPlace): CompiledEntry {
  const { method, order } = entry
  return {
    list: entry.list,
    // Kustomize puts what is patched last first, so strategic merges go through the list from its end.
    descending: order === undefined ? method.kind === 'patchStrategicMerge' : order === 'Descending',
    context: compileEntries(entry.context, place),
    preconditions: entry.preconditions === undefined ? undefined : prepareConditions(entry.preconditions),
    mutate: method.kind === 'foreach' ? compileForeach(method.foreach, place) : compilePatch(method),
  }
}

function compilePatch(method: Exclude<MutateMethod, { kind: 'foreach' }>): Mutator {
  const template = compileTemplate({
    patchStrategicMerge: method.kind === 'patchStrategicMerge' ? method.patch : null,
    patchesJson6902: method.kind === 'patchesJson6902' ? method.patch : '',
  })
  return (run, object) => {
    const substituted = attempt(() => template.evaluate(run))
    if (substituted.error) return failToMutate('variable substitution failed', substituted.error)
    const { patchStrategicMerge, patchesJson6902 } = substituted.value as { readonly [name: string]: JsonValue } as
      { readonly patchStrategicMerge: JsonValue; readonly patchesJson6902: JsonValue }
    return applyPatches(object, { strategicMerge: patchStrategicMerge, json6902: patchesJson6902 })
  }
}

function mutateEntries(entries: readonly CompiledEntry[], outer: RuleRun, object: JsonObject): Mutation {
  let [run, current, applied] = [outer, object, 0]
  for (const entry of entries) {
    const elements = attempt(() => toElements(run.scope.query(entry.list)))
    if (elements.error) {
      const { message } = elements.error
      return { status: 'error', message: `failed to evaluate list ${entry.list}: ${message}: ${message}`, error: elements.error }
    }
    const mutation = mutateElements(entry, elements.value, run, current)
    if (mutation.status === 'error') return { ...mutation, message: `failed to mutate elements: ${mutation.message}` }
    if (mutation.status === 'skip') continue
    applied++
    current = mutation.object
    run = withRequestObject(run, current)
  }
  return applied === 0 ? { status: 'skip', message: '0 elements processed' } : { status: 'pass', object: current }
}

function mutateElements(entry: CompiledEntry, elements: readonly JsonValue[], run: RuleRun, object: JsonObject): Mutation {
  let patched = object
  const indexes = [...elements.keys()]
  for (const index of entry.descending ? indexes.toReversed() : indexes) {
    const element = elements[index] ?? null
    if (element === null) continue
    const mutation = mutateElement(entry, inElement(entry, run, element, index), { object: patched, index })
    if (mutation?.status === 'error') return mutation
    if (mutation?.status === 'pass') patched = mutation.object
  }
  return isChanged(run, object, patched) ? { status: 'pass', object: patched } : { status: 'skip', message: 'no patches applied' }
}

/** Patches that undo one another change the numbers of an object that the CLI read with doubles: patches leave int64, and Kyverno compares types too. */
function isChanged({ fields }: RuleRun, before: JsonObject, after: JsonObject): boolean {
  if (!deepEquals(before, after)) return true
  const { current } = fields.state
  return after !== before && before === current?.resource.object && !deepEqualsTyped(current.object, toInt64(after))
}

function inElement({ context }: CompiledEntry, run: RuleRun, element: JsonValue, index: number): RuleRun {
  return run.inElement(run.scope.extend(elementNames(run, toFloat64(element), index), context), undefined)
}

function mutateElement({ preconditions, mutate }: CompiledEntry, run: RuleRun, { object, index }: { object: JsonObject; index: number }): Mutation | undefined {
  if (preconditions) {
    const verdict = attempt(() => preconditions.evaluate(run))
    if (verdict.error) return failToMutate(`failed to evaluate mutate.foreach[${index}].preconditions`, verdict.error)
    if (!verdict.value.holds) return undefined
  }
  return mutate(run, object)
}

/** The run with another `request.object`, read with int64 as after every patch. */
function withRequestObject(run: RuleRun, object: JsonObject): RuleRun {
  return run.with({}, () => {
    const request = run.scope.query('request')
    return run.scope.extend({ request: { ...(isJsonObject(request) ? request : {}), object: toInt64(object) } })
  })
}
