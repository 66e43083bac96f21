import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { Memo } from '../../values/memo.ts'
import { ownValue } from '../../patch/set-key.ts'
import { overlaps, type FieldSelector } from './field-selector.ts'
import { findChanges, type FieldChange } from './find-changes.ts'
import type { Cause, PredictedState } from './predicted-state.ts'

/** By the later and the earlier state; of the last resources only: there may be thousands, and each is looked at once. */
const changesOf = new Memo(64, (after: JsonObject) => new Memo(4, (before: JsonObject): readonly FieldChange[] => findChanges(before, after)))

/** Whoever changed a place on the way from what is wanted to what is live; the API server where nobody else did. */
export function attributeChange(selector: FieldSelector, { steps, target, liveWithout }: Pick<PredictedState, 'steps' | 'target' | 'liveWithout'>): readonly Cause[] {
  const found = steps.filter(({ before, after }) => touches(selector, before, after)).map(({ cause }) => cause)
  if (found.length > 0) return found
  return [{ kind: touches(selector, target, liveWithout()) ? 'api-server' : 'unknown' }]
}

function touches(selector: FieldSelector, before: JsonObject, after: JsonObject): boolean {
  if (isShared(selector, before, after)) return false
  return changesOf.get(after).get(before).some((change) => overlaps(change.selector, selector))
}

/** Whether both have the very same value on the way to a place, before any list: a step shares with the one before it whatever it leaves alone. */
function isShared(selector: FieldSelector, before: JsonObject, after: JsonObject): boolean {
  let left: JsonValue | undefined = before
  let right: JsonValue | undefined = after
  for (const step of selector) {
    if (typeof step !== 'string' || !isJsonObject(left) || !isJsonObject(right)) return false
    left = ownValue(left, step)
    right = ownValue(right, step)
    if (left === undefined || right === undefined) return false
    if (left === right) return true
  }
  return false
}
