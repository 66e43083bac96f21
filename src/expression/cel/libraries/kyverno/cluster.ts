// kyverno/sdk: cel/libs/resource, cel/libs/globalcontext, cel/libs/http
import type { JsonObject, JsonValue } from '../../../../model/json.ts'
import type { LookupRequest } from '../../../../model/lookups.ts'
import { goJsonText } from '../../../../values/json-text.ts'
import { fn, method, type CallContext, type CelLibrary, type CelOverload } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { fromJson, toJson } from '../../values/json.ts'
import type { AnyMap } from '../../values/map.ts'
import { CelOpaque, failure, type CelValue } from '../../values/value.ts'

const { dyn, map, string } = celType
const anyMap = map(string, dyn)
const textMap = map(string, string)

/** Names with a capital are the older spelling; both mean the same. */
const bothSpellings = (prefix: string, name: string): readonly string[] => [`${prefix}.${name}`, `${prefix}.${name.charAt(0).toUpperCase()}${name.slice(1)}`]

function ask(request: LookupRequest, { lookups }: CallContext): CelValue {
  const answer = lookups.get(request)
  return answer === undefined ? null : fromJson(answer, 'double')
}

/** What is missing is null at run time, though the checker believes in a map. */
const askMap = (request: LookupRequest, context: CallContext): AnyMap => ask(request, context) as AnyMap

const gvrType: CelType<GroupVersionResource> = celType.opaque<GroupVersionResource>('schema.GroupVersionResource')

/** An API version and the plural of a kind. */
class GroupVersionResource extends CelOpaque {
  readonly type: CelType = gvrType
  readonly apiVersion: string
  readonly resource: string

  constructor(apiVersion: string, resource: string) {
    super()
    this.apiVersion = apiVersion
    this.resource = resource
  }

  equals(other: CelValue): boolean {
    return other instanceof GroupVersionResource && other.apiVersion === this.apiVersion && other.resource === this.resource
  }

  toJson(): string {
    return `${this.apiVersion}/${this.resource}`
  }
}

function listRequest(place: readonly [apiVersion: string, resource: string, namespace: string], labels?: AnyMap): LookupRequest {
  const [apiVersion, resource, namespace] = place
  return { kind: 'resourceList', apiVersion, resource, namespace, ...(labels === undefined ? {} : { labels: toJson(labels) as Readonly<Record<string, string>> }) }
}

function getRequest(place: readonly [apiVersion: string, resource: string, namespace: string], name: string): LookupRequest {
  const [apiVersion, resource, namespace] = place
  return { kind: 'resource', apiVersion, resource, namespace, name }
}

function postRequest(place: readonly [apiVersion: string, resource: string, namespace: string], payload: AnyMap): LookupRequest {
  const [apiVersion, resource, namespace] = place
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return { kind: 'apiCall', method: 'POST', urlPath: `${root}${namespace === '' ? '' : `/namespaces/${namespace}`}/${resource}`, data: toJson(payload) }
}

const each = (prefix: string, name: string, rows: (full: string) => readonly CelOverload[]): readonly CelOverload[] => bothSpellings(prefix, name).flatMap(rows)

/** Objects of the cluster, from any namespace. */
export const resource: CelLibrary = {
  name: 'resource',
  summary: 'Objects of the cluster; looked up',
  functions: [
    ...each('resource', 'get', (full) => [
      fn(full, [string, string, string, string], anyMap, (v, r, ns, name, context) => askMap(getRequest([v, r, ns], name), context)),
      fn(full, [gvrType, string, string], anyMap, (gvr, ns, name, context) => askMap(getRequest([gvr.apiVersion, gvr.resource, ns], name), context)),
    ]),
    ...each('resource', 'list', (full) => [
      fn(full, [string, string, string], anyMap, (v, r, ns, context) => askMap(listRequest([v, r, ns]), context)),
      fn(full, [string, string, string, textMap], anyMap, (v, r, ns, labels, context) => askMap(listRequest([v, r, ns], labels), context)),
      fn(full, [gvrType, string], anyMap, (gvr, ns, context) => askMap(listRequest([gvr.apiVersion, gvr.resource, ns]), context)),
      fn(full, [gvrType, string, textMap], anyMap, (gvr, ns, labels, context) => askMap(listRequest([gvr.apiVersion, gvr.resource, ns], labels), context)),
    ]),
    ...each('resource', 'post', (full) => [
      fn(full, [string, string, string, anyMap], anyMap, (v, r, ns, payload, context) => askMap(postRequest([v, r, ns], payload), context)),
      fn(full, [string, string, anyMap], anyMap, (v, r, payload, context) => askMap(postRequest([v, r, ''], payload), context)),
    ]),
    ...each('resource', 'toGVR', (full) => [fn(full, [string, string], gvrType, toGvr)]),
  ],
  typeNames: [gvrType],
}

/** Objects of one namespace: what policies of a namespace may see. */
export function namespacedResource(namespace: string): CelLibrary {
  return {
    name: 'resource',
    summary: "Objects of the policy's namespace; looked up",
    functions: [
      ...each('resource', 'get', (full) => [
        fn(full, [string, string, string], anyMap, (v, r, name, context) => askMap(getRequest([v, r, namespace], name), context)),
        fn(full, [gvrType, string], anyMap, (gvr, name, context) => askMap(getRequest([gvr.apiVersion, gvr.resource, namespace], name), context)),
      ]),
      ...each('resource', 'list', (full) => [
        fn(full, [string, string], anyMap, (v, r, context) => askMap(listRequest([v, r, namespace]), context)),
        fn(full, [string, string, textMap], anyMap, (v, r, labels, context) => askMap(listRequest([v, r, namespace], labels), context)),
        fn(full, [gvrType], anyMap, (gvr, context) => askMap(listRequest([gvr.apiVersion, gvr.resource, namespace]), context)),
        fn(full, [gvrType, textMap], anyMap, (gvr, labels, context) => askMap(listRequest([gvr.apiVersion, gvr.resource, namespace], labels), context)),
      ]),
      ...each('resource', 'post', (full) => [fn(full, [string, string, anyMap], anyMap, (v, r, payload, context) => askMap(postRequest([v, r, namespace], payload), context))]),
      ...each('resource', 'toGVR', (full) => [fn(full, [string, string], gvrType, toGvr)]),
    ],
    typeNames: [gvrType],
  }
}

function toGvr(apiVersion: string, kind: string, { lookups }: CallContext): GroupVersionResource {
  const answer = lookups.get({ kind: 'apiCall', method: 'GET', urlPath: apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}` })
  const resources = (answer as { resources?: readonly { name: string; kind: string }[] } | undefined)?.resources ?? []
  const found = resources.find((entry) => entry.kind === kind && !entry.name.includes('/'))
  if (found === undefined) throw failure(`no resource of kind ${kind} in ${apiVersion}`)
  return new GroupVersionResource(apiVersion, found.name)
}

export const globalContext: CelLibrary = {
  name: 'globalContext',
  summary: 'Global context entries; looked up',
  functions: each('globalContext', 'get', (full) => [
    fn(full, [string], dyn, (name, context) => ask({ kind: 'globalContext', name }, context)),
    fn(full, [string, string], dyn, (name, projection, context) => ask({ kind: 'globalContext', name, projection }, context)),
  ]),
}

const clientType: CelType<HttpClient> = celType.opaque<HttpClient>('http.Context')

/** A client that trusts a certificate authority of its own. */
class HttpClient extends CelOpaque {
  readonly type: CelType = clientType
  readonly caBundle: string

  constructor(caBundle: string) {
    super()
    this.caBundle = caBundle
  }

  equals(other: CelValue): boolean {
    return other instanceof HttpClient && other.caBundle === this.caBundle
  }

  toJson(): JsonObject {
    return {}
  }
}

interface Call { readonly method: 'GET' | 'POST'; readonly url: string; readonly data?: CelValue; readonly headers?: AnyMap; readonly caBundle?: string }

function call({ method: verb, url, data, headers, caBundle }: Call, context: CallContext): CelValue {
  return ask({
    kind: 'serviceCall', method: verb, url,
    ...(data === undefined ? {} : { data: JSON.parse(goJsonText(toJson(data))) as JsonValue }),
    ...(headers === undefined ? {} : { headers: toJson(headers) as Readonly<Record<string, string>> }),
    ...(caBundle === undefined ? {} : { caBundle }),
  }, context)
}

const methods = (name: string): readonly string[] => [name, `${name.charAt(0).toUpperCase()}${name.slice(1)}`]

/** Requests to services; looked up, and refused unless recorded or allowed. */
export const http: CelLibrary = {
  name: 'http',
  summary: 'Calls of services; looked up',
  functions: [
    ...each('http', 'get', (full) => [
      fn(full, [string], dyn, (url, context) => call({ method: 'GET', url }, context)),
      fn(full, [string, textMap], dyn, (url, headers, context) => call({ method: 'GET', url, headers }, context)),
    ]),
    ...each('http', 'post', (full) => [
      fn(full, [string, dyn], dyn, (url, data, context) => call({ method: 'POST', url, data }, context)),
      fn(full, [string, dyn, textMap], dyn, (url, data, headers, context) => call({ method: 'POST', url, data, headers }, context)),
    ]),
    ...each('http', 'client', (full) => [fn(full, [string], clientType, (pem) => new HttpClient(pem))]),
    ...methods('get').flatMap((name) => [
      method(name, [clientType, string], dyn, ({ caBundle }, url, context) => call({ method: 'GET', url, caBundle }, context)),
      method(name, [clientType, string, textMap], dyn, ({ caBundle }, url, headers, context) => call({ method: 'GET', url, headers, caBundle }, context)),
    ]),
    ...methods('post').flatMap((name) => [
      method(name, [clientType, string, dyn], dyn, ({ caBundle }, url, data, context) => call({ method: 'POST', url, data, caBundle }, context)),
      method(name, [clientType, string, dyn, textMap], dyn, ({ caBundle }, url, data, headers, context) => call({ method: 'POST', url, data, headers, caBundle }, context)),
    ]),
  ],
}
