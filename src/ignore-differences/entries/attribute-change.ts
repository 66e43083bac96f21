import type { JsonObject } from '../../model/json.ts'
import { overlaps, type FieldSelector } from './field-selector.ts'
import { findChanges, type FieldChange } from './find-changes.ts'
import type { Cause, PredictedState } from './predicted-state.ts'

const changesOf = new WeakMap<JsonObject, { readonly before: JsonObject; readonly changes: readonly FieldChange[] }>()

/** Whoever changed a place on the way from what is wanted to what is live; the API server where nobody else did. */
export function attributeChange(selector: FieldSelector, { steps, target, liveWithout }: Pick<PredictedState, 'steps' | 'target' | 'liveWithout'>): readonly Cause[] {
  const found = steps.filter(({ before, after }) => touches(selector, before, after)).map(({ cause }) => cause)
  if (found.length > 0) return found
  return [{ kind: touches(selector, target, liveWithout) ? 'api-server' : 'unknown' }]
}

function touches(selector: FieldSelector, before: JsonObject, after: JsonObject): boolean {
  let known = changesOf.get(after)
  if (known?.before !== before) {
    known = { before, changes: findChanges(before, after) }
    changesOf.set(after, known)
  }
  return known.changes.some((change) => overlaps(change.selector, selector))
}
