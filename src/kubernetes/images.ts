// Kyverno: pkg/utils/api/image.go (ExtractImagesFromResource)

import { EvaluationError } from '../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { FieldPath } from '../model/source.ts'
import { parseImageReference, type ImageDefaults, type ImageReference } from '../values/image-reference.ts'

/** An image that a resource names, and where. */
export interface ExtractedImage {
  readonly reference: ImageReference
  /** The field that holds the name. */
  readonly fieldPath: FieldPath
  /** The pull secrets of the objects on the way to it. */
  readonly imagePullSecrets: readonly string[]
}

/** Images by list (`containers`, or the name that an extractor gives) and within it by container name (or pointer). */
export type ExtractedImages = ReadonlyMap<string, ReadonlyMap<string, ExtractedImage>>

/** Where a kind keeps images. */
export interface ImageExtractor {
  /** Keys from the root; `*` is every item of a list or value of an object. */
  readonly fields: readonly string[]
  /** The field of the last object that holds the image. */
  readonly value: string
  /** The field of the last object that names the image in the result; absent: its pointer does. */
  readonly key?: string
  /** The group in the result. */
  readonly name: string
  /** An expression that makes the image name of the field's text. */
  readonly jmesPath?: string
}

export interface ExtractionOptions {
  /** Replaces the built-in extractors of the kinds that it has, by kind. */
  readonly extractors?: ReadonlyMap<string, readonly ImageExtractor[]>
  readonly defaults?: ImageDefaults
  /** Applies an extractor's expression to a text. */
  readonly transform?: (jmesPath: string, text: string) => JsonValue
}

const standardPaths: readonly (readonly [kinds: readonly string[], fields: readonly string[]])[] = [
  [['Pod'], ['spec']],
  [['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet'], ['spec', 'template', 'spec']],
  [['CronJob'], ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
]
const standardExtractors: ReadonlyMap<string, readonly ImageExtractor[]> = new Map(standardPaths.flatMap(([kinds, fields]) => {
  const extractors = ['initContainers', 'containers', 'ephemeralContainers'].map((name) => ({ fields: [...fields, name, '*'], key: 'name', value: 'image', name }))
  return kinds.map((kind) => [kind, extractors] as const)
}))

/** Reads one entry of a rule's imageExtractors; throws INVALID_RULE. */
export function parseImageExtractor(entry: JsonObject): ImageExtractor {
  const text = (name: string): string => (typeof entry[name] === 'string' ? entry[name] : '')
  const fields = text('path').split('/').map((field) => field.replace(/^ +| +$/g, '')).filter((field) => field !== '')
  const value = text('value') === '' ? fields.pop() : text('value')
  if (value === undefined) throw new EvaluationError('INVALID_RULE', 'an image extractor has an empty path')
  return {
    fields, value, name: text('name') === '' ? 'custom' : text('name'),
    ...(text('key') === '' ? {} : { key: text('key') }), ...(text('jmesPath') === '' ? {} : { jmesPath: text('jmesPath') }),
  }
}

/** Finds the images of a resource; throws INVALID_IMAGE where one cannot be read. */
export function extractImages(resource: JsonObject, options: ExtractionOptions = {}): ExtractedImages {
  const kind = typeof resource['kind'] === 'string' ? resource['kind'] : ''
  const configured = options.extractors?.get(kind)
  if (configured?.length === 0) throw new EvaluationError('INVALID_RULE', `imageExtractors has no extractors for ${kind}`)
  const images = new Map<string, ReadonlyMap<string, ExtractedImage>>()
  for (const extractor of configured ?? standardExtractors.get(kind) ?? []) {
    const found = new Map<string, ExtractedImage>()
    walk(resource, { path: [], pullSecrets: [], rest: extractor.fields }, { extractor, options, found })
    if (found.size > 0) images.set(extractor.name, found)
  }
  return images
}

interface Position {
  readonly path: FieldPath
  readonly pullSecrets: readonly string[]
  readonly rest: readonly string[]
}

interface Extraction {
  readonly extractor: ImageExtractor
  readonly options: ExtractionOptions
  readonly found: Map<string, ExtractedImage>
}

function walk(value: JsonValue | undefined, { path, pullSecrets, rest }: Position, extraction: Extraction): void {
  if (value === null || value === undefined) return
  const [field, ...further] = rest
  if (field === '*') {
    if (typeof value !== 'object') throw invalid(path, 'a list or object of containers is expected here')
    const entries: Iterable<[string | number, JsonValue]> = isJsonArray(value) ? value.entries() : Object.entries(value)
    for (const [key, item] of entries) walk(item, { path: [...path, key], pullSecrets, rest: further }, extraction)
    return
  }
  if (!isJsonObject(value)) throw invalid(path, 'an object with an image is expected here')
  const secrets = [...pullSecrets, ...secretNames(value['imagePullSecrets'])]
  if (field === undefined) readImage(value, { path, pullSecrets: secrets, rest }, extraction)
  else walk(Object.hasOwn(value, field) ? value[field] : undefined, { path: [...path, field], pullSecrets: secrets, rest: further }, extraction)
}

function secretNames(secrets: JsonValue | undefined): string[] {
  if (!isJsonArray(secrets)) return []
  return secrets.flatMap((secret) => (isJsonObject(secret) && typeof secret['name'] === 'string' ? [secret['name']] : []))
}

function readImage(container: JsonObject, { path, pullSecrets }: Position, { extractor, options, found }: Extraction): void {
  const fieldPath = [...path, extractor.value]
  const own = (name: string): JsonValue | undefined => (Object.hasOwn(container, name) ? container[name] : undefined)
  const key = extractor.key === undefined ? pointer(fieldPath) : own(extractor.key)
  if (typeof key !== 'string') throw invalid([...path, extractor.key ?? ''], 'the name of the container is missing')
  const text = own(extractor.value)
  // No image at all is fine: it may come later.
  if (typeof text !== 'string' || text.trim() === '') return
  const image = extractor.jmesPath === undefined ? text : options.transform?.(extractor.jmesPath, text)
  if (typeof image !== 'string') throw invalid(fieldPath, `the expression "${extractor.jmesPath ?? ''}" of the image extractor makes no text`)
  const reference = parseImageReference(image, options.defaults)
  if (reference === undefined) throw invalid(fieldPath, `"${image.slice(0, 300)}" is not an image name`)
  found.set(key, { reference, fieldPath, imagePullSecrets: pullSecrets })
}

function invalid(path: FieldPath, message: string): EvaluationError {
  return new EvaluationError('INVALID_IMAGE', `${pointer(path)}: ${message}`, { resourcePath: path })
}

/** As Kyverno writes it: keys are not escaped. */
function pointer(path: FieldPath): string {
  return `/${path.join('/')}`
}

/** The images as Kyverno's variable `images` shows them; what an image name does not say is left out. */
export function imagesVariable(images: ExtractedImages): JsonObject {
  return mapToObject(images, (group) => mapToObject(group, ({ reference, fieldPath, imagePullSecrets }) => {
    const { name, path, ...optional } = reference
    const given = Object.entries(optional).filter(([, value]) => value !== '')
    return { ...Object.fromEntries(given), name, path, jsonPointer: pointer(fieldPath), imagePullSecrets }
  }))
}

function mapToObject<T>(map: ReadonlyMap<string, T>, convert: (value: T) => JsonValue): JsonObject {
  return Object.fromEntries([...map].map(([key, value]) => [key, convert(value)]))
}
