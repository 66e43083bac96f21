// Go: encoding/json's Marshal

import { isJsonArray, type JsonValue } from '../model/json.ts'
import { formatFloat, formatJsonNumber } from './number-text.ts'
import { sortedKeys } from './text-order.ts'

/** Writes JSON; unlike JSON.stringify it takes `bigint`. Keys keep their order. */
export function stringifyJson(value: JsonValue | undefined, indent = 0): string {
  if (value === undefined) return 'null'
  return holdsBigint(value) ? write(value, ' '.repeat(indent), '') : JSON.stringify(value, undefined, indent)
}

function holdsBigint(value: JsonValue | undefined): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint'
  return isJsonArray(value) ? value.some(holdsBigint) : Object.keys(value).some((key) => holdsBigint(value[key]))
}

function write(value: JsonValue, step: string, margin: string): string {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = margin + step
  const [open, shut] = isJsonArray(value) ? ['[', ']'] : ['{', '}']
  const parts = isJsonArray(value)
    ? value.map((item) => write(item, step, inner))
    : Object.keys(value).map((key) => `${JSON.stringify(key)}:${step === '' ? '' : ' '}${write(value[key] as JsonValue, step, inner)}`)
  if (parts.length === 0) return open + shut
  return step === '' ? open + parts.join(',') + shut : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${shut}`
}

/** Compact JSON exactly as Go's json.Marshal writes it: keys sorted by bytes, `<`, `>`, `&` escaped, Go's numbers. */
export function goJsonText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return goJsonString(value)
  if (typeof value === 'number') return formatJsonNumber(value)
  if (typeof value !== 'object') return String(value)
  if (isJsonArray(value)) return `[${value.map(goJsonText).join(',')}]`
  return `{${sortedKeys(value).map((key) => `${goJsonString(key)}:${goJsonText(value[key])}`).join(',')}}`
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'], ['\\', '\\\\'], ['\b', '\\b'], ['\f', '\\f'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t'],
])

function goJsonString(text: string): string {
  return `"${text.replace(/["\\<>&\u2028\u2029\p{Cc}]|[\ud800-\udfff]/gu, escapeCharacter)}"`
}

/** With the `u` flag only a lone half of a pair matches; Go cannot hold one and writes the replacement character. */
function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0)
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd'
  if (code >= 0x7f && code < 0xa0) return character
  return shortEscapes.get(character) ?? `\\u${code.toString(16).padStart(4, '0')}`
}

/** As fmt's `%v` prints a decoded JSON value: `map[a:1 b:[x y]]`, `<nil>`. */
export function goValueText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value === 'number') return formatFloat(value, 'g')
  if (typeof value !== 'object') return String(value)
  if (isJsonArray(value)) return `[${value.map(goValueText).join(' ')}]`
  return `map[${sortedKeys(value).map((key) => `${key}:${goValueText(value[key])}`).join(' ')}]`
}
