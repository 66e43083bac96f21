// Kyverno: pkg/engine/mutate/mutation.go, pkg/engine/mutate/patch/{patchers,patchesUtils}.go
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import { applyJsonPatch } from '../../../patch/json-patch.ts'
import { parseJsonPatch } from '../../../patch/parse-json-patch.ts'
import { applyStrategicMerge } from '../../../patch/strategic-merge.ts'
import { deepEquals } from '../../../values/equality.ts'
import { stringifyJson } from '../../../values/json-text.ts'
import { toPlain } from '../../../values/numbers.ts'
import { sortedKeys } from '../../../values/text-order.ts'
import { attempt } from '../../attempt.ts'
import { isMatch } from '../../pattern/index.ts'
import { failToMutate, type Mutation } from './mutation.ts'

/** The patches of a rule or of a foreach entry, variables replaced. The strategic one comes first where both are given. */
export interface Patches {
  readonly strategicMerge: JsonValue | undefined
  readonly json6902: JsonValue | undefined
}

/** Applies the patch; the object stays as it is, and what does not change is shared. */
export function applyPatches(object: JsonObject, patches: Patches): Mutation {
  const apply = choosePatch(patches)
  if (apply === undefined) {
    const error = new EvaluationError('INVALID_RULE', 'empty mutate rule')
    return { status: 'error', message: error.message, error }
  }
  const patched = attempt(() => apply(object))
  if (patched.error) return failToMutate('failed to patch resource', patched.error)
  return patched.value === undefined ? { status: 'skip', message: 'no patches applied' } : { status: 'pass', object: patched.value }
}

type Patch = (object: JsonObject) => JsonObject | undefined

function choosePatch({ strategicMerge, json6902 }: Patches): Patch | undefined {
  if (strategicMerge !== undefined && strategicMerge !== null) return (object) => mergeStrategically(object, toPlain(strategicMerge))
  return typeof json6902 === 'string' && json6902 !== '' ? (object) => patchJson(object, json6902) : undefined
}

function mergeStrategically(object: JsonObject, patch: JsonValue): JsonObject | undefined {
  const patched = applyStrategicMerge(object, patch, isMatch)
  return patched === object || deepEquals(patched, object) ? undefined : patched
}

function patchJson(object: JsonObject, text: string): JsonObject | undefined {
  const operations = parseJsonPatch(text)
  const patched = applyJsonPatch(object, operations)
  if (!isJsonObject(patched)) throw new EvaluationError('INVALID_PATCH', 'the patch makes something of the resource that is not a map')
  if (!deepEquals(patched, object)) return patched
  if (keepsOrder(operations)) return undefined
  // Kyverno compares texts: a field that is taken out and put back stands at the end, and that counts as a change.
  const sorted = sortKeys(object)
  return stringifyJson(applyJsonPatch(sorted, operations)) === stringifyJson(sorted) ? undefined : patched
}

/** Whether operations that end where they began cannot have changed the order of keys on the way. */
function keepsOrder(operations: JsonValue): boolean {
  return isJsonArray(operations) && operations.every((operation) => isJsonObject(operation)
    && (operation['op'] === 'replace' || operation['op'] === 'test') && (operation['value'] === null || typeof operation['value'] !== 'object'))
}

function sortKeys<T extends JsonValue>(value: T): T {
  if (isJsonArray(value)) return value.map(sortKeys) as readonly JsonValue[] as T
  return isJsonObject(value) ? Object.fromEntries(sortedKeys(value).map((key) => [key, sortKeys(value[key] as JsonValue)])) as JsonObject as T : value
}
