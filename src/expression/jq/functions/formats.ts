// Counterpart: gojq func.go (@text, @json, @csv …)
import { isJsonArray } from '../../../model/json.ts'
import { describe, encodeJson } from '../encode.ts'
import { fail } from '../failure.ts'
import type { JqValue } from '../syntax.ts'
import { notApplicable, notApplicableBecause, type PlainFunctions } from './table.ts'

type Format = (value: JqValue) => string

const text: Format = (value) => (typeof value === 'string' ? value : encodeJson(value))

function replaceEach(value: string, replacements: Readonly<Record<string, string>>): string {
  return value.replace(/[\s\S]/g, (character) => (Object.hasOwn(replacements, character) ? replacements[character] as string : character))
}

function joinRow(name: string, value: JqValue, separator: string, escape: (text: string) => string): string {
  if (!isJsonArray(value)) throw notApplicable(`@${name}`, value)
  return value.map((item) => {
    if (typeof item === 'string') return escape(item)
    if (typeof item === 'object' && item !== null) throw fail(() => `@${name} cannot format an array including: ${describe(item)}`)
    const shown = encodeJson(item)
    return shown === 'null' && name !== 'sh' ? '' : shown
  }).join(separator)
}

/** As Go's url.QueryEscape, with spaces as %20. */
const toUri: Format = (value) => encodeURIComponent(text(value).replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

const fromUri: Format = (value) => {
  const source = text(value)
  const bad = /%(?![0-9a-fA-F]{2})/.exec(source)
  if (bad !== null) throw notApplicableBecause(`invalid URL escape ${JSON.stringify(source.slice(bad.index, bad.index + 3))}`, '@urid', value)
  const bytes: number[] = []
  for (let at = 0; at < source.length;) {
    if (source[at] === '%') {
      bytes.push(parseInt(source.slice(at + 1, at + 3), 16))
      at += 3
      continue
    }
    const character = String.fromCodePoint(source.codePointAt(at) as number)
    bytes.push(...Buffer.from(character))
    at += character.length
  }
  return Buffer.from(bytes).toString('utf8')
}

const fromBase64: Format = (value) => {
  const source = text(value)
  const body = source.includes('=') ? source.slice(0, source.indexOf('=')) : source
  // Go ignores line ends inside.
  const clean = body.replace(/[\r\n]/g, '')
  const bad = /[^A-Za-z0-9+/]/.exec(clean)
  const at = bad?.index ?? (clean.length % 4 === 1 ? clean.length - 1 : undefined)
  if (at !== undefined) throw notApplicableBecause(`illegal base64 data at input byte ${at}`, '@base64d', value)
  return Buffer.from(clean, 'base64').toString('utf8')
}

const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['@text', text],
  ['@json', encodeJson],
  ['@html', (value) => replaceEach(text(value), { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&apos;', '"': '&quot;' })],
  ['@uri', toUri],
  ['@urid', fromUri],
  ['@csv', (value) => joinRow('csv', value, ',', (item) => `"${replaceEach(item, { '"': '""', '\0': '\\0' })}"`)],
  ['@tsv', (value) => joinRow('tsv', value, '\t', (item) => replaceEach(item, { '\t': '\\t', '\r': '\\r', '\n': '\\n', '\\': '\\\\', '\0': '\\0' }))],
  ['@sh', (value) => joinRow('sh', isJsonArray(value) ? value : [value], ' ', (item) => `'${replaceEach(item, { "'": "'\\''", '\0': '\\0' })}'`)],
  ['@base64', (value) => Buffer.from(text(value)).toString('base64')],
  ['@base64d', fromBase64],
])

/** A format by its name, such as `@base64`. One that does not exist fails when it is used. */
export function findFormat(name: string): Format {
  return formats.get(name) ?? (() => {
    throw fail(() => `format not defined: ${name}`)
  })
}

export const formatFunctions: PlainFunctions = {
  'tojson/0': (input) => encodeJson(input),
  'tostring/0': (input) => text(input),
  'format/1': (input, name = null) => {
    if (typeof name !== 'string') throw notApplicable('format', name)
    return findFormat(`@${name}`)(input)
  },
}
