import { openKubeApi, type KubeApi, type KubeApiOptions } from '../io/kube-api.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { LookupRequest } from '../model/lookups.ts'
import type { LookupLoader } from './loaded-answers.ts'

/** Answers look-ups from a cluster, read only; opened with the first question. What no API server answers stays unanswered. */
export function createClusterLoader(options: KubeApiOptions): LookupLoader {
  let api: Promise<KubeApi> | undefined
  return async (request) => answer(await (api ??= openKubeApi(options)), request)
}

async function answer(api: KubeApi, request: LookupRequest): Promise<JsonValue | undefined> {
  switch (request.kind) {
    case 'configMap': return api.get(objectPath('v1', 'configmaps', request.namespace, request.name))
    case 'resource': return api.get(objectPath(request.apiVersion, request.resource, request.namespace, request.name))
    case 'resourceList': return api.get(listPath(request.apiVersion, request.resource, request.namespace, request.labels))
    case 'apiCall': return request.method === 'GET' ? api.get(request.urlPath) : api.post(request.urlPath, request.data ?? null)
    case 'globalContext': return globalEntry(api, request.name)
    default: throw new Error('an API server does not know it')
  }
}

/** `/api/v1/namespaces/shop/configmaps/registries`. */
export function objectPath(apiVersion: string, resource: string, namespace: string, name: string): string {
  return `${listPath(apiVersion, resource, namespace)}/${encodeURIComponent(name)}`
}

function listPath(apiVersion: string, resource: string, namespace: string, labels: Readonly<Record<string, string>> = {}): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',')
  return `${root}${namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`}/${resource}${selector === '' ? '' : `?labelSelector=${encodeURIComponent(selector)}`}`
}

/** Kyverno keeps an entry's data in its own memory, so the entry is read and its question asked again. */
async function globalEntry(api: KubeApi, name: string): Promise<JsonValue | undefined> {
  const entry = await api.get(`/apis/kyverno.io/v2alpha1/globalcontextentries/${encodeURIComponent(name)}`)
  const spec = isJsonObject(entry) ? entry['spec'] : undefined
  const resources = isJsonObject(spec) ? spec['kubernetesResource'] : undefined
  if (!isJsonObject(resources)) throw new Error(`the cluster has no global context entry ${name} that is made of its resources`)
  const text = (key: string): string => (typeof resources[key] === 'string' ? resources[key] : '')
  const list = await api.get(listPath(text('group') === '' ? text('version') : `${text('group')}/${text('version')}`, text('resource'), text('namespace')))
  const items = isJsonObject(list) ? (list as JsonObject)['items'] : undefined
  return isJsonArray(items) ? items : []
}
