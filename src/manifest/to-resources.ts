import type { Problem } from '../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { Resource, ResourceId } from '../model/resource.ts'
import type { FieldPath, SourceLocation } from '../model/source.ts'

/** A value and how to find places in it. */
interface Located {
  readonly value: JsonValue
  locate(path: FieldPath): SourceLocation
}

/** Appends the resources of a document, lists taken apart as Kubernetes' `EachListItem` does, and what is wrong with them. */
export function toResources(document: Located & { readonly source: SourceLocation }, resources: Resource[], problems: Problem[]): void {
  const { value } = document
  if (isJsonObject(value) && isList(value)) flatten(value, document, resources, problems)
  else addResource(value, { locate: (path) => document.locate(path), source: document.source }, resources, problems)
}

/** A list has `items`; a custom resource that merely has such a field is none. */
function isList(value: JsonObject): boolean {
  const items = value['items']
  if (!isJsonArray(items) || typeof value['apiVersion'] !== 'string') return false
  return String(value['kind']).endsWith('List') || (items.length > 0 && items.every((item) => isJsonObject(item) && typeof item['kind'] === 'string' && typeof item['apiVersion'] === 'string'))
}

function flatten(list: JsonObject, parent: Located, resources: Resource[], problems: Problem[]): void {
  const items = list['items'] as readonly JsonValue[]
  for (let index = 0; index < items.length; index++) {
    const prefix: FieldPath = ['items', index]
    const locate = (path: FieldPath): SourceLocation => parent.locate([...prefix, ...path])
    const value = withTypeOfList(items[index] as JsonValue, list)
    if (isJsonObject(value) && isList(value)) flatten(value, { value, locate }, resources, problems)
    else addResource(value, { locate }, resources, problems)
  }
}

/** Items of a typed list (`PodList`) need not say what they are. */
function withTypeOfList(item: JsonValue, list: JsonObject): JsonValue {
  const kind = String(list['kind']).slice(0, -'List'.length)
  if (!isJsonObject(item) || kind === '' || (item['kind'] ?? '') !== '') return item
  return { ...item, apiVersion: item['apiVersion'] ?? list['apiVersion'] ?? '', kind }
}

interface Place {
  locate(path: FieldPath): SourceLocation
  readonly source?: SourceLocation
}

function addResource(value: JsonValue, place: Place, resources: Resource[], problems: Problem[]): void {
  const complain = (code: string, message: string, path: FieldPath = []): void => {
    problems.push({ code, severity: 'error', message, location: path.length === 0 && place.source !== undefined ? place.source : place.locate(path) })
  }
  if (!isJsonObject(value)) return complain('NOT_A_RESOURCE', `a Kubernetes object is expected here, not ${describe(value)}`)
  for (const field of ['apiVersion', 'kind'] as const) {
    const text = value[field]
    if (typeof text !== 'string' || text === '') {
      return complain('NOT_A_RESOURCE', text === undefined || text === '' ? `not a Kubernetes object: it has no ${field}` : `${field} is not a text`, [field])
    }
  }
  const id = toResourceId(value)
  if (id.name === '' && !hasGenerateName(value)) complain('RESOURCE_WITHOUT_NAME', `this ${id.kind} has no metadata.name`, ['metadata'])
  resources.push(new ManifestResource(id, value, place))
}

/** Reads a resource's identity from its fields; what is not a text is taken as absent. */
export function toResourceId(object: JsonObject): ResourceId {
  const apiVersion = textOf(object['apiVersion'])
  const slash = apiVersion.indexOf('/')
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const namespace = textOf(metadata['namespace'])
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind: textOf(object['kind']),
    ...(namespace === '' ? {} : { namespace }), name: textOf(metadata['name']),
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function hasGenerateName(object: JsonObject): boolean {
  return isJsonObject(object['metadata']) && textOf(object['metadata']['generateName']) !== ''
}

function describe(value: JsonValue): string {
  if (value === null) return 'null'
  if (isJsonArray(value)) return 'a list'
  return typeof value === 'string' ? 'a text' : `a ${typeof value === 'bigint' ? 'number' : typeof value}`
}

/** A resource read from a file. Items of a list are only looked up in it when their place is asked for. */
class ManifestResource implements Resource {
  readonly id: ResourceId
  readonly object: JsonObject
  readonly #place: Place

  constructor(id: ResourceId, object: JsonObject, place: Place) {
    this.id = id
    this.object = object
    this.#place = place
  }

  get source(): SourceLocation {
    return this.#place.source ?? this.#place.locate([])
  }

  locate(path: FieldPath): SourceLocation {
    return path.length === 0 ? this.source : this.#place.locate(path)
  }
}
