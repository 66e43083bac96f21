// Kyverno: cmd/cli/kubectl-kyverno/resource/resource.go (YamlToUnstructured), utils/common/common.go (GetResourceAccordingToResourcePath)
import { join } from 'node:path'
import { kindOf, readFolder } from '../../io/files.ts'
import type { KindTable } from '../../kubernetes/kinds.ts'
import { toResourceId, type ManifestDocument } from '../../manifest/index.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { Resource } from '../../model/resource.ts'
import { InputError, readDocuments } from './read-documents.ts'

/** Reads a file of the test and remembers it for places in messages. */
export type ReadText = (path: string) => { readonly text: string; readonly name: string }

/**
 * The resources of files. Kyverno looks at the first path only to see whether it is a folder: then the folder's own YAML files replace the whole list.
 */
export function readResources(paths: readonly string[], readText: ReadText, kinds: KindTable): readonly Resource[] {
  const [first] = paths
  if (first === undefined) return []
  return listFiles(first, paths).flatMap((path) => readResourceFile(path, readText, kinds))
}

function listFiles(first: string, paths: readonly string[]): readonly string[] {
  switch (kindOf(first)) {
    case undefined: throw new InputError(`failed to load resources: ${first} does not exist`)
    case 'folder': return readFolder(first).filter(({ name }) => /\.ya?ml$/.test(name)).map(({ name }) => join(first, name))
    // A file that is missing further on is passed over.
    default: return paths.filter((path) => kindOf(path) === 'file')
  }
}

/** The resources of one file, as the command line reads them. A `List` is one resource of that kind. */
export function readResourceFile(path: string, readText: ReadText, kinds: KindTable): readonly Resource[] {
  const { text, name } = readText(path)
  return readDocuments(text, name).map((document) => toCliResource(document, kinds))
}

function toCliResource(document: ManifestDocument, kinds: KindTable): Resource {
  const { value, source, locate } = document
  const missing = isJsonObject(value) ? ['kind', 'apiVersion'].find((name) => typeof value[name] !== 'string' || value[name] === '') : 'kind'
  if (!isJsonObject(value) || missing !== undefined) throw new InputError(`${source.file}:${source.line}: Object '${missing === 'kind' ? 'Kind' : missing}' is missing`)
  return { ...normalizeResource(value, kinds), source, locate: (path) => locate(path) }
}

/** A resource made in memory, normalized as one that was read. */
export function normalizeResource(object: JsonObject, kinds: KindTable): Resource {
  const filled = fillEmptyMaps(object) as JsonObject
  const id = toResourceId(filled)
  if (id.namespace !== undefined || kinds.find(id.group, id.kind)?.scope === 'Cluster') return { id, object: filled, locate: () => undefined }
  const metadata = isJsonObject(filled['metadata']) ? filled['metadata'] : {}
  return { id: { ...id, namespace: 'default' }, object: { ...filled, metadata: { ...metadata, namespace: 'default' } }, locate: () => undefined }
}

const mapFields = new Set(['annotations', 'labels', 'matchLabels', 'nodeSelector', 'data', 'stringData'])

/** Charts write `annotations:` without a value: a map that is empty. The very same value where there is none. */
function fillEmptyMaps(value: JsonValue): JsonValue {
  if (isJsonArray(value)) {
    const items = value.map(fillEmptyMaps)
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (!isJsonObject(value)) return value
  let changed = false
  const entries = Object.entries(value).map(([key, field]): [string, JsonValue] => {
    const filled = field === null && mapFields.has(key) ? {} : fillEmptyMaps(field)
    changed ||= filled !== field
    return [key, filled]
  })
  return changed ? Object.fromEntries(entries) : value
}
