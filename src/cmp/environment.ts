// What argocd-repo-server hands to a plugin: Argo CD's reposerver/repository/repository.go (environment) and pkg/apis/application/v1alpha1/types.go (parameters).
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'

/** One entry of the Application's `spec.source.plugin.parameters`. All values are texts. */
export type PluginParameter =
  | { readonly name: string; readonly kind: 'string'; readonly value: string }
  | { readonly name: string; readonly kind: 'array'; readonly value: readonly string[] }
  | { readonly name: string; readonly kind: 'map'; readonly value: Readonly<Record<string, string>> }

/** A request of Argo CD. `application.name` and `project` are set by Argo CD itself and can be trusted; everything about the source is the user's. */
export interface PluginRequest {
  /** `name`, or `namespace_name` for Applications outside Argo CD's own namespace. */
  readonly application: string
  readonly project: string
  /** The destination's namespace; may be empty. */
  readonly namespace: string
  readonly revision: string
  readonly source: { readonly repoURL: string; readonly path: string; readonly targetRevision: string }
  /** `x.y.z`; undefined where Argo CD gave none (parameter announcements, offline commands). */
  readonly kubeVersion: string | undefined
  readonly apiVersions: readonly string[]
  /** `spec.source.plugin.env`, without the prefix that Argo CD adds. */
  readonly env: Readonly<Record<string, string>>
  readonly parameters: readonly PluginParameter[]
  /** What could not be read, for the log; a parameter that is not understood is an error, never ignored. */
  readonly problems: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

const envPrefix = 'ARGOCD_ENV_'

/** Reads the environment exactly as Argo CD sets it. Parameters come from the JSON, because names collapse in `PARAM_*`. */
export function readPluginRequest(environment: Environment): PluginRequest {
  const get = (name: string): string => environment[name] ?? ''
  const { parameters, problems } = readParameters(environment['ARGOCD_APP_PARAMETERS'])
  return {
    application: get('ARGOCD_APP_NAME'), project: get('ARGOCD_APP_PROJECT_NAME'), namespace: get('ARGOCD_APP_NAMESPACE'), revision: get('ARGOCD_APP_REVISION'),
    source: { repoURL: get('ARGOCD_APP_SOURCE_REPO_URL'), path: get('ARGOCD_APP_SOURCE_PATH'), targetRevision: get('ARGOCD_APP_SOURCE_TARGET_REVISION') },
    kubeVersion: get('KUBE_VERSION') === '' ? undefined : get('KUBE_VERSION'),
    apiVersions: get('KUBE_API_VERSIONS').split(',').filter((entry) => entry !== ''),
    env: readPluginEnv(environment), parameters, problems,
  }
}

function readPluginEnv(environment: Environment): Readonly<Record<string, string>> {
  const entries = Object.entries(environment).filter(([name]) => name.startsWith(envPrefix))
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(envPrefix.length), value ?? '']))
}

interface ReadParameters { readonly parameters: readonly PluginParameter[]; readonly problems: readonly string[] }

/** Absent (no plugin section), `null` (a section without parameters) and `[]` all mean none. Of a repeated name the last one counts. */
function readParameters(text: string | undefined): ReadParameters {
  if (text === undefined || text.trim() === '') return { parameters: [], problems: [] }
  const list = parseJson(text)
  if (list === null) return { parameters: [], problems: [] }
  if (!isJsonArray(list)) return { parameters: [], problems: ['ARGOCD_APP_PARAMETERS is not a JSON array'] }
  const byName = new Map<string, PluginParameter>()
  const problems: string[] = []
  for (const entry of list) {
    const read = isJsonObject(entry) ? readParameter(entry) : 'an entry of ARGOCD_APP_PARAMETERS is not an object'
    if (typeof read === 'string') problems.push(read)
    else byName.set(read.name, read)
  }
  return { parameters: [...byName.values()], problems }
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

function readParameter(entry: JsonObject): PluginParameter | string {
  const name = entry['name']
  if (typeof name !== 'string' || name === '') return 'an entry of ARGOCD_APP_PARAMETERS has no name'
  const { string, array, map } = { string: entry['string'], array: entry['array'], map: entry['map'] }
  if (isJsonArray(array) && array.every((value) => typeof value === 'string')) return { name, kind: 'array', value: array }
  if (isJsonObject(map) && Object.values(map).every((value) => typeof value === 'string')) return { name, kind: 'map', value: map as Readonly<Record<string, string>> }
  if (typeof string === 'string') return { name, kind: 'string', value: string }
  return `parameter '${name}' holds neither a string, nor an array or a map of strings`
}
