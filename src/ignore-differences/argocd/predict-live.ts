// Counterpart: Argo CD gitops-engine/pkg/diff/diff.go (ThreeWayDiff, TwoWayDiff): what a client-side apply would make of the live object
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { toDraft, type Draft } from '../../kubernetes/defaults/draft.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { createMergePatch } from '../../patch/merge-patch.ts'
import { ownValue, setKey, withKey, withoutKey } from '../../patch/set-key.ts'
import { applyStrategicPatch } from '../../patch/strategic/apply-strategic-patch.ts'
import { createThreeWayPatch, type ThreeStates } from '../../patch/strategic/three-way-patch.ts'
import { toFloat64 } from '../../values/numbers.ts'
import { fillSchemeDefaults, findGoType } from './go-types.ts'
import { mergeAsEvanphx } from './merge-as-evanphx.ts'
import { projectFields, projectItems } from './project-fields.ts'

/** Both sides of the comparison. */
export interface Prediction {
  readonly normalizedLive: JsonObject
  readonly predictedLive: JsonObject
}

/** Predicts what applying `modified` makes of `current`, `original` having been applied last. Throws INVALID_PATCH where no patch can be made. */
export function predictLive({ original, modified, current }: ThreeStates): Prediction {
  const before = dropPlace(original)
  const states: ThreeStates = { original: before, modified: modified === original ? before : dropPlace(modified), current }
  const schema = findGoType(states.original)
  return schema === undefined ? predictCustomResource(states) : predictBuiltIn(states, schema)
}

/** The namespace is not in every manifest, and an empty map of annotations says nothing. */
function dropPlace(object: JsonObject): JsonObject {
  const metadata = object['metadata']
  if (!isJsonObject(metadata)) return object
  const annotations = ownValue(metadata, 'annotations')
  const empty = annotations === null || (isJsonObject(annotations) && Object.keys(annotations).length === 0)
  const rest = withoutKey(metadata, 'namespace')
  return withKey(object, 'metadata', empty ? withoutKey(rest, 'annotations') : rest)
}

/** Numbers are float64 on the way. */
function predictBuiltIn(states: ThreeStates, schema: SchemaNode): Prediction {
  const [original, current] = [toFloat64(states.original) as JsonObject, toFloat64(states.current) as JsonObject]
  const modified = states.modified === states.original ? original : toFloat64(states.modified) as JsonObject
  const patch = createThreeWayPatch({ original, modified, current: trimVolumeClaims(original, current) }, schema)
  // Nothing to apply: what is live stays, and defaults are the same on both sides.
  if (Object.keys(patch).length === 0) return { normalizedLive: current, predictedLive: current }
  const patched = applyStrategicPatch(toDraft(current) as Draft, patch, schema) as JsonObject
  return { normalizedLive: fillSchemeDefaults(current, schema), predictedLive: fillSchemeDefaults(patched, schema) }
}

/** The claims of a StatefulSet are defaulted by the server in a way that Argo CD cannot repeat. */
function trimVolumeClaims(original: JsonObject, current: JsonObject): JsonObject {
  if (original['kind'] !== 'StatefulSet') return current
  const [wanted, spec] = [original['spec'], current['spec']]
  const templates = isJsonObject(wanted) ? wanted['volumeClaimTemplates'] : undefined
  const live = isJsonObject(spec) ? spec['volumeClaimTemplates'] : undefined
  if (!isJsonArray(templates) || !isJsonArray(live)) return current
  return withKey(current, 'spec', withKey(spec as JsonObject, 'volumeClaimTemplates', projectItems(templates, live)))
}

/** Custom resources: what the live object has of the fields last applied is compared, lists as a whole. */
function predictCustomResource({ original, modified, current }: ThreeStates): Prediction {
  const [before, wanted, live] = [toFloat64(original), toFloat64(modified), toFloat64(current)] as [JsonObject, JsonObject, JsonObject]
  const changes = keepChanges(createMergePatch(projectFields(before, live), wanted))
  const deletions = keepDeletions(createMergePatch(before, wanted))
  return { normalizedLive: current, predictedLive: mergeAsEvanphx(current, joinPatches(deletions, changes)) }
}

/** A merge patch without its nulls; what they leave empty goes, what was empty stays. */
function keepChanges(patch: JsonObject): JsonObject {
  return filterPatch(patch, (value) => value !== null, true)
}

/** Of a merge patch only its nulls. */
function keepDeletions(patch: JsonObject): JsonObject {
  return filterPatch(patch, (value) => value === null, false)
}

function filterPatch(patch: JsonObject, keeps: (value: JsonValue) => boolean, keepsEmpty: boolean): JsonObject {
  const kept: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(patch)) {
    if (!isJsonObject(value)) {
      if (keeps(value)) setKey(kept, key, value)
    } else if (Object.keys(value).length === 0) {
      if (keepsEmpty) setKey(kept, key, value)
    } else {
      const inner = filterPatch(value, keeps, keepsEmpty)
      if (Object.keys(inner).length > 0) setKey(kept, key, inner)
    }
  }
  return kept
}

function joinPatches(first: JsonObject, second: JsonObject): JsonObject {
  let joined = first
  for (const [key, value] of Object.entries(second)) {
    const before = ownValue(joined, key)
    joined = withKey(joined, key, isJsonObject(before) && isJsonObject(value) ? joinPatches(before, value) : value)
  }
  return joined
}
