// Counterpart: gojq encoder.go, preview.go, type.go
import { isJsonArray, type JsonObject } from '../../model/json.ts'
import { formatJsonNumber } from '../../values/number-text.ts'
import { sortedKeys } from '../../values/text-order.ts'
import type { JqValue } from './syntax.ts'

/** The type's name, as `type` gives it. */
export function typeName(value: JqValue): string {
  if (value === null) return 'null'
  if (isJsonArray(value)) return 'array'
  return typeof value === 'bigint' ? 'number' : typeof value
}

/** JSON as jq writes it: keys sorted, no escapes for HTML, NaN as null, infinities as the largest numbers. */
export function encodeJson(value: JqValue): string {
  const parts: string[] = []
  write(value, { parts, room: Infinity })
  return parts.join('')
}

interface Writer {
  readonly parts: string[]
  room: number
}

function put(writer: Writer, text: string): void {
  writer.parts.push(text)
  writer.room -= text.length
}

function write(value: JqValue, writer: Writer): void {
  if (writer.room <= 0) return
  if (typeof value === 'string') put(writer, encodeText(value))
  else if (typeof value === 'number') put(writer, encodeFloat(value))
  else if (value === null || typeof value !== 'object') put(writer, String(value))
  else if (isJsonArray(value)) writeList(value, writer)
  else writeObject(value as JsonObject, writer)
}

function writeList(list: readonly JqValue[], writer: Writer): void {
  put(writer, '[')
  for (let index = 0; index < list.length && writer.room > 0; index++) {
    if (index > 0) put(writer, ',')
    write(list[index] as JqValue, writer)
  }
  put(writer, ']')
}

function writeObject(object: JsonObject, writer: Writer): void {
  put(writer, '{')
  for (const [index, key] of sortedKeys(object).entries()) {
    if (writer.room <= 0) break
    put(writer, `${index > 0 ? ',' : ''}${encodeText(key)}:`)
    write(object[key] as JqValue, writer)
  }
  put(writer, '}')
}

function encodeFloat(value: number): string {
  return Number.isNaN(value) ? 'null' : formatJsonNumber(Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE))
}

/** JSON.stringify escapes what jq does, except the delete character. */
function encodeText(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f')
}

const shown = 30

/** The start of a value's JSON, for messages. Counted in bytes, as gojq does. */
export function preview(value: JqValue): string {
  const parts: string[] = []
  write(value, { parts, room: shown + 2 })
  let text = parts.join('')
  if (Buffer.byteLength(text) <= shown) return text
  const rest = typeof value === 'string' ? ' ..."' : isJsonArray(value) ? ' ...]' : typeof value === 'object' && value !== null ? ' ...}' : ' ...'
  const characters = [...text]
  text = ''
  for (const character of characters) {
    if (Buffer.byteLength(text + character) > shown - rest.length) break
    text += character
  }
  return text + rest
}

/** A value with its type, for messages. */
export function describe(value: JqValue): string {
  return value === null ? 'null' : `${typeName(value)} (${preview(value)})`
}
