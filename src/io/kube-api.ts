import type { RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { parseManifests } from '../manifest/index.ts'
import { stringifyJson } from '../values/json-text.ts'
import { sendRequest, type HttpAnswer, type HttpCall } from './http-request.ts'
import { IoError } from './io-error.ts'

/** Which cluster, and as whom; absent: the current context of the kubeconfig, or the pod's own service account. */
export interface KubeApiOptions {
  readonly kubeconfig?: string
  readonly context?: string
  readonly timeoutMs?: number
}

/** A cluster's API, as far as presync asks it. */
export interface KubeApi {
  /** What is at a path below the server's address; undefined where there is nothing (404). */
  get(path: string): Promise<JsonValue | undefined>
  /** For requests that only ask, such as access reviews. */
  post(path: string, body: JsonValue): Promise<JsonValue | undefined>
  /** Server-side apply under the field manager `presync`. `path` is the object's own. */
  apply(path: string, object: JsonObject): Promise<void>
}

const maxAnswer = 64 * 1024 * 1024
const fieldManager = 'presync'

/** Opens the API of a cluster. The client is large and read only here, when a cluster is really meant. */
export async function openKubeApi({ kubeconfig, context, timeoutMs = 15_000 }: KubeApiOptions = {}): Promise<KubeApi> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node')
  const config = new Config()
  try {
    if (kubeconfig === undefined) config.loadFromDefault()
    else config.loadFromFile(kubeconfig)
    if (context !== undefined) config.setCurrentContext(context)
  } catch (cause) {
    throw new IoError('CLUSTER_UNREACHABLE', `the kubeconfig cannot be used: ${(cause as Error).message}`, { cause })
  }
  const server = config.getCurrentCluster()?.server
  if (server === undefined) throw new IoError('CLUSTER_UNREACHABLE', `no cluster is configured${context === undefined ? '' : ` for the context ${context}`}; set KUBECONFIG, or name a file and a context`)
  const send = async (path: string, call: HttpCall = {}): Promise<HttpAnswer> => {
    const url = new URL(server.replace(/\/+$/, '') + path)
    return sendRequest(url, {
      ...call, headers: { accept: 'application/json', ...call.headers }, options: await readCredentials(config, url), timeoutMs, maxSize: maxAnswer,
      toError: (reason) => new IoError('CLUSTER_UNREACHABLE', `the cluster at ${url.host} did not answer: ${reason}`),
    })
  }
  return {
    get: async (path) => readAnswer(path, await send(path)),
    post: async (path, body) => readAnswer(path, await send(path, { method: 'POST', body: stringifyJson(body), headers: { 'content-type': 'application/json' } })),
    apply: async (path, object) => {
      const answer = await send(`${path}?fieldManager=${fieldManager}&force=true`, { method: 'PATCH', body: stringifyJson(object), headers: { 'content-type': 'application/apply-patch+yaml' } })
      if (answer.status === 404) throw new IoError('CLUSTER_REFUSED', `${path}: the cluster does not know this kind`)
      readAnswer(path, answer)
    },
  }
}

/** Certificates and tokens; asking for them may run the kubeconfig's credential program. */
async function readCredentials(config: KubeConfig, { protocol }: URL): Promise<RequestOptions> {
  const options: RequestOptions = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (cause) {
    throw new IoError('CLUSTER_UNREACHABLE', `the kubeconfig cannot be used: ${(cause as Error).message}`, { cause })
  }
  // The client's agent speaks TLS only.
  return protocol === 'http:' ? { ...options, agent: undefined } : options
}

function readAnswer(path: string, { status, body }: HttpAnswer): JsonValue | undefined {
  if (status === 404) return undefined
  const value = parseManifests(body, path).documents[0]?.value
  if (status >= 200 && status < 300) return value ?? null
  const said = isJsonObject(value) ? value['message'] : undefined
  const message = typeof said === 'string' ? said : `HTTP status ${status}`
  throw new IoError('CLUSTER_REFUSED', `${path}: ${message.slice(0, 500)}`)
}
