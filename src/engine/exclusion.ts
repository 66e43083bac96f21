// Kyverno: pkg/config/config.go (ToFilter), pkg/webhooks/handlers/filter.go; Kubernetes: webhook/predicates/{namespace,object}/matcher.go
import { matchesLabelSelector } from '../kubernetes/label-selector.ts'
import { isJsonObject } from '../model/json.ts'
import type { KyvernoConfiguration, ResourceFilter } from '../model/kyverno-configuration.ts'
import type { LabelSelector } from '../model/label-selector.ts'
import type { Labels, Trigger } from '../model/resource.ts'
import { compileWildcard } from '../values/wildcard.ts'
import { compileKinds } from './match/kind-selector.ts'

/** Whether a request never reaches the policies. */
export type IsExcluded = (trigger: Trigger) => boolean

/** Prepares configurations of Kyverno; undefined where they leave nothing out. */
export function compileExclusion(configurations: readonly KyvernoConfiguration[]): IsExcluded | undefined {
  const tests = configurations.flatMap(({ resourceFilters, namespaceSelector, objectSelector }): readonly IsExcluded[] => [
    ...resourceFilters.map(compileFilter),
    ...namespaceSelector === undefined ? [] : [(trigger: Trigger) => !matchesNamespace(namespaceSelector, trigger)],
    ...objectSelector === undefined ? [] : [(trigger: Trigger) => !matchesLabelSelector(objectSelector, labelsOf(trigger))],
  ])
  return tests.length === 0 ? undefined : (trigger) => tests.some((isExcluded) => isExcluded(trigger))
}

/** A filter for a namespace is one for the Namespace itself, too. */
function compileFilter({ kind, namespace, name }: ResourceFilter): IsExcluded {
  const kinds = compileKinds([kind])
  const [matchesPlace, matchesName] = [compileWildcard(namespace), compileWildcard(name)]
  return ({ resource: { id }, subresource = '' }) => kinds.matches({ ...id, subresource })
    && ((matchesPlace(id.namespace ?? '') && matchesName(id.name)) || (isNamespace(id) && matchesPlace(id.name)))
}

/** Of what belongs to no namespace only Namespaces are asked for labels: their own. */
function matchesNamespace(selector: LabelSelector, trigger: Trigger): boolean {
  const { id } = trigger.resource
  if (isNamespace(id)) return matchesLabelSelector(selector, { 'kubernetes.io/metadata.name': id.name, ...labelsOf(trigger) })
  return id.namespace === undefined || matchesLabelSelector(selector, { 'kubernetes.io/metadata.name': id.namespace, ...trigger.namespaceLabels })
}

function isNamespace({ group, version, kind }: Trigger['resource']['id']): boolean {
  return group === '' && version === 'v1' && kind === 'Namespace'
}

function labelsOf({ resource: { object: { metadata } } }: Trigger): Labels {
  const labels = metadata !== undefined && isJsonObject(metadata) ? metadata['labels'] : undefined
  return labels !== undefined && isJsonObject(labels) ? labels as Labels : {}
}
