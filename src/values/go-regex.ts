// Go: regexp (RE2)

import { RE2JS, RE2JSException } from 're2js'

/** A regular expression with Go's meaning: no look-around, no back-references, and no input that takes exponential time. */
export interface GoRegex {
  /** Tells whether it matches anywhere in the text. */
  test(text: string): boolean
  /** The matches from left to right, at most `limit`. */
  findAll(text: string, limit?: number): GoMatch[]
  /** Number of capturing groups. */
  readonly groupCount: number
  /** Replaces every match; with `literal`, `$1` and `${name}` in the replacement are not expanded. */
  replaceAll(text: string, replacement: string, literal?: boolean): string
  /** The matches from left to right, at most `limit` where that is not negative. */
  find(text: string, limit: number): readonly string[]
  /** The parts between matches, as Go's Split: the last of `limit` parts keeps the rest. */
  split(text: string, limit: number): readonly string[]
  /** The size of the compiled program: a match costs this times the length of the text. */
  readonly size: number
}

/** One match: where it is, in UTF-16 units, and its groups, of which the first is the whole. */
export interface GoMatch {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | undefined)[]
}

/** Compiles a regular expression as Go's regexp.Compile does; undefined if Go would refuse it. */
export function compileGoRegex(pattern: string): GoRegex | undefined {
  const compiled = tryCompile(pattern)
  if (compiled instanceof RE2JSException) return undefined
  return {
    test: (text) => compiled.test(text),
    findAll: (text, limit = Infinity) => findAll(compiled, text, limit),
    groupCount: compiled.groupCount(),
    replaceAll: (text, replacement, literal = false) => replaceAll(compiled, text, literal ? [replacement] : parseTemplate(replacement)),
    find: (text, limit) => findMatches(compiled, text, limit).map(([start, end]) => text.slice(start, end)),
    split: (text, limit) => split(compiled, text, limit),
    size: compiled.programSize(),
  }
}

/** What Go says of a pattern that it refuses; undefined if it does not. */
export function explainGoRegex(pattern: string): string | undefined {
  const compiled = tryCompile(pattern)
  return compiled instanceof RE2JSException ? compiled.message : undefined
}

const groupNames = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|\(\?P?<(\w+)>/g

/** Go lets two groups have one name; the later ones lose it here. */
function withoutRepeatedNames(pattern: string): string {
  const seen = new Set<string>()
  return pattern.replace(groupNames, (token: string, name: string | undefined) => {
    if (name === undefined) return token
    const repeated = seen.has(name)
    seen.add(name)
    return repeated ? '(' : token
  })
}

function tryCompile(pattern: string): RE2JS | RE2JSException {
  try {
    return RE2JS.compile(pattern.includes('<') ? withoutRepeatedNames(pattern) : pattern)
  } catch (error) {
    if (error instanceof RE2JSException) return error
    throw error
  }
}

/** A text, or the group to put in its place. */
type TemplatePart = string | { readonly group: number | string }

/** Go's regexp.Expand: `$name` takes as many letters, digits and underscores as it can, so `$1W` names a group "1W". */
function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  const reference = /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu
  let last = 0
  for (const found of template.matchAll(reference)) {
    parts.push(template.slice(last, found.index))
    last = found.index + found[0].length
    const name = found[1] ?? found[2]
    if (name === undefined) parts.push('$')
    else parts.push({ group: /^(?:0|[1-9]\d{0,7})$/.test(name) ? Number(name) : name })
  }
  parts.push(template.slice(last))
  return parts
}

/** As Go: an empty match directly after another match does not count. */
function findAll(pattern: RE2JS, text: string, limit: number): GoMatch[] {
  const matcher = pattern.matcher(text)
  const matches: GoMatch[] = []
  let previousEnd = -1
  while (matches.length < limit && matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()]
    const isSpurious = start === end && start === previousEnd
    previousEnd = end
    if (isSpurious) continue
    const groups = Array.from({ length: pattern.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined)
    matches.push({ start, end, groups })
  }
  return matches
}

/** By the same rule. */
function replaceAll(pattern: RE2JS, text: string, template: readonly TemplatePart[]): string {
  const matcher = pattern.matcher(text)
  const names = pattern.namedGroups()
  const groups = pattern.groupCount()
  const expand = (part: TemplatePart): string => {
    if (typeof part === 'string') return part
    const index = typeof part.group === 'number' ? part.group : Object.hasOwn(names, part.group) ? names[part.group] : undefined
    return index === undefined || index > groups ? '' : matcher.group(index) ?? ''
  }
  let [result, copied, position] = ['', 0, 0]
  while (position <= text.length && matcher.find(position)) {
    const [start, end] = [matcher.start(), matcher.end()]
    result += text.slice(copied, start)
    if (end > copied || start === 0) result += template.map(expand).join('')
    copied = end
    position = end > position ? end : position + ((text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1)
  }
  return result + text.slice(copied)
}

/** Where it matches: like Go, no empty match directly after another one. */
function findMatches(pattern: RE2JS, text: string, limit: number): readonly (readonly [number, number])[] {
  const matcher = pattern.matcher(text)
  const found: (readonly [number, number])[] = []
  for (let [position, last] = [0, -1]; position <= text.length && found.length !== limit && matcher.find(position);) {
    const [start, end] = [matcher.start(), matcher.end()]
    if (end > start || start !== last) found.push([start, end])
    last = end
    position = end > position ? end : position + ((text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1)
  }
  return found
}

function split(pattern: RE2JS, text: string, limit: number): readonly string[] {
  if (limit === 0) return []
  if (text === '') return ['']
  const parts: string[] = []
  let [begin, end] = [0, 0]
  for (const [start, stop] of findMatches(pattern, text, limit)) {
    if (limit > 0 && parts.length === limit - 1) break
    end = start
    if (stop !== 0) parts.push(text.slice(begin, end))
    begin = stop
  }
  if (end !== text.length) parts.push(text.slice(begin))
  return parts
}
