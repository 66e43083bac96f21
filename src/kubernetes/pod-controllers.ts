import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { FieldPath } from '../model/source.ts'

/** Where the pod template (an object with `metadata` and `spec`) lies in each built-in kind that makes pods; a Pod is its own template. */
const templatePaths: ReadonlyMap<string, FieldPath> = new Map<string, FieldPath>([
  ['/Pod',                   []],
  ['/PodTemplate',           ['template']],
  ['/ReplicationController', ['spec', 'template']],
  ['apps/DaemonSet',         ['spec', 'template']],
  ['apps/Deployment',        ['spec', 'template']],
  ['apps/ReplicaSet',        ['spec', 'template']],
  ['apps/StatefulSet',       ['spec', 'template']],
  ['batch/Job',              ['spec', 'template']],
  ['batch/CronJob',          ['spec', 'jobTemplate', 'spec', 'template']],
])
/** Groups that served a kind before its present one did. */
const formerGroups: ReadonlyMap<string, string> = new Map([['extensions', 'apps']])

/** The path of the pod template inside resources of a kind; `undefined` for kinds that make no pods. */
export function findPodTemplatePath(group: string, kind: string): FieldPath | undefined {
  return templatePaths.get(`${formerGroups.get(group) ?? group}/${kind}`)
}

/** The path of the PodSpec inside resources of a kind; `undefined` for kinds that make no pods. */
export function findPodSpecPath(group: string, kind: string): FieldPath | undefined {
  const path = findPodTemplatePath(group, kind)
  return path === undefined ? undefined : [...path, 'spec']
}

/** The pod template of a resource, where it has one. */
export function findPodTemplate(group: string, kind: string, object: JsonObject): JsonObject | undefined {
  const path = findPodTemplatePath(group, kind)
  if (path === undefined) return undefined
  let value: JsonValue | undefined = object
  for (const key of path) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return isJsonObject(value) ? value : undefined
}
