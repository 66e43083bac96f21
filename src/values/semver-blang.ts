// blang/semver v4, as Kyverno uses it (semver_compare, CEL semver)

import { compareVersions, isPrereleasePart, parseUint64, type SemanticVersion } from './semver.ts'

/** Reads a version strictly: three numbers without leading zeros, no `v`. */
export function parseBlangVersion(text: string): SemanticVersion | undefined {
  const parts = /^([^.]*)\.([^.]*)\.(.*)$/s.exec(text)
  if (parts === null) return undefined
  const [, first = '', second = '', tail = ''] = parts
  const [beforeBuild, build] = cut(tail, '+')
  const [third, prerelease] = cut(beforeBuild, '-')
  const [major, minor, patch] = [parseNumber(first), parseNumber(second), parseNumber(third)]
  if (major === undefined || minor === undefined || patch === undefined) return undefined
  return prerelease.every(isBlangPrerelease) && build.every(isBuildPart) ? { major, minor, patch, prerelease, build } : undefined
}

/** What stands before the mark, and the dotted parts after it. */
function cut(text: string, mark: string): [string, readonly string[]] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, []] : [text.slice(0, at), text.slice(at + 1).split('.')]
}

function isBuildPart(part: string): boolean {
  return /^[0-9A-Za-z-]+$/.test(part)
}

function parseNumber(text: string): bigint | undefined {
  return /^0\d/.test(text) ? undefined : parseUint64(text)
}

function isBlangPrerelease(part: string): boolean {
  return isPrereleasePart(part) && (!/^\d+$/.test(part) || parseUint64(part) !== undefined)
}

/** Reads a version leniently (ParseTolerant): `v` prefix, leading zeros and missing parts are fine. */
export function parseBlangTolerant(text: string): SemanticVersion | undefined {
  const trimmed = text.trim().replace(/^v/, '')
  const split = /^([^.]*)(?:\.([^.]*))?(?:\.(.*))?$/s.exec(trimmed)
  const parts = [split?.[1], split?.[2], split?.[3]].filter((part) => part !== undefined).map(withoutLeadingZeros)
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? '')) return undefined
  while (parts.length < 3) parts.push('0')
  return parseBlangVersion(parts.join('.'))
}

function withoutLeadingZeros(part: string): string {
  if (part.length <= 1) return part
  const rest = part.replace(/^0+/, '')
  return /^\d/.test(rest) ? rest : `0${rest}`
}

/** Tells whether a version lies in the range. */
export type VersionRange = (version: SemanticVersion) => boolean

/** Reads a range: comparators joined by spaces (and) and `||` (or); undefined if it is none. */
export function parseBlangRange(text: string): VersionRange | undefined {
  const alternatives = splitAlternatives(splitWords(text))
  if (alternatives === undefined) return undefined
  const ranges: VersionRange[][] = []
  for (const words of alternatives) {
    const range: VersionRange[] = []
    for (const word of words) {
      const expanded = word.includes('x') ? expandWildcard(word) : [word]
      const comparators = expanded?.map(parseComparator)
      if (comparators === undefined || comparators.includes(undefined)) return undefined
      range.push(...(comparators as VersionRange[]))
    }
    ranges.push(range)
  }
  return (version) => ranges.some((range) => range.every((holds) => holds(version)))
}

/** Splits at spaces, except after `<`, `>`, `=`. As in the original, a word of a single character is lost. */
function splitWords(text: string): string[] {
  const words: string[] = []
  let last = 0
  let previous = ''
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (character !== ' ') {
      previous = character
    } else if (!'<>='.includes(previous) || previous === '') {
      if (last < index - 1) words.push(text.slice(last, index))
      last = index + 1
    }
  }
  if (last < text.length - 1) words.push(text.slice(last))
  return words.map((word) => word.replaceAll(' ', ''))
}

function splitAlternatives(words: readonly string[]): string[][] | undefined {
  if (words.length === 0 || words[0] === '||' || words.at(-1) === '||') return undefined
  const alternatives: string[][] = [[]]
  for (const word of words) {
    if (word === '||') alternatives.push([])
    else alternatives.at(-1)?.push(word)
  }
  // An empty alternative is a nil function in Go: the program crashes when it comes to ask it.
  return alternatives.some((alternative) => alternative.length === 0) ? undefined : alternatives
}

function splitComparator(word: string): { operator: string; version: string } | undefined {
  const digit = word.search(/\p{Nd}/u)
  return digit < 0 ? undefined : { operator: word.slice(0, digit).trim(), version: word.slice(digit) }
}

/** `1.x` and `>1.2.x` as comparators of full versions. */
function expandWildcard(word: string): string[] | undefined {
  const split = splitComparator(word)
  if (split === undefined) return undefined
  const { operator, version } = split
  const flat = flatten(version)
  const next = () => increment(flat, version)
  if (operator === '>') return [`>=${next()}`]
  if (operator === '>=') return [`>=${flat}`]
  if (operator === '<') return [`<${flat}`]
  if (operator === '<=') return [`<${next()}`]
  if (['', '=', '=='].includes(operator)) return [`>=${flat}`, `<${next()}`]
  if (['!', '!='].includes(operator)) return [`<${flat}`, `>=${next()}`]
  return [flat]
}

function flatten(version: string): string {
  const flat = version.replace('.x.x', '.x').replace('.x', '.0')
  return flat.split('.').length === 2 ? `${flat}.0` : flat
}

/** The first version beyond the wildcard; empty (and so an error) where the place of the `x` says nothing. */
function increment(flat: string, version: string): string {
  const [places, parts] = [version.split('.'), flat.split('.')]
  if (places.at(-1) !== 'x' || places.length < 2 || places.length > 3) return ''
  const index = places.length - 2
  const number = parts[index] ?? ''
  if (!/^[+-]?\d+$/.test(number)) return ''
  parts[index] = (BigInt(number.replace('+', '')) + 1n).toString()
  return parts.join('.')
}

function parseComparator(word: string): VersionRange | undefined {
  const split = splitComparator(word)
  const bound = split === undefined ? undefined : parseBlangVersion(split.version)
  if (split === undefined || bound === undefined) return undefined
  const holds = comparators.get(split.operator)
  return holds === undefined ? undefined : (version) => holds(compareVersions(version, bound))
}

const comparators: ReadonlyMap<string, (order: number) => boolean> = new Map([
  ...['', '=', '=='].map((operator) => [operator, (order: number) => order === 0] as const),
  ...['!', '!='].map((operator) => [operator, (order: number) => order !== 0] as const),
  ['>', (order: number) => order > 0], ['>=', (order: number) => order >= 0],
  ['<', (order: number) => order < 0], ['<=', (order: number) => order <= 0],
])
