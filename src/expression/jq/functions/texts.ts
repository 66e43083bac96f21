// Counterpart: gojq func.go (strings)
import { isJsonArray } from '../../../model/json.ts'
import { toInt } from '../numbers.ts'
import { splitText } from '../operators.ts'
import type { JqValue } from '../syntax.ts'
import { readJson } from './read-json.ts'
import { notApplicable, notApplicableBecause, type PlainFunction, type PlainFunctions } from './table.ts'

function onTexts(name: string, compute: (text: string, argument: string) => JqValue): PlainFunction {
  return (input, argument = null) => {
    if (typeof input !== 'string' || typeof argument !== 'string') throw notApplicable(name, input, argument)
    return compute(input, argument)
  }
}

function onText(name: string, compute: (text: string) => JqValue): PlainFunction {
  return (input) => {
    if (typeof input !== 'string') throw notApplicable(name, input)
    return compute(input)
  }
}

/** Go's unicode.IsSpace. */
const spaces = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
const leading = new RegExp(`^${spaces}`)
const trailing = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && trailing.test(text[end - 1] as string)) end--
  return text.slice(0, end)
}

const withoutPrefix = (text: string, prefix: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : text)
const withoutSuffix = (text: string, suffix: string): string => (suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)

export const textFunctions: PlainFunctions = {
  'startswith/1': onTexts('startswith', (text, prefix) => text.startsWith(prefix)),
  'endswith/1': onTexts('endswith', (text, suffix) => text.endsWith(suffix)),
  'ltrimstr/1': onTexts('ltrimstr', withoutPrefix),
  'rtrimstr/1': onTexts('rtrimstr', withoutSuffix),
  'trimstr/1': onTexts('trimstr', (text, affix) => withoutSuffix(withoutPrefix(text, affix), affix)),
  'ltrim/0': onText('ltrim', (text) => text.replace(leading, '')),
  'rtrim/0': onText('rtrim', trimEnd),
  'trim/0': onText('trim', (text) => trimEnd(text.replace(leading, ''))),
  'ascii_downcase/0': onText('ascii_downcase', (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  'ascii_upcase/0': onText('ascii_upcase', (text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
  'utf8bytelength/0': onText('utf8bytelength', (text) => BigInt(Buffer.byteLength(text))),
  'explode/0': onText('explode', (text) => [...text].map((character) => BigInt(character.codePointAt(0) as number))),
  'implode/0': (input) => {
    if (!isJsonArray(input)) throw notApplicable('implode', input)
    return input.map((item) => {
      const code = toInt(item)
      if (code === undefined) throw notApplicable('implode', input)
      return code < 0n || code > 0x10ffffn || (code >= 0xd800n && code <= 0xdfffn) ? '\ufffd' : String.fromCodePoint(Number(code))
    }).join('')
  },
  'split/1': (input, separator = null) => {
    if (typeof input !== 'string') throw notApplicable('split', input)
    if (typeof separator !== 'string') throw notApplicable('split', separator)
    return splitText(input, separator)
  },
  'fromjson/0': onText('fromjson', (text) => {
    const result = readJson(text)
    if (result.error !== undefined) throw notApplicableBecause(result.error, 'fromjson', text)
    if (result.value === undefined) throw notApplicable('fromjson', text)
    return result.value
  }),
  'toboolean/0': (input) => {
    if (typeof input === 'boolean') return input
    if (typeof input !== 'string') throw notApplicable('toboolean', input)
    if (input !== 'true' && input !== 'false') throw notApplicableBecause('invalid boolean', 'toboolean', input)
    return input === 'true'
  },
}
