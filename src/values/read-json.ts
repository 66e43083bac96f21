// JSON as Go's encoding/json reads it: the last of two equal keys counts, a lone surrogate becomes U+FFFD, no limits on digits.
import type { JsonValue } from '../model/json.ts'
import { KnownError } from '../model/errors.ts'
import { LineCounter } from './line-counter.ts'
import { MappingBuilder, type DuplicateKey } from './yaml/mapping-builder.ts'
import type { YamlMark } from './yaml/yaml-mark.ts'

/** Text that is not JSON. Lines and columns count from 1. */
export class JsonSyntaxError extends KnownError<'INVALID_JSON' | 'LIMIT_EXCEEDED'> {
  readonly line: number
  readonly column: number

  constructor(code: 'INVALID_JSON' | 'LIMIT_EXCEEDED', message: string, text: string, position: number) {
    super(code, message)
    const before = text.slice(0, position).split('\n')
    this.line = before.length
    this.column = (before.at(-1) as string).length + 1
  }
}

export interface JsonText {
  readonly value: JsonValue
  /** Where the value ends in the text. */
  readonly end: number
  readonly duplicates: readonly DuplicateKey[]
  readonly mark: YamlMark | undefined
}

export interface ReadJsonOptions {
  /** Where to start in the text; white space is skipped. */
  readonly position?: number
  /** Whether to record the place of each node. */
  readonly marks?: boolean
  readonly maxDepth?: number
}

/** Reads one JSON value, leaving what follows it alone. Throws `JsonSyntaxError`. */
export function readJson(text: string, options: ReadJsonOptions = {}): JsonText {
  const reader = new JsonReader(text, options)
  const { value, mark } = reader.read()
  return { value, end: reader.position, duplicates: reader.duplicates, mark }
}

const whiteSpace = /[ \t\n\r]*/y
const numberText = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y
const quote = 0x22
const backslash = 0x5c
const literals = [['true', true], ['false', false], ['null', null]] as const
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

class JsonReader {
  position: number
  readonly duplicates: DuplicateKey[] = []
  readonly #text: string
  readonly #marks: boolean
  readonly #maxDepth: number
  readonly #lines: LineCounter
  #depth = 0

  constructor(text: string, options: ReadJsonOptions) {
    this.#text = text
    this.position = options.position ?? 0
    this.#lines = new LineCounter(text)
    this.#marks = options.marks ?? false
    this.#maxDepth = options.maxDepth ?? 500
  }

  read(): { value: JsonValue; mark: YamlMark | undefined } {
    const code = this.#next()
    const place = this.#lines.advance(this.position)
    if (code === '{') return this.#nested(() => this.#object(place))
    if (code === '[') return this.#nested(() => this.#list(place))
    return { value: this.#scalar(code), mark: this.#marks ? { line: place.line + 1, column: place.column + 1 } : undefined }
  }

  #fail(message: string): never {
    throw new JsonSyntaxError('INVALID_JSON', message, this.#text, this.position)
  }

  /** Skips white space; the character there, empty at the end. */
  #next(): string {
    this.#match(whiteSpace)
    return this.#text.charAt(this.position)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.position += found.length
    return found
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > this.#maxDepth) throw new JsonSyntaxError('LIMIT_EXCEEDED', `nested deeper than ${this.#maxDepth} levels`, this.#text, this.position)
    this.position++
    const result = read()
    this.#depth--
    return result
  }

  #object(place: { line: number; column: number }): { value: JsonValue; mark: YamlMark | undefined } {
    const mapping = new MappingBuilder(this.duplicates, this.#marks)
    for (let count = 0; !this.#ends('}', count); count++) {
      if (this.#next() !== '"') this.#fail('a key in double quotes is expected here')
      const keyPlace = this.#lines.advance(this.position)
      const key = this.#string()
      if (this.#next() !== ':') this.#fail("':' is expected here")
      this.position++
      const { value, mark } = this.read()
      mapping.set(key, value, keyPlace.line, keyPlace.column)
      if (mark !== undefined) mapping.mark(key, keyPlace.line, keyPlace.column, mark)
    }
    return { value: mapping.value, mark: mapping.fields && { line: place.line + 1, column: place.column + 1, fields: mapping.fields } }
  }

  #list(place: { line: number; column: number }): { value: JsonValue; mark: YamlMark | undefined } {
    const items: JsonValue[] = []
    const marks: YamlMark[] = []
    for (let count = 0; !this.#ends(']', count); count++) {
      const { value, mark } = this.read()
      items.push(value)
      if (mark !== undefined) marks.push(mark)
    }
    return { value: items, mark: this.#marks ? { line: place.line + 1, column: place.column + 1, items: marks } : undefined }
  }

  #ends(end: string, count: number): boolean {
    const next = this.#next()
    if (next === end) {
      this.position++
      return true
    }
    if (count > 0) {
      if (next !== ',') this.#fail(`',' or '${end}' is expected here`)
      this.position++
      // A comma is followed by one more entry; the caller fails on the end.
      this.#next()
    }
    return false
  }

  #scalar(next: string): JsonValue {
    if (next === '"') return this.#string()
    const number = this.#match(numberText)
    if (number !== undefined) return toNumber(number) ?? this.#fail(`the number ${number.slice(0, 40)} is beyond what a float can hold`)
    for (const [word, value] of literals) {
      if (this.#text.startsWith(word, this.position)) {
        this.position += word.length
        return value
      }
    }
    return this.#fail(next === '' ? 'the text ends where a value is expected' : 'a value is expected here')
  }

  /** The scan finds the end; `JSON.parse` knows the escapes and refuses the rest. */
  #string(): string {
    const start = this.position
    let end = start + 1
    for (let code = this.#text.charCodeAt(end); code !== quote; code = this.#text.charCodeAt(++end)) {
      if (code === backslash) end++
      else if (!(code >= 0x20)) this.#fail('this text in quotes is not closed, or contains a control character')
    }
    this.position = end + 1
    const value = this.#parse(this.#text.slice(start, this.position), start)
    return value.replace(loneSurrogate, '\ufffd')
  }

  #parse(raw: string, start: number): string {
    try {
      return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1)
    } catch {
      this.position = start
      return this.#fail('this text in quotes contains an escape that JSON does not know')
    }
  }
}

/** An integer that a double cannot hold stays exact; beyond 64 bits Go has only floats. */
function toNumber(text: string): number | bigint | undefined {
  const value = Number(text)
  if (!Number.isFinite(value)) return undefined
  if (Number.isSafeInteger(value) || !/^-?[0-9]+$/.test(text)) return value
  const exact = BigInt(text)
  return exact >= -(2n ** 63n) && exact < 2n ** 64n ? exact : value
}
