// Counterpart: apimachinery pkg/util/strategicpatch/patch.go (CreateThreeWayMergePatch)
import { toDraft, type Draft } from '../../kubernetes/defaults/draft.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import type { JsonObject } from '../../model/json.ts'
import { joinStrategicPatches } from './apply-strategic-patch.ts'
import { assertMergeable } from './assert-mergeable.ts'
import { createStrategicPatch } from './create-strategic-patch.ts'

/** The states that `kubectl apply` knows of an object. */
export interface ThreeStates {
  /** What was applied last. */
  readonly original: JsonObject
  /** What is to be applied. */
  readonly modified: JsonObject
  /** What the cluster has. */
  readonly current: JsonObject
}

/** The patch that brings what is new in `modified` to `current`, and takes away what only `original` had. Conflicts are overwritten. */
export function createThreeWayPatch({ original, modified, current }: ThreeStates, schema: SchemaNode): Draft {
  // Patches take parts of what they are made from over, and only a patch is written to: so only patches are copied.
  const wanted = modified as Draft
  const changes = createStrategicPatch(current as Draft, wanted, schema, { ignoreDeletions: true, asWritten: true })
  const deletions = original === modified ? noDeletions(wanted, schema) : createStrategicPatch(original as Draft, wanted, schema, { ignoreChangesAndAdditions: true, asWritten: true })
  return joinStrategicPatches(toDraft(deletions as JsonObject) as Draft, toDraft(changes as JsonObject) as Draft, schema)
}

/** Between an object and itself there is nothing, but Kubernetes goes through it all the same. */
function noDeletions(object: Draft, schema: SchemaNode): Draft {
  assertMergeable(object, schema)
  return {}
}
