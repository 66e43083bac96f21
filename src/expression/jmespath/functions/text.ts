// Kyverno: pkg/engine/jmespath/functions.go; kyverno/go-jmespath: functions.go

import { equalFold, goLowerCase, goUpperCase } from '../../../values/letter-case.ts'
import { compareText } from '../../../values/text-order.ts'
import { define } from '../function-row.ts'
import type { Run } from '../run.ts'

/** Functions on texts. Lengths and positions count characters, not code units. */
export const text = [
  define({
    name: 'compare', parameters: ['string', 'string'], returns: 'number', summary: 'compares two texts byte by byte: -1, 0 or 1 (an integer, which equals no number literal)',
    implementation: ([a, b]) => BigInt(compareText(a, b)),
  }),
  define({
    name: 'equal_fold', parameters: ['string', 'string'], returns: 'boolean', summary: 'tells whether two texts are equal apart from letter case',
    implementation: ([a, b]) => equalFold(a, b),
  }),
  define({
    name: 'replace', parameters: ['string', 'string', 'string', 'number'], returns: 'string', summary: 'replaces the first n occurrences of a text, all if n is negative',
    implementation: ([source, old, fresh, count], run) => replaceText({ source, old, fresh, count: Math.trunc(count) }, run),
  }),
  define({
    name: 'replace_all', parameters: ['string', 'string', 'string'], returns: 'string', summary: 'replaces every occurrence of a text',
    implementation: ([source, old, fresh], run) => replaceText({ source, old, fresh, count: -1 }, run),
  }),
  define({ name: 'to_upper', parameters: ['string'], returns: 'string', summary: 'turns letters into upper case', implementation: ([source]) => goUpperCase(source) }),
  define({ name: 'to_lower', parameters: ['string'], returns: 'string', summary: 'turns letters into lower case', implementation: ([source]) => goLowerCase(source) }),
  define({
    name: 'trim', parameters: ['string', 'string'], returns: 'string', summary: 'removes the characters of the second text from both ends of the first',
    implementation: ([source, cutset]) => trim(source, new Set(cutset)),
  }),
  define({
    name: 'trim_prefix', parameters: ['string', 'string'], returns: 'string', summary: 'removes the second text from the beginning of the first, once',
    implementation: ([source, prefix]) => (source.startsWith(prefix) ? source.slice(prefix.length) : source),
  }),
  define({
    name: 'split', parameters: ['string', 'string'], returns: 'array[string]', summary: 'cuts a text at every occurrence of the second; an empty one cuts between characters',
    implementation: ([source, separator], run) => {
      run.spend(source.length)
      return separator === '' ? Array.from(source) : source.split(separator)
    },
  }),
  define({
    name: 'join', parameters: ['string', 'array[string]'], returns: 'string', summary: 'joins texts with a separator between them',
    implementation: ([separator, parts], run) => {
      run.spend(parts.reduce((sum, part) => sum + part.length + separator.length, 0) / 16)
      return parts.join(separator)
    },
  }),
  define({
    name: 'truncate', parameters: ['string', 'number'], returns: 'string', summary: 'the first n characters of a text',
    implementation: ([source, length]) => {
      // A length beyond int64 wraps to a negative one.
      if (!(length >= 1 && length < 2 ** 63)) return ''
      return source.length <= length ? source : Array.from(source).slice(0, Math.trunc(length)).join('')
    },
  }),
  define({
    name: 'starts_with', parameters: ['string', 'string'], returns: 'boolean', summary: 'tells whether the first text begins with the second',
    implementation: ([source, prefix]) => source.startsWith(prefix),
  }),
  define({
    name: 'ends_with', parameters: ['string', 'string'], returns: 'boolean', summary: 'tells whether the first text ends with the second',
    implementation: ([source, suffix]) => source.endsWith(suffix),
  }),
  define({
    name: 'path_canonicalize', parameters: ['string'], returns: 'string', summary: 'removes ".", ".." and doubled slashes from a path',
    implementation: ([path]) => cleanPath(path),
  }),
] as const

interface Replacement {
  readonly source: string
  readonly old: string
  readonly fresh: string
  /** Negative: all. */
  readonly count: number
}

/** Go's strings.Replace: an empty text occurs before every character and at the end. */
function replaceText({ source, old, fresh, count }: Replacement, run: Run): string {
  const limit = count < 0 ? Infinity : count
  const parts = old === '' ? ['', ...source] : source.split(old)
  if (old === '') parts.push('')
  const used = Math.min(parts.length - 1, limit)
  run.spend((source.length + used * fresh.length) / 16)
  if (used === parts.length - 1) return parts.join(fresh)
  return [...parts.slice(0, used), parts.slice(used).join(old)].join(fresh)
}

function trim(source: string, cutset: ReadonlySet<string>): string {
  const characters = Array.from(source)
  let [start, end] = [0, characters.length]
  while (start < end && cutset.has(characters[start] ?? '')) start++
  while (end > start && cutset.has(characters[end - 1] ?? '')) end--
  return characters.slice(start, end).join('')
}

/** Go's filepath.Join of one element: Clean, except that an empty path stays empty. */
function cleanPath(path: string): string {
  if (path === '') return ''
  const rooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!rooted) kept.push('..')
  }
  const clean = kept.join('/')
  return rooted ? `/${clean}` : clean || '.'
}
