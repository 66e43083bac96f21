// Kyverno: cmd/cli/kubectl-kyverno/store/{contextloader,gctx_resolve,gctx_load,mock}.go, apis/v1alpha1/test.go (validation)
import { isAbsolute, posix } from 'node:path'
import { compileJmesPath } from '../../expression/jmespath/index.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { toFloat64 } from '../../values/numbers.ts'
import { InputError } from './read-documents.ts'

/** An answer of `apiCallResponses`. */
export interface RecordedResponse {
  readonly statusCode: number
  readonly body: JsonObject
}

/** Finds the answer recorded for a request: that of its method, else that of any. */
export type FindResponse = (method: string, url: string) => RecordedResponse | undefined

const text = (object: JsonObject, name: string): string => (typeof object[name] === 'string' ? object[name].trim() : '')

/** Reads `apiCallResponses`; what Kyverno refuses throws. */
export function readResponses(entries: readonly JsonObject[]): FindResponse {
  const responses = new Map<string, RecordedResponse>()
  for (const [index, entry] of entries.entries()) {
    const place = `apiCallResponses[${index}]`
    const url = readUrl(entry, place)
    const method = text(entry, 'method').toUpperCase()
    if (!['', 'GET', 'POST'].includes(method)) throw new InputError(`${place}: method must be GET or POST`)
    const key = method === '' ? url : `${method}:${url}`
    if (responses.has(key)) throw new InputError(`apiCallResponses: ${key} is there twice: each method and url must be unique`)
    responses.set(key, readResponse(entry['response'], place))
  }
  return (method, url) => responses.get(`${method}:${url}`) ?? responses.get(url)
}

function readUrl(entry: JsonObject, place: string): string {
  const [url, urlPath] = [text(entry, 'url'), text(entry, 'urlPath')]
  if ((url === '') === (urlPath === '')) throw new InputError(`${place}: either url or urlPath is required, and not both`)
  if (url !== '' && !/^https?:\/\/[^/:?#]/.test(url)) throw new InputError(`${place}: url ${url} must be an absolute http or https address`)
  if (urlPath !== '' && !urlPath.startsWith('/')) throw new InputError(`${place}: urlPath ${urlPath} must start with /`)
  return url === '' ? urlPath : url
}

function readResponse(response: JsonValue | undefined, place: string): RecordedResponse {
  const { body, statusCode = 0 } = (isJsonObject(response) ? response : {}) as { readonly body?: JsonValue; readonly statusCode?: number }
  if (!isJsonObject(body)) throw new InputError(`${place}: response.body must be a JSON object`)
  const code = Number(statusCode)
  if (code !== 0 && (code < 100 || code > 599)) throw new InputError(`${place}: statusCode ${code} must be between 100 and 599`)
  return { body, statusCode: code === 0 ? 200 : code }
}

/** The value of a global context entry, or why there is none. */
export type RecordedEntry = { readonly value: JsonValue } | { readonly error: string }

/** Reads `globalContextEntries`; `readFile` gives the objects of a resource file beside the test. */
export function readGlobalContext(entries: readonly JsonObject[], readFile: (path: string) => readonly JsonObject[]): ReadonlyMap<string, RecordedEntry> {
  const found = new Map<string, RecordedEntry>()
  for (const entry of entries) {
    const name = text(entry, 'name')
    if (name === '') throw new InputError('globalContextEntries: name is required')
    if (found.has(name)) throw new InputError(`globalContextEntries: duplicate name ${name}`)
    found.set(name, evaluateEntry(entry, readRoot(entry, `globalContextEntries entry ${name}`, readFile)))
  }
  return found
}

function readRoot(entry: JsonObject, place: string, readFile: (path: string) => readonly JsonObject[]): JsonValue {
  const { data, resources, resourceFiles } = entry
  const given = [data ?? undefined, resources ?? undefined, resourceFiles ?? undefined].filter((one) => one !== undefined)
  if (given.length !== 1) throw new InputError(`${place}: exactly one of data, resources and resourceFiles is required`)
  if (isJsonArray(resourceFiles)) return resourceFiles.flatMap((file) => readFile(checkInside(String(file).trim(), place)))
  if (isJsonArray(resources) && resources.every(isJsonObject)) return resources
  if (isJsonObject(data)) return data
  throw new InputError(`${place}: data must be an object, resources a list of objects`)
}

function checkInside(file: string, place: string): string {
  const clean = posix.normalize(file)
  if (file === '' || isAbsolute(file) || clean === '..' || clean.startsWith('../')) throw new InputError(`${place}: resource file ${file} must lie beside the test`)
  return clean
}

function evaluateEntry(entry: JsonObject, root: JsonValue): RecordedEntry {
  try {
    const value = search(text(entry, 'fieldPath'), toFloat64(root))
    const projections = (entry['projections'] ?? []) as readonly JsonObject[]
    if (projections.length === 0) return { value }
    return { value: Object.fromEntries(projections.map((projection) => [text(projection, 'name'), search(text(projection, 'path'), value)])) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

function search(path: string, value: JsonValue): JsonValue {
  return path === '' ? value : compileJmesPath(path).search(value, entryEnvironment)
}

/** Entries are computed when they are loaded, apart from any evaluation. */
const entryEnvironment = { now: 0, random: () => 0 }
