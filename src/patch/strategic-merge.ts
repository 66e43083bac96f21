// Counterpart: Kyverno pkg/engine/mutate/patch/strategicMergePatch.go
import { EvaluationError } from '../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { mergeAsKustomize } from './kustomize-merge.ts'
import { needsAnchorResolution, resolveAnchors, type MatchesPattern } from './strategic-anchors.ts'

/** Applies a rule's `patchStrategicMerge`: anchors first, then kustomize's merge. Returns the resource itself where nothing changes. */
export function applyStrategicMerge(resource: JsonObject, patch: JsonValue, matchesPattern: MatchesPattern): JsonObject {
  const resolved = needsAnchorResolution(patch) || !isJsonObject(patch) ? resolveAnchors(patch, resource, matchesPattern) : patch
  const merged = mergeAsKustomize(resource, resolved === undefined ? {} : resolved)
  if (merged === undefined) throw new EvaluationError('INVALID_PATCH', 'the patch deletes the whole resource')
  if (!isJsonObject(merged)) throw new EvaluationError('INVALID_PATCH', 'the patch makes something of the resource that is not a map')
  return merged
}
