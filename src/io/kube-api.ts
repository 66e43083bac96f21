import { request as httpRequest } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { parseManifests } from '../manifest/index.ts'
import { stringifyJson } from '../values/json-text.ts'
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
  const send = (call: Call): Promise<Answer> => sendRequest(config, server, { timeoutMs, ...call })
  return {
    get: async (path) => readAnswer(path, await send({ method: 'GET', path })),
    post: async (path, body) => readAnswer(path, await send({ method: 'POST', path, body: stringifyJson(body), type: 'application/json' })),
    apply: async (path, object) => {
      const answer = await send({ method: 'PATCH', path: `${path}?fieldManager=${fieldManager}&force=true`, body: stringifyJson(object), type: 'application/apply-patch+yaml' })
      if (answer.status === 404) throw new IoError('CLUSTER_REFUSED', `${path}: the cluster does not know this kind`)
      readAnswer(path, answer)
    },
  }
}

interface Call { readonly method: 'GET' | 'POST' | 'PATCH'; readonly path: string; readonly body?: string; readonly type?: string; readonly timeoutMs?: number }
interface Answer { readonly status: number; readonly text: string }

async function sendRequest(config: KubeConfig, server: string, { method, path, body, type, timeoutMs = 15_000 }: Call): Promise<Answer> {
  const url = new URL(server.replace(/\/+$/, '') + path)
  const options: RequestOptions = { method, timeout: timeoutMs, headers: { accept: 'application/json', ...(type === undefined ? {} : { 'content-type': type }) } }
  try {
    await config.applyToHTTPSOptions(options)
  } catch (cause) {
    throw new IoError('CLUSTER_UNREACHABLE', `the kubeconfig cannot be used: ${(cause as Error).message}`, { cause })
  }
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => reject(new IoError('CLUSTER_UNREACHABLE', `the cluster at ${url.host} did not answer: ${cause.message}`, { cause }))
    const sent = (url.protocol === 'http:' ? httpRequest : httpsRequest)(url, url.protocol === 'http:' ? { ...options, agent: undefined } : options, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxAnswer) response.destroy(new Error('the answer is too large'))
        else chunks.push(chunk)
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
      response.on('error', fail)
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)))
    sent.on('error', fail)
    sent.end(body)
  })
}

function readAnswer(path: string, { status, text }: Answer): JsonValue | undefined {
  if (status === 404) return undefined
  const value = parseManifests(text, path).documents[0]?.value
  if (status >= 200 && status < 300) return value ?? null
  const said = isJsonObject(value) ? value['message'] : undefined
  const message = typeof said === 'string' ? said : `HTTP status ${status}`
  throw new IoError('CLUSTER_REFUSED', `${path}: ${message.slice(0, 500)}`)
}
