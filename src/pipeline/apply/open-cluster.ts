// Kyverno: cmd/cli/kubectl-kyverno/utils/common/fetch.go
import { openKubeApi, type KubeApi, type KubeApiOptions } from '../../io/kube-api.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { createClusterLoader } from '../cluster-loader.ts'
import type { ClusterAccess, ClusterKind } from './apply-options.ts'

export interface OpenClusterOptions extends KubeApiOptions {
  /** Only resources of the namespace; all where absent. */
  readonly namespace?: string | undefined
  /** With a namespace also what belongs to none. */
  readonly clusterWide: boolean
}

/** A cluster to read from. Nothing is ever written to it but questions: the POST requests that policies make. */
export async function openCluster(options: OpenClusterOptions): Promise<ClusterAccess> {
  const api = await openKubeApi(options)
  let discovered: Promise<readonly ServedKind[]> | undefined
  return {
    loader: createClusterLoader(options),
    async list(kinds, names) {
      const served = await (discovered ??= discover(api))
      const wanted = served.filter((one) => kinds.some((kind) => isOf(one, kind)))
      const lists = await Promise.all(wanted.map(async (one) => await listKind(api, one, options)))
      const objects = preferred(lists.flat())
      return names.length === 0 ? objects : objects.filter(({ metadata }) => isJsonObject(metadata) && names.includes(String(metadata['name'])))
    },
  }
}

interface ServedKind extends ClusterKind {
  readonly plural: string
  readonly isNamespaced: boolean
}

function isOf(served: ServedKind, wanted: ClusterKind): boolean {
  return (['group', 'version', 'kind'] as const).every((part) => wanted[part] === '*' || wanted[part] === served[part])
}

async function listKind(api: KubeApi, kind: ServedKind, { namespace, clusterWide }: OpenClusterOptions): Promise<readonly JsonObject[]> {
  if (namespace !== undefined && !kind.isNamespaced && !clusterWide) return []
  const place = namespace !== undefined && kind.isNamespaced ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return await listPages(api, `${rootOf(kind)}${place}/${kind.plural}`)
}

/** A kind that is served in several versions is listed in each: an object counts once. */
function preferred(objects: readonly JsonObject[]): readonly JsonObject[] {
  const found = new Map<string, JsonObject>()
  for (const object of objects) {
    const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
    const group = String(object['apiVersion']).replace(/\/?[^/]*$/, '')
    const key = `${group}\n${String(object['kind'])}\n${String(metadata['namespace'] ?? '')}\n${String(metadata['name'])}`
    if (!found.has(key)) found.set(key, object)
  }
  return [...found.values()]
}

function rootOf({ group, version }: Pick<ClusterKind, 'group' | 'version'>): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`
}

/** What can be listed, the preferred version of each group first. */
async function discover(api: KubeApi): Promise<readonly ServedKind[]> {
  const groups = (await api.get('/apis') as { readonly groups?: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[] } | undefined)?.groups ?? []
  const versions = ['v1', ...groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion))]
  const lists = await Promise.all(versions.map(async (apiVersion) => readKinds(apiVersion, await api.get(apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`))))
  return lists.flat()
}

function readKinds(apiVersion: string, list: JsonValue | undefined): readonly ServedKind[] {
  const [version = '', group = ''] = apiVersion.split('/').toReversed()
  const resources = isJsonObject(list) && isJsonArray(list['resources']) ? list['resources'].filter(isJsonObject) : []
  return resources
    .filter(({ name, verbs }) => !String(name).includes('/') && isJsonArray(verbs) && verbs.includes('list'))
    .map(({ name, kind, namespaced }) => ({ group, version, kind: String(kind), plural: String(name), isNamespaced: namespaced === true }))
}

/** How many objects a page has. */
const pageSize = 500

/** The objects at a path that lists, page by page. */
async function listPages(api: KubeApi, path: string): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = []
  for (let token = ''; ;) {
    const page = await api.get(`${path}?limit=${pageSize}${token === '' ? '' : `&continue=${encodeURIComponent(token)}`}`)
    if (!isJsonObject(page)) return found
    const kind = typeof page['kind'] === 'string' ? page['kind'].replace(/List$/, '') : ''
    // Items of a list do not say what they are.
    for (const item of (page['items'] ?? []) as readonly JsonObject[]) found.push({ apiVersion: page['apiVersion'] ?? '', kind, ...item })
    const metadata = page['metadata']
    token = isJsonObject(metadata) && typeof metadata['continue'] === 'string' ? metadata['continue'] : ''
    if (token === '') return found
  }
}
