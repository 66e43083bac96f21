import type { FieldPath, SourceLocation } from '../model/source.ts'
import { readJson } from '../values/read-json.ts'
import { markYaml, type YamlMark } from '../values/yaml/index.ts'
import type { StreamChunk } from './split-stream.ts'

/** Finds the place of a node, or of its nearest existing parent. */
export type Locate = (path: FieldPath) => SourceLocation

/**
 * Makes locators for the documents of one file. Places are not recorded while reading: the document is read once more when its first place
 * is asked for, and only the last document's places are kept.
 */
export class Locator {
  readonly #file: string
  readonly #maxDepth: number | undefined
  #chunk: StreamChunk | undefined
  #mark: YamlMark | undefined

  constructor(file: string, maxDepth: number | undefined) {
    this.#file = file
    this.#maxDepth = maxDepth
  }

  /** The locator of a document that was read without an error. */
  forChunk(chunk: StreamChunk, format: 'yaml' | 'json'): Locate {
    return (path) => {
      if (this.#chunk !== chunk || this.#mark === undefined) {
        this.#mark = this.#read(chunk, format)
        this.#chunk = chunk
      }
      return this.at(chunk, findPlace(this.#mark, path))
    }
  }

  /** A place of the chunk as a place of the file. */
  at(chunk: StreamChunk, place: { readonly line: number; readonly column: number }): SourceLocation {
    return { file: this.#file, line: place.line + chunk.line - 1, column: place.column }
  }

  #read(chunk: StreamChunk, format: 'yaml' | 'json'): YamlMark {
    const limit = this.#maxDepth === undefined ? {} : { maxDepth: this.#maxDepth }
    if (format === 'yaml') return markYaml(chunk.text, limit)
    return readJson(chunk.text, { position: chunk.offset ?? 0, marks: true, ...limit }).mark ?? { line: 1, column: 1 }
  }
}

/** A field is where its key is, a list item where its content starts. */
function findPlace(root: YamlMark, path: FieldPath): { line: number; column: number } {
  let mark = root
  let place: { line: number; column: number } = root
  for (const step of path) {
    const field = mark.fields?.get(String(step))
    const item = field === undefined ? mark.items?.[Number(step)] : undefined
    if (field !== undefined) {
      place = field
      mark = field.value
    } else if (item !== undefined) place = mark = item
    else break
  }
  return { line: place.line, column: place.column }
}
