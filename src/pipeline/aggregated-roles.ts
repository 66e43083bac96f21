// Kubernetes: pkg/controller/clusterroleaggregation
import { matchesLabelSelector } from '../kubernetes/label-selector.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { Labels, Resource } from '../model/resource.ts'
import { parseLabelSelector } from '../policy/index.ts'
import { deepEquals } from '../values/equality.ts'

/** Stands for rules of roles that only the cluster knows. */
const rulesOfOthers: JsonValue = { apiGroups: ['presync.dev'], resources: ['rules-of-roles-that-only-the-cluster-knows'], verbs: ['get'] }

/** A role with an aggregation rule holds in a cluster the rules of all roles that its selectors choose, whatever was applied. */
export function predictAggregatedRules(role: JsonObject, resources: readonly Resource[]): JsonObject {
  const aggregation = role['aggregationRule']
  const selectors = isJsonObject(aggregation) ? aggregation['clusterRoleSelectors'] : undefined
  if (role['kind'] !== 'ClusterRole' || !isJsonArray(selectors)) return role
  const chosen = selectors.filter(isJsonObject).map(parseLabelSelector).filter((selector) => selector !== undefined)
  const rules: JsonValue[] = []
  for (const { id, object } of resources) {
    if (id.kind !== 'ClusterRole' || isJsonObject(object['aggregationRule']) || !chosen.some((selector) => matchesLabelSelector(selector, labelsOf(object)))) continue
    for (const rule of isJsonArray(object['rules']) ? object['rules'] : []) if (!rules.some((known) => deepEquals(known, rule))) rules.push(rule)
  }
  return { ...role, rules: rules.length === 0 ? [rulesOfOthers] : rules }
}

function labelsOf(object: JsonObject): Labels {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  return isJsonObject(metadata['labels']) ? metadata['labels'] as Labels : {}
}
