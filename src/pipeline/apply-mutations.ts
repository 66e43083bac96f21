import { describeCause, findChanges, nameResource, describeSelector } from '../ignore-differences/index.ts'
import { EvaluationError } from '../model/errors.ts'
import type { JsonObject, JsonValue } from '../model/json.ts'
import { withObject, type Resource } from '../model/resource.ts'
import { diffJson } from '../patch/diff-json.ts'
import { applyJsonPatch } from '../patch/json-patch.ts'
import type { ResourcePrediction } from './predict-states.ts'

/** Resources as admission would make them, and what was changed. */
export interface AppliedMutations {
  /** In the order of the rendered ones. */
  readonly resources: readonly Resource[]
  /** Each change, and what was left alone and why, in words. */
  readonly notices: readonly string[]
}

/**
 * Applies what mutate rules change to rendered resources, so that what Argo CD wants is what admission makes of it. Only where that settles:
 * a rule that changes its own outcome again would change every render. Digests are not written: nobody verified anything here.
 */
export function applyMutations(rendered: readonly Resource[], placed: readonly Resource[], predictions: readonly ResourcePrediction[]): AppliedMutations {
  const byPlaced = new Map(predictions.map((prediction) => [prediction.resource, prediction]))
  const notices: string[] = []
  const resources = rendered.map((resource, index) => {
    const prediction = byPlaced.get(placed[index] as Resource)
    return prediction === undefined ? resource : applyTo(resource, prediction, notices)
  })
  return { resources, notices }
}

function applyTo(resource: Resource, { state, unsettled }: ResourcePrediction, notices: string[]): Resource {
  const steps = state.steps.filter(({ cause }) => cause.kind === 'mutation')
  const name = nameResource(state.target)
  if (steps.length === 0) return resource
  if (unsettled.length > 0) {
    notices.push(`not applied to ${name}: ${unsettled.map(describeCause).join('; ')} changes its own outcome again, and would do so at every render`)
    return resource
  }
  let object = resource.object
  try {
    for (const { before, after } of steps) object = applyJsonPatch(object, diffJson(before, after) as unknown as JsonValue) as JsonObject
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    notices.push(`not applied to ${name}: its mutations follow changes that are made only in the cluster`)
    return resource
  }
  for (const { cause, before, after } of steps) {
    notices.push(`applied to ${name}: ${describeCause(cause)}: ${findChanges(before, after).map(({ selector }) => describeSelector(selector)).join(', ')}`)
  }
  return withObject(resource, object)
}
