// Counterpart: Argo CD gitops-engine/pkg/diff/diff.go (remarshal, Normalize), util/argo/normalizers/knowntypes_normalizer.go
import { readObjectKind } from '../../kubernetes/schema/object-kind.ts'
import { isDecodable } from '../../kubernetes/schema/validate-object.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue, withKey, withoutKey } from '../../patch/set-key.ts'
import { goJsonText } from '../../values/json-text.ts'
import { oncePerObject } from '../../values/memo.ts'
import { compareText } from '../../values/text-order.ts'
import { findGoType, findPodSpecType, reprint } from './go-types.ts'
import type { IgnoreNormalizer, Normalized } from './ignore-normalizer.ts'
import { projectFields } from './project-fields.ts'

export interface NormalizeOptions {
  readonly ignore: IgnoreNormalizer
  /** argocd-cm `resource.compareoptions`: rules of aggregated roles are the cluster's business. */
  readonly ignoreAggregatedRoles: boolean
}

/**
 * Prints an object of a built-in kind as the cluster would, as far as its own fields go. One with a field that its type lacks stays as it is. Finding and proving
 * entries compares the same objects dozens of times.
 */
export const reformat = oncePerObject((object: JsonObject): JsonObject => {
  const schema = findGoType(object)
  if (schema === undefined || !isDecodable(schema, object, true)) return object
  return projectFields(object, reprint(schema, object) as JsonObject)
})

/** Brings an object into the form in which Argo CD compares it: what is ignored is gone. */
export function normalizeObject(object: JsonObject, { ignore, ignoreAggregatedRoles }: NormalizeOptions): JsonObject {
  return finishNormalized(ignore.normalize(prepareObject(object, ignoreAggregatedRoles)))
}

/** What comes before anything is ignored. */
export function prepareObject(object: JsonObject, ignoreAggregatedRoles: boolean): JsonObject {
  const stamped = dropCreationTimestamp(object)
  const { group, kind } = readObjectKind(stamped)
  const special = `${group}/${kind}`
  return special === '/Secret' ? normalizeSecret(stamped)
    : special === '/Endpoints' ? normalizeEndpoints(stamped)
      : special === 'rbac.authorization.k8s.io/Role' || special === 'rbac.authorization.k8s.io/ClusterRole' ? normalizeRole(stamped, ignoreAggregatedRoles) : stamped
}

/** What comes after it. */
export function finishNormalized({ object, error }: Normalized): JsonObject {
  return error === undefined ? normalizeKnownTypes(object) : object
}

function dropCreationTimestamp(object: JsonObject): JsonObject {
  const metadata = object['metadata']
  return isJsonObject(metadata) && Object.hasOwn(metadata, 'creationTimestamp') ? withKey(object, 'metadata', withoutKey(metadata, 'creationTimestamp')) : object
}

/** `stringData` becomes `data`, whose values are spelled in one way; not where one of them is no base64. */
function normalizeSecret(secret: JsonObject): JsonObject {
  const moved = moveStringData(secret)
  const schema = findGoType({ apiVersion: 'v1', kind: 'Secret' })
  const data = ownValue(moved, 'data')
  if (schema === undefined || !isJsonObject(data) || !isDecodable(schema, moved, false)) return moved
  const spelled = Object.entries(data).map(([key, value]): [string, JsonValue] => [key, typeof value === 'string' ? Buffer.from(value, 'base64').toString('base64') : ''])
  // Go prints no map for an empty one.
  return withKey(moved, 'data', spelled.length === 0 ? null : Object.fromEntries(spelled) as JsonObject)
}

function moveStringData(secret: JsonObject): JsonObject {
  const texts = ownValue(secret, 'stringData')
  if (!isJsonObject(texts)) return secret
  const data = ownValue(secret, 'data')
  const encoded = Object.entries(texts).map(([key, value]): [string, JsonValue] => [key, typeof value === 'string' ? Buffer.from(value).toString('base64') : value])
  return withKey(withoutKey(secret, 'stringData'), 'data', { ...(isJsonObject(data) ? data : {}), ...Object.fromEntries(encoded) })
}

function normalizeRole(role: JsonObject, ignoreAggregated: boolean): JsonObject {
  if (ignoreAggregated && isJsonObject(ownValue(role, 'aggregationRule'))) return withKey(role, 'rules', null)
  const rules = ownValue(role, 'rules')
  return isJsonArray(rules) && rules.length === 0 ? withKey(role, 'rules', null) : role
}

/** Subsets, and what they list, have no order of their own. What Go does not know of the kind is lost. */
function normalizeEndpoints(endpoints: JsonObject): JsonObject {
  const schema = findGoType(endpoints)
  if (schema === undefined || !isDecodable(schema, endpoints, false)) return endpoints
  const printed = reprint(schema, endpoints) as JsonObject
  const subsets = ownValue(printed, 'subsets')
  if (!isJsonArray(subsets)) return printed
  const sorted = subsets.map((subset) => (isJsonObject(subset) ? sortSubset(subset) : subset))
  return withKey(printed, 'subsets', sortByText(sorted))
}

function sortSubset(subset: JsonObject): JsonObject {
  const entries = Object.entries(subset).map(([key, value]): [string, JsonValue] => {
    if (!isJsonArray(value)) return [key, value]
    return [key, sortByText(key === 'ports' ? value.map((port) => (isJsonObject(port) ? { protocol: 'TCP', ...port } : port)) : value)]
  })
  return Object.fromEntries(entries) as JsonObject
}

function sortByText(list: readonly JsonValue[]): readonly JsonValue[] {
  return list.toSorted((left, right) => compareText(goJsonText(left), goJsonText(right)))
}

/** The pod template of a Rollout is printed as that of a Deployment. */
function normalizeKnownTypes(object: JsonObject): JsonObject {
  const { group, kind } = readObjectKind(object)
  if (group !== 'argoproj.io' || kind !== 'Rollout') return object
  const schema = findPodSpecType()
  const spec = ownValue(object, 'spec')
  const template = isJsonObject(spec) ? ownValue(spec, 'template') : undefined
  if (schema === undefined || !isJsonObject(spec) || !isJsonObject(template)) return object
  // Go reads null as an empty one.
  const podSpec = ownValue(template, 'spec') === null ? {} : ownValue(template, 'spec')
  if (!isJsonObject(podSpec) || !isDecodable(schema, podSpec, false)) return object
  return withKey(object, 'spec', withKey(spec, 'template', withKey(template, 'spec', reprint(schema, podSpec) as JsonObject)))
}
