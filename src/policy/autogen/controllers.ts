// Kyverno: pkg/autogen/v1/autogen.go (CanAutoGen), pkg/autogen/v1/internal/gvk.go
import type { JsonObject } from '../../model/json.ts'
import { field, objectField, objectsField, textField, textsField } from '../read-fields.ts'
import { containsKind } from './kind-names.ts'

/** The kinds that make Pods from a template. */
export const podControllers: readonly string[] = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet']

const fullNames: ReadonlyMap<string, string> = new Map([
  ['DaemonSet', 'apps/v1/DaemonSet'], ['Deployment', 'apps/v1/Deployment'], ['Job', 'batch/v1/Job'], ['StatefulSet', 'apps/v1/StatefulSet'],
  ['ReplicaSet', 'apps/v1/ReplicaSet'], ['ReplicationController', 'v1/ReplicationController'], ['CronJob', 'batch/v1/CronJob'], ['Pod', 'v1/Pod'],
])

/** Kinds as generated rules list them: with group and version where they are known. */
export function toFullNames(kinds: readonly string[]): readonly string[] {
  return kinds.map((kind) => fullNames.get(kind) ?? kind)
}

/** Whether rules for Pods may be carried over to their controllers: a question to the whole policy. */
export function allowsAutogen(rules: readonly JsonObject[]): boolean {
  return rules.every(isPortable) && rules.some((rule) => descriptionsOf(rule).some(namesPodsOrControllers))
}

function isPortable(rule: JsonObject): boolean {
  const generate = objectField(rule, 'generate')
  if (generate && Object.keys(generate).length > 0) return false
  const mutate = objectField(rule, 'mutate') ?? {}
  if ([mutate, ...objectsField(mutate, 'foreach')].some((part) => (textField(part, 'patchesJson6902') ?? '') !== '')) return false
  return descriptionsOf(rule).every(isPortableDescription)
}

/** Names, selectors and annotations are about the Pod itself, not about its controller. */
function isPortableDescription(description: JsonObject): boolean {
  const kinds = textsField(description, 'kinds')
  return (textField(description, 'name') ?? '') === '' && textsField(description, 'names').length === 0 && field(description, 'selector') === undefined
    && field(description, 'annotations') === undefined && !(kinds.length > 1 && containsKind(kinds, 'Pod'))
}

/** Only these exact words count: `v1/Pod` alone does not. */
function namesPodsOrControllers(description: JsonObject): boolean {
  return textsField(description, 'kinds').some((kind) => kind === 'Pod' || podControllers.includes(kind))
}

function descriptionsOf(rule: JsonObject): readonly JsonObject[] {
  return ['match', 'exclude'].flatMap((name) => {
    const block = objectField(rule, name)
    return block ? [block, ...objectsField(block, 'any'), ...objectsField(block, 'all')].map((filter) => objectField(filter, 'resources') ?? {}) : []
  })
}
