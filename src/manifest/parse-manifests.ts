import type { Problem } from '../model/errors.ts'
import { isJsonObject, type JsonValue } from '../model/json.ts'
import type { Resource } from '../model/resource.ts'
import type { SourceLocation } from '../model/source.ts'
import { Locator, type Locate } from './locator.ts'
import { readStream, type StreamEntry } from './read-stream.ts'
import { toResources } from './to-resources.ts'

/** One document of a file, whatever it holds. */
export interface ManifestDocument {
  readonly value: JsonValue
  /** Where its first line with content is. */
  readonly source: SourceLocation
  readonly locate: Locate
}

/** What a file holds: its documents, the resources in them with lists taken apart, and what is wrong with it. */
export interface ParsedManifests {
  readonly documents: readonly ManifestDocument[]
  readonly resources: readonly Resource[]
  readonly problems: readonly Problem[]
}

/** How much a file may ask for. */
export interface ManifestLimits {
  /** Characters of text; 100 million by default. */
  readonly maxSize?: number
  /** Levels of nesting; 500 by default. */
  readonly maxDepth?: number
  /** Documents, and resources in them; a million by default. */
  readonly maxDocuments?: number
}

/**
 * Reads YAML or JSON manifests as kubectl and Argo CD do. A broken document becomes a problem with its place and the others still count;
 * so does a document that is not a resource. Never throws on bad input.
 */
export function parseManifests(text: string, file: string, limits: ManifestLimits = {}): ParsedManifests {
  const { maxSize = 100_000_000, maxDocuments = 1_000_000, maxDepth } = limits
  const collected: Collected = { documents: [], resources: [], problems: [], locator: new Locator(file, maxDepth) }
  const { documents, resources, problems } = collected
  const tooMuch = (message: string): ParsedManifests => {
    problems.push({ code: 'LIMIT_EXCEEDED', severity: 'error', message, location: { file, line: 1, column: 1 } })
    return { documents, resources, problems }
  }
  if (text.length > maxSize) return tooMuch(`the file has more than ${maxSize} characters`)
  for (const entry of readStream(text.startsWith('\ufeff') ? text.slice(1) : text, maxDepth === undefined ? {} : { maxDepth })) {
    collect(entry, collected)
    if (documents.length > maxDocuments || resources.length > maxDocuments) return tooMuch(`the file has more than ${maxDocuments} documents`)
  }
  return { documents, resources, problems }
}

interface Collected {
  readonly documents: ManifestDocument[]
  readonly resources: Resource[]
  readonly problems: Problem[]
  readonly locator: Locator
}

function collect(entry: StreamEntry, { documents, resources, problems, locator }: Collected): void {
  if ('error' in entry) {
    const { code, message } = entry.error
    problems.push({ code, severity: 'error', message, location: locator.at(entry.chunk, entry.error) })
    return
  }
  for (const { key, merged, ...place } of entry.duplicates) {
    if (merged) continue
    const message = `the key ${JSON.stringify(key)} is given twice; the last value counts`
    problems.push({ code: 'DUPLICATE_KEY', severity: 'warning', message, location: locator.at(entry.chunk, place) })
  }
  if (entry.value === null) return
  const source = locator.at(entry.chunk, startOfContent(entry))
  const document: ManifestDocument = { value: entry.value, source, locate: locator.forChunk(entry.chunk, entry.format) }
  documents.push(document)
  toResources(document, resources, problems)
}

/** The first line that is neither empty nor a comment nor a separator. */
function startOfContent(entry: Extract<StreamEntry, { value: JsonValue }>): { line: number; column: number } {
  const { text, offset } = entry.chunk
  if (offset !== undefined) return { line: 1, column: offset + 1 }
  const line = /^[ \t]*(?:#|---|\r?$)/
  for (let start = 0, number = 1; start < text.length; number++) {
    const end = text.indexOf('\n', start)
    const content = text.slice(start, end < 0 ? text.length : end)
    if (!line.test(content)) return { line: number, column: content.length - content.trimStart().length + 1 }
    start = end < 0 ? text.length : end + 1
  }
  return { line: 1, column: 1 }
}

/** Whether a value has the shape of a Kubernetes object: a kind and an apiVersion. */
export function isKubernetesObject(value: JsonValue): boolean {
  return isJsonObject(value) && typeof value['kind'] === 'string' && typeof value['apiVersion'] === 'string'
}
