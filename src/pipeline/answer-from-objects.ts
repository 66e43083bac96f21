// Kubernetes: what an API server answers to GET, made of objects at hand; Kyverno: pkg/globalcontext (GlobalContextEntry)
import { compileJmesPath, type JmesPathEnvironment } from '../expression/jmespath/index.ts'
import type { KindFacts, KindTable } from '../kubernetes/kinds.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { LookupRequest } from '../model/lookups.ts'
import type { Labels } from '../model/resource.ts'
import type { ClusterView } from './cluster-view.ts'
import { parseLabelQuery } from './parse-label-query.ts'

/** Objects that stand in for the cluster. */
export interface KnownCluster {
  readonly view: ClusterView
  readonly kinds: KindTable
  /** Whether a snapshot holds objects of a kind: then what is not among them does not exist. Otherwise only what is there is known. */
  isComplete(group: string, kind: string): boolean
  readonly environment: JmesPathEnvironment
  /** Called with the kind of a list that was answered without a snapshot. */
  readonly onPartialList: (kind: string) => void
}

/** An answer; its value is undefined where the object certainly does not exist. */
export interface ObjectAnswer { readonly value: JsonValue | undefined }

/** Answers a look-up from objects at hand; undefined where they cannot tell. */
export function answerFromObjects(request: LookupRequest, cluster: KnownCluster): ObjectAnswer | undefined {
  switch (request.kind) {
    case 'configMap': return one(cluster, { group: '', kind: 'ConfigMap' }, request.namespace, request.name)
    case 'resource': return withKind(request, cluster, (kind) => one(cluster, kind, kind.scope === 'Cluster' ? '' : request.namespace, request.name))
    case 'resourceList': return withKind(request, cluster, (kind) => listOf(cluster, kind, { namespace: request.namespace, labels: (labels) => hasAll(labels, request.labels ?? {}) }))
    case 'apiCall': return request.method === 'GET' ? answerUrl(request.urlPath, cluster) : undefined
    case 'globalContext': return answerGlobalContext(request, cluster)
    default: return undefined
  }
}

type Kind = Pick<KindFacts, 'group' | 'kind'>

function one({ view, isComplete }: KnownCluster, { group, kind }: Kind, namespace: string, name: string): ObjectAnswer | undefined {
  const value = kind === 'Namespace' && group === '' ? view.namespaceObject(name) : view.find(group, kind, namespace, name)
  return value === undefined && !isComplete(group, kind) ? undefined : { value }
}

function withKind({ apiVersion, resource }: { readonly apiVersion: string; readonly resource: string }, { kinds }: KnownCluster, work: (kind: KindFacts) => ObjectAnswer | undefined): ObjectAnswer | undefined {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const kind = kinds.findByPlural(group, resource) ?? kinds.find(group, resource)
  return kind === undefined ? undefined : work(kind)
}

interface ListQuery { readonly namespace: string; readonly labels: (labels: Labels) => boolean; readonly fields?: (object: JsonObject) => boolean }

function listOf(cluster: KnownCluster, { group, kind, versions }: KindFacts, { namespace, labels, fields }: ListQuery): ObjectAnswer | undefined {
  const all = cluster.view.list(group, kind, namespace === '' ? undefined : namespace)
  if (!cluster.isComplete(group, kind)) {
    // Nothing at all of a kind says more about what is checked than about the cluster.
    if (cluster.view.list(group, kind, undefined).length === 0) return undefined
    cluster.onPartialList(kind)
  }
  const found = all.filter((object) => labels(metadataOf(object)['labels'] as Labels | undefined ?? {}) && (fields?.(object) ?? true))
  const version = found[0]?.['apiVersion'] ?? (group === '' ? versions[0]?.name ?? 'v1' : `${group}/${versions[0]?.name ?? 'v1'}`)
  return { value: { apiVersion: version, kind: `${kind}List`, metadata: {}, items: found } }
}

function metadataOf({ metadata }: JsonObject): JsonObject {
  return isJsonObject(metadata) ? metadata : {}
}

function hasAll(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
}

const objectPath = /^\/(?:api\/(?<core>[^/]+)|apis\/(?<group>[^/]+)\/(?<version>[^/]+))(?:\/namespaces\/(?<namespace>[^/]+)(?=\/))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?\/?$/

function answerUrl(url: string, cluster: KnownCluster): ObjectAnswer | undefined {
  const [path = '', query = ''] = url.split('?', 2)
  const { group = '', namespace = '', plural = '', name } = objectPath.exec(path)?.groups ?? {}
  const kind = cluster.kinds.findByPlural(group, plural)
  const filters = readQuery(query)
  if (kind === undefined || filters === undefined) return undefined
  return name === undefined ? listOf(cluster, kind, { namespace, ...filters }) : one(cluster, kind, namespace, name)
}

/** Undefined for parameters that change the answer in ways that are not known here. */
function readQuery(query: string): Omit<ListQuery, 'namespace'> | undefined {
  let labels: ListQuery['labels'] | undefined = () => true
  let fields: ListQuery['fields'] = () => true
  for (const [key, value] of new URLSearchParams(query)) {
    if (key === 'labelSelector') labels = parseLabelQuery(value)
    else if (key === 'fieldSelector') fields = readFieldSelector(value)
    else if (key !== 'limit' && key !== 'resourceVersion') return undefined
  }
  return labels === undefined || fields === undefined ? undefined : { labels, fields }
}

/** `metadata.name=x,metadata.namespace!=y`: the two fields that every kind has. */
function readFieldSelector(text: string): ListQuery['fields'] | undefined {
  const parts = text.split(',').map((item) => /^metadata\.(name|namespace)(==?|!=)(.*)$/.exec(item))
  if (parts.some((found) => found === null)) return undefined
  return (object) => parts.every((found) => (metadataOf(object)[found?.[1] ?? ''] === found?.[3]) === (found?.[2] !== '!='))
}

function answerGlobalContext({ name, projection }: Extract<LookupRequest, { kind: 'globalContext' }>, cluster: KnownCluster): ObjectAnswer | undefined {
  const entry = cluster.view.find('kyverno.io', 'GlobalContextEntry', '', name)
  const spec = entry !== undefined && isJsonObject(entry['spec']) ? entry['spec'] : {}
  const value = globalValue(spec, cluster)
  if (value === undefined || projection === undefined) return value
  const projections = isJsonArray(spec['projections']) ? spec['projections'].filter(isJsonObject) : []
  const path = projections.find((candidate) => candidate['name'] === projection)?.['jmesPath']
  return typeof path === 'string' ? { value: compileJmesPath(path).search(value.value ?? null, cluster.environment) } : undefined
}

function globalValue({ kubernetesResource, apiCall }: JsonObject, cluster: KnownCluster): ObjectAnswer | undefined {
  if (isJsonObject(kubernetesResource)) {
    const { group = '', resource = '', namespace = '' } = kubernetesResource
    const kind = cluster.kinds.findByPlural(String(group), String(resource))
    const list = kind === undefined ? undefined : listOf(cluster, kind, { namespace: String(namespace), labels: () => true })
    return list === undefined || !isJsonObject(list.value) ? undefined : { value: list.value['items'] }
  }
  const url = isJsonObject(apiCall) && (apiCall['method'] ?? 'GET') === 'GET' ? apiCall['urlPath'] : undefined
  return typeof url === 'string' ? answerUrl(url, cluster) : undefined
}
