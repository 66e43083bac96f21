// YAML as kubectl prints it (Go's go.yaml.in/yaml/v2 encode.go and emitterc.go), except that long texts are not wrapped.
import { isJsonArray, type JsonObject, type JsonValue } from '../model/json.ts'
import { formatFloat } from '../values/number-text.ts'
import { resolvePlainScalar } from '../values/yaml/resolve-scalar.ts'

export interface FormatYamlOptions {
  /** Sorts the keys of mappings, as Kubernetes' own writers do. Document order by default. */
  readonly sortKeys?: boolean
}

/** Writes one document, ending with a line break. What it writes reads back as the same value. */
export function formatYaml(value: JsonValue, options: FormatYamlOptions = {}): string {
  const writer: Writer = { out: [], sortKeys: options.sortKeys ?? false }
  writeNode(value, '', writer)
  return `${writer.out.join('').trimStart()}\n`
}

/** Writes documents with `---` between them. */
export function formatYamlStream(values: readonly JsonValue[], options: FormatYamlOptions = {}): string {
  return values.map((value) => formatYaml(value, options)).join('---\n')
}

interface Writer {
  readonly out: string[]
  readonly sortKeys: boolean
}

/** Appends a node behind its key or dash: scalars on the same line, collections on the next. */
function writeNode(value: JsonValue, margin: string, writer: Writer): void {
  if (typeof value !== 'object' || value === null) writer.out.push(' ', formatScalar(value, margin))
  else if (isJsonArray(value)) {
    if (value.length === 0) writer.out.push(' []')
    // Lists stand at the indentation of their key.
    for (const item of value) {
      writer.out.push(`\n${margin}-`)
      if (isFilled(item)) writeInline(item, `${margin}  `, writer)
      else writeNode(item, `${margin}  `, writer)
    }
  } else {
    const keys = Object.keys(value)
    if (keys.length === 0) writer.out.push(' {}')
    for (const key of writer.sortKeys ? keys.sort(compareKeys) : keys) writeField(value, key, margin, writer)
  }
}

function writeField(object: JsonObject, key: string, margin: string, writer: Writer): void {
  const text = formatText(key, margin, true)
  const field = object[key] as JsonValue
  // A key of more than 1,024 characters has to be announced.
  writer.out.push(`\n${margin}${text.length > 1000 ? `? ${text}\n${margin}:` : `${text}:`}`)
  writeNode(field, isJsonArray(field) ? margin : `${margin}  `, writer)
}

/** A collection whose first line continues the line of the dash before it. */
function writeInline(value: JsonValue, margin: string, writer: Writer): void {
  const start = writer.out.length
  writeNode(value, margin, writer)
  writer.out[start] = (writer.out[start] as string).replace(`\n${margin}`, ' ')
}

function isFilled(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && (isJsonArray(value) ? value.length > 0 : Object.keys(value).length > 0)
}

function compareKeys(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function formatScalar(value: null | boolean | number | bigint | string, margin: string): string {
  if (typeof value === 'string') return formatText(value, margin, false)
  if (typeof value !== 'number') return String(value)
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 64) return BigInt(value).toString()
  return Number.isFinite(value) ? formatFloat(value, 'g') : 'null'
}

const printable = /^[\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/
const blankBeforeBreak = /[ \t]\n|[ \t]$|\r|\t/
const blankInside = /[\t\r]/
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const plainStart = /^(?![-?:](?:\s|$))[^\s,[\]{}#&*!|>'"%@`]/

function formatText(text: string, margin: string, isKey: boolean): string {
  if (!printable.test(text)) return quoteDouble(text)
  if (text.includes('\n')) return isKey || blankBeforeBreak.test(text) || text.trim() === '' ? quoteDouble(text) : formatBlock(text, margin)
  if (blankInside.test(text) || readsAsAnother(text)) return quoteDouble(text)
  return isPlain(text) ? text : `'${text.replaceAll("'", "''")}'`
}

/** A text that would be read as a number, a truth value, nothing, a merge or (by older readers) a number to base 60. */
function readsAsAnother(text: string): boolean {
  return text === '' || text === '<<' || typeof resolvePlainScalar(text) !== 'string' || base60.test(text)
}

function isPlain(text: string): boolean {
  return plainStart.test(text) && !/: |:$| #|\s$|^---|^\.\.\.|^[?=]/.test(text)
}

/** A text of several lines. An indicator is needed where the first line starts with a blank. */
function formatBlock(text: string, margin: string): string {
  const hint = /^[ \n]/.test(text) ? '2' : ''
  const chomping = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-'
  const indent = margin === '' ? '  ' : margin
  const lines = (chomping === '-' ? text : text.slice(0, -1)).split('\n')
  return `|${hint}${chomping}${lines.map((line) => (line === '' ? '\n' : `\n${indent}${line}`)).join('')}`
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'], ['\\', '\\\\'], ['\0', '\\0'], ['\x07', '\\a'], ['\b', '\\b'], ['\t', '\\t'], ['\n', '\\n'], ['\v', '\\v'], ['\f', '\\f'], ['\r', '\\r'],
  ['\x1b', '\\e'], ['\x85', '\\N'], ['\u2028', '\\L'], ['\u2029', '\\P'],
])

function quoteDouble(text: string): string {
  let out = ''
  for (const character of text) {
    const code = character.codePointAt(0) as number
    if (escapes.has(character)) out += escapes.get(character) as string
    else if (code > 0xffff) out += `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`
    else if (code >= 0xd800 && code <= 0xdfff) out += '\ufffd'
    else if (printable.test(character)) out += character
    else out += code <= 0xff ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
  }
  return `"${out}"`
}
