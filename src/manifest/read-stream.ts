// Streams as apimachinery's pkg/util/yaml/decoder.go (YAMLOrJSONDecoder) reads them, the decoder of kubectl and Argo CD.
import type { JsonValue } from '../model/json.ts'
import { LineCounter } from '../values/line-counter.ts'
import { JsonSyntaxError, readJson } from '../values/read-json.ts'
import { parseYaml, YamlError, type DuplicateKey } from '../values/yaml/index.ts'
import { splitYamlStream, type StreamChunk } from './split-stream.ts'

/** A document of a stream, or what is wrong in its place. Lines and columns count within the chunk. */
export type StreamEntry =
  | { readonly chunk: StreamChunk; readonly format: 'yaml' | 'json'; readonly value: JsonValue; readonly duplicates: readonly DuplicateKey[] }
  | { readonly chunk: StreamChunk; readonly error: StreamError }

/** What keeps a document from being read, with its place in the chunk. */
export interface StreamError {
  readonly code: 'INVALID_YAML' | 'INVALID_JSON' | 'LIMIT_EXCEEDED'
  readonly message: string
  readonly line: number
  readonly column: number
}

/** How far into a stream the decoder looks for the brace that tells JSON. */
const guessSize = 4096

/** Go knows other white space than JavaScript: a byte order mark is none, so that what follows it is YAML. */
const [startsAsJson, goSpace] = [/^(?:(?!\ufeff)[\s\u0085])*\{/, /(?!\ufeff)[\s\u0085]/]

/** Reads a stream of YAML documents or of JSON objects. A broken document is an entry; those after it are read too. */
export function* readStream(text: string, limit: StreamLimit = {}): Generator<StreamEntry> {
  if (!startsAsJson.test(text.slice(0, guessSize))) return yield* readYamlStream(text, 0, limit)
  const { count, end, error } = yield* readJsonStream(text, limit)
  if (error === undefined) return
  // More than one object tells JSON for certain; after one, YAML may follow.
  const resume = count > 1 || error.code === 'LIMIT_EXCEEDED' ? -1 : startOfYaml(text, end)
  if (resume < 0) yield { chunk: { text, line: 1 }, error }
  else yield* readYamlStream(text, resume, limit)
}

/** How deep a document may be nested. */
export interface StreamLimit {
  readonly maxDepth?: number
}

interface JsonPart {
  readonly count: number
  readonly end: number
  readonly error?: StreamError
}

function* readJsonStream(text: string, limit: StreamLimit): Generator<StreamEntry, JsonPart> {
  const lines = new LineCounter(text)
  const space = /[ \t\r\n]*/y
  let end = 0
  for (let count = 0; ; count++) {
    space.lastIndex = end
    const position = end + (space.exec(text)?.[0].length ?? 0)
    if (position === text.length) return { count, end }
    try {
      const json = readJson(text, { position, ...limit })
      end = json.end
      const { line, column } = lines.advance(position)
      const chunk = { text: text.slice(position - column, end), line: line + 1, offset: column }
      yield { chunk, format: 'json', value: json.value, duplicates: json.duplicates }
    } catch (error) {
      if (error instanceof JsonSyntaxError) return { count, end, error }
      throw error
    }
  }
}

/** Reads documents separated by `---`, from a position of the text on. */
export function* readYamlStream(text: string, from = 0, limit: StreamLimit = {}): Generator<StreamEntry> {
  const before = from === 0 ? 0 : new LineCounter(text).advance(from).line
  for (const part of splitYamlStream(from === 0 ? text : text.slice(from))) {
    if ('rest' in part) {
      const message = `only a comment may follow the document separator '---', not ${JSON.stringify(part.rest.slice(0, 40))}`
      yield { chunk: { text: '', line: part.line + before }, error: { code: 'INVALID_YAML', message, line: 1, column: 4 } }
      continue
    }
    const chunk = before === 0 ? part : { text: part.text, line: part.line + before }
    try {
      const { value, duplicates } = parseYaml(chunk.text, limit)
      yield { chunk, format: 'yaml', value, duplicates }
    } catch (error) {
      if (!(error instanceof YamlError)) throw error
      yield { chunk, error }
    }
  }
}

/** Where YAML starts after at most one JSON object: the decoder drops white space up to and including one line break. */
function startOfYaml(text: string, from: number): number {
  let position = from
  for (;;) {
    // It reads four bytes at a time and gives up on less.
    if (text.length - position < 4) return -1
    if (!goSpace.test(text.charAt(position))) return position
    if (text.charAt(position++) === '\n') return position
  }
}
