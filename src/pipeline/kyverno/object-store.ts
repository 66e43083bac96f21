// Kyverno: pkg/clients/dclient (NewFakeClient, RawAbsPath), pkg/cel/libs/fake_context.go
import type { KindTable } from '../../kubernetes/kinds.ts'
import { toResourceId } from '../../manifest/index.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { LookupRequest } from '../../model/lookups.ts'

/** Objects that answer the questions for an API server. */
export interface ObjectStore {
  find(place: Place & { readonly name: string }): JsonObject | undefined
  /** Undefined where no object of the kind was ever put in. */
  list(place: Place & { readonly labels?: Readonly<Record<string, string>> }): readonly JsonObject[] | undefined
  /** What a GET of an API path answers; undefined where there is nothing at the path. */
  get(urlPath: string): JsonValue | undefined
}

interface Place {
  readonly apiVersion: string
  /** The plural. */
  readonly resource: string
  /** Empty for what belongs to no namespace; of a list, for all namespaces. */
  readonly namespace: string
}

/** Indexes objects; the last of two with one name counts. */
export function createObjectStore(objects: Iterable<JsonObject>, kinds: KindTable): ObjectStore {
  const byKind = new Map<string, Map<string, JsonObject>>()
  for (const object of objects) {
    const { group, version, kind, namespace = '', name } = toResourceId(object)
    const plural = kinds.find(group, kind)?.plural ?? guessPlural(kind)
    const key = `${group === '' ? version : `${group}/${version}`}/${plural}`
    const table = byKind.get(key) ?? new Map<string, JsonObject>()
    byKind.set(key, table.set(`${namespace}/${name}`, object))
  }
  const store: ObjectStore = {
    find: ({ apiVersion, resource, namespace, name }) => byKind.get(`${apiVersion}/${resource}`)?.get(`${namespace}/${name}`),
    list({ apiVersion, resource, namespace, labels = {} }) {
      const table = byKind.get(`${apiVersion}/${resource}`)
      return table && [...table.values()].filter((object) => (namespace === '' || toResourceId(object).namespace === namespace) && hasLabels(object, labels))
    },
    get: (urlPath) => answerGet(store, urlPath),
  }
  return store
}

/** The plural that apimachinery guesses (UnsafeGuessKindToResource). */
export function guessPlural(kind: string): string {
  const name = kind.toLowerCase()
  if (name === '' || name === 'endpoints') return name
  if (name.endsWith('s')) return `${name}es`
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`
}

function hasLabels(object: JsonObject, labels: Readonly<Record<string, string>>): boolean {
  const metadata = object['metadata']
  const own = isJsonObject(metadata) && isJsonObject(metadata['labels']) ? metadata['labels'] : {}
  return Object.entries(labels).every(([key, value]) => Object.hasOwn(own, key) && own[key] === value)
}

const apiPath = /^\/(?:api\/(?<version>[^/?]+)|apis\/(?<group>[^/?]+\/[^/?]+))(?:\/namespaces\/(?<namespace>[^/?]+)(?=\/[^/?]))?\/(?<resource>[^/?]+)(?:\/(?<name>[^/?]+))?\/?(?:\?(?<query>.*))?$/

function answerGet(store: ObjectStore, urlPath: string): JsonValue | undefined {
  const parts = apiPath.exec(urlPath)?.groups
  if (parts === undefined) return undefined
  const place = { apiVersion: parts['version'] ?? parts['group'] ?? '', resource: parts['resource'] ?? '', namespace: parts['namespace'] ?? '' }
  if (parts['name'] !== undefined) return store.find({ ...place, name: parts['name'] })
  const items = store.list({ ...place, labels: readSelector(parts['query'] ?? '') }) ?? []
  return { kind: 'List', apiVersion: place.apiVersion, metadata: {}, items }
}

/** The equalities of a labelSelector in a query. */
function readSelector(query: string): Record<string, string> {
  const selector = new URLSearchParams(query).get('labelSelector') ?? ''
  const pairs = selector.split(',').map((pair) => /^([^=!]+)==?([^=]*)$/.exec(pair)).filter((match) => match !== null)
  return Object.fromEntries(pairs.map(([, key = '', value = '']) => [key.trim(), value.trim()]))
}

/** Answers the requests for objects that policies in CEL make. Without `strict` an unknown kind has an empty list, as in a cluster. */
export function answerResource(store: ObjectStore, request: Extract<LookupRequest, { kind: 'resource' | 'resourceList' }>): JsonValue | undefined {
  if (request.kind === 'resource') return store.find(request)
  const items = store.list(request)
  return items && { items }
}
