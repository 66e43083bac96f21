// Sprig: defaults.go (JSON), strings.go (base64, base32), crypto.go (sums), url.go
import { createHash } from 'node:crypto'
import { KnownError } from '../../../model/errors.ts'
import { decodeBase64, encodeBase64 } from '../../../values/base64.ts'
import { decodedParts, hostname, parseUrl, UrlError } from '../../../values/go-url.ts'
import { goJsonText, stringifyJson } from '../../../values/json-text.ts'
import { readJson } from '../../../values/read-json.ts'
import { sortedKeys } from '../../../values/text-order.ts'
import { isJsonArray, isJsonObject, type JsonValue } from '../../../model/json.ts'
import { fromJson, toJson, type TemplateMap, type TemplateValue } from '../value.ts'
import { failure } from './failure.ts'
import { fixed, type TemplateFunction } from './template-function.ts'

const toJsonText = fixed(['any'], (value) => goJsonText(toJson(value)))
const toPretty = fixed(['any'], (value) => escapeForHtml(stringifyJson(sorted(toJson(value)), 2)))
const toRaw = fixed(['any'], (value) => unescapeHtml(goJsonText(toJson(value))))

/** Texts that stand for other values, and sums of them. */
export const encodings: Readonly<Record<string, TemplateFunction>> = {
  toJson: toJsonText, mustToJson: toJsonText, toPrettyJson: toPretty, mustToPrettyJson: toPretty, toRawJson: toRaw, mustToRawJson: toRaw,
  fromJson: fixed(['string'], (text) => parse(text) ?? null),
  mustFromJson: fixed(['string'], (text) => { const value = parse(text); if (value === undefined) throw failure('not JSON'); return value }),
  b64enc: fixed(['string'], encodeBase64),
  b64dec: fixed(['string'], (text) => decodeBase64(text)?.toString('utf8') ?? 'illegal base64 data'),
  b32enc: fixed(['string'], encodeBase32),
  b32dec: fixed(['string'], decodeBase32),
  sha1sum: fixed(['string'], (text) => createHash('sha1').update(text).digest('hex')),
  sha256sum: fixed(['string'], (text) => createHash('sha256').update(text).digest('hex')),
  sha512sum: fixed(['string'], (text) => createHash('sha512').update(text).digest('hex')),
  adler32sum: fixed(['string'], adler32),
  urlParse: fixed(['string'], readUrl),
  urlJoin: fixed(['map'], joinUrl),
}

function parse(text: string): TemplateValue {
  try {
    const { value, end } = readJson(text)
    return text.slice(end).trim() === '' ? fromJson(value) : undefined
  } catch (error) {
    if (error instanceof KnownError) return undefined
    throw error
  }
}

function sorted(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(sorted)
  return isJsonObject(value) ? Object.fromEntries(sortedKeys(value).map((key) => [key, sorted(value[key] as JsonValue)])) : value
}

function escapeForHtml(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function unescapeHtml(text: string): string {
  return text.replace(/\\(?:u003c|u003e|u0026|[^])/g, (escape) => (escape.length === 6 ? String.fromCharCode(Number.parseInt(escape.slice(2), 16)) : escape))
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function encodeBase32(text: string): string {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = (bits.match(/.{1,5}/g) ?? []).map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
  return letters.padEnd(Math.ceil(letters.length / 8) * 8, '=')
}

function decodeBase32(text: string): string {
  const letters = text.replace(/[\r\n]/g, '').replace(/=+$/, '')
  if (!/^[A-Z2-7]*$/.test(letters)) return 'illegal base32 data'
  const bits = [...letters].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))).toString('utf8')
}

function adler32(text: string): string {
  let [low, high] = [1, 0]
  for (const byte of Buffer.from(text)) {
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  return String(high * 65536 + low)
}

function readUrl(text: string): TemplateMap {
  try {
    const url = parseUrl(text)
    const { path, fragment } = decodedParts(url)
    const { scheme, host, rawQuery: query, opaque, userinfo = '' } = url
    return new Map(Object.entries({ scheme, host, hostname: hostname(url), path, query, opaque, fragment, userinfo }))
  } catch (error) {
    if (error instanceof UrlError) throw failure(`unable to parse url: ${error.message}`)
    throw error
  }
}

function joinUrl(parts: TemplateMap): string {
  const part = (name: string): string => {
    const value = parts.get(name) ?? ''
    if (typeof value !== 'string') throw failure(`unable to parse ${name} key, must be of type string`)
    return value
  }
  const user = part('userinfo')
  const text = `${part('scheme') === '' ? '' : `${part('scheme')}:`}${part('host') === '' ? part('opaque') : `//${user === '' ? '' : `${user}@`}${part('host')}`}`
  const path = part('path')
  const rest = `${part('query') === '' ? '' : `?${part('query')}`}${part('fragment') === '' ? '' : `#${part('fragment')}`}`
  return `${text}${path !== '' && !path.startsWith('/') && part('host') !== '' ? '/' : ''}${encodeURI(path)}${rest}`
}
