// Masterminds/semver v3, as Helm (kubeVersion, semverCompare) and Argo CD use it

import { RE2JS } from 're2js'
import { comparePrereleases, compareVersions, isPrereleasePart, parseUint64, type SemanticVersion } from './semver.ts'

const looseVersion = /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/

/** Reads a version leniently (NewVersion): `v` prefix, leading zeros and missing parts are fine. */
export function parseMastermindsVersion(text: string): SemanticVersion | undefined {
  const parts = looseVersion.exec(text)
  if (parts === null) return undefined
  const [, first = '', second = '0', third = '0'] = parts
  const [major, minor, patch] = [parseUint64(first), parseUint64(second), parseUint64(third)]
  if (major === undefined || minor === undefined || patch === undefined) return undefined
  const [prerelease, build] = [dotted(parts[4]), dotted(parts[5])]
  return prerelease.every(isPrereleasePart) ? { major, minor, patch, prerelease, build } : undefined
}

function dotted(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split('.')
}

/** Reads a version strictly (StrictNewVersion): three numbers without leading zeros, no `v`. */
export function parseMastermindsStrict(text: string): SemanticVersion | undefined {
  return /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?![\d.])/.test(text) ? parseMastermindsVersion(text) : undefined
}

const operators = String.raw`=||!=|>|<|>=|=>|<=|=<|~|~>|\^`
const partial = String.raw`v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?`
  + String.raw`(-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?`

/** RE2, because these patterns can be made to backtrack without end. Compiled when first needed. */
interface ConstraintGrammar {
  readonly group: RE2JS
  readonly each: RE2JS
  readonly one: RE2JS
  readonly hyphenRange: RE2JS
}
let compiled: ConstraintGrammar | undefined

function grammar(): ConstraintGrammar {
  compiled ??= {
    group: RE2JS.compile(String.raw`^(\s*(${operators})\s*(${partial})\s*)((?:\s+|,\s*)(${operators})\s*(${partial})\s*)*$`),
    each: RE2JS.compile(String.raw`(${operators})\s*(${partial})`),
    one: RE2JS.compile(String.raw`^\s*(${operators})\s*(${partial})\s*$`),
    hyphenRange: RE2JS.compile(String.raw`\s*(${partial})\s+-\s+(${partial})\s*`),
  }
  return compiled
}

interface Constraint {
  readonly operator: string
  readonly bound: SemanticVersion
  /** Which parts were left out or `x`. */
  readonly open: 'nothing' | 'everything' | 'minor' | 'patch'
}

/** Reads a constraint; undefined if it is none. A version with a prerelease only fits where the constraint names one too. */
export function parseMastermindsConstraint(text: string): ((version: SemanticVersion) => boolean) | undefined {
  const groups: Constraint[][] = []
  for (const part of rewriteHyphenRanges(text).split('||')) {
    if (!grammar().group.matches(part)) return undefined
    const constraints = findAll(grammar().each, part).map(parseOne)
    if (constraints.includes(undefined)) return undefined
    groups.push(constraints as Constraint[])
  }
  return (version) => groups.some((group) => {
    const prereleases = group.some(({ bound }) => bound.prerelease.length > 0)
    if (version.prerelease.length > 0 && !prereleases) return false
    return group.every((constraint) => satisfies(version, constraint))
  })
}

function findAll(pattern: RE2JS, text: string): string[] {
  const matcher = pattern.matcher(text)
  const found: string[] = []
  while (matcher.find()) found.push(matcher.group() ?? '')
  return found
}

function rewriteHyphenRanges(text: string): string {
  const matcher = grammar().hyphenRange.matcher(text)
  let rewritten = text
  while (matcher.find()) {
    const range = `>= ${matcher.group(1) ?? ''}, <= ${matcher.group(11) ?? ''} `
    rewritten = rewritten.replace(matcher.group() ?? '', () => range)
  }
  return rewritten
}

function parseOne(text: string): Constraint | undefined {
  const matcher = grammar().one.matcher(text)
  if (!matcher.find()) return undefined
  const [major, minor, patch, tail] = [3, 4, 5, 6].map((group) => matcher.group(group) ?? '') as [string, string, string, string]
  const operator = matcher.group(1) ?? ''
  const make = (version: string, open: Constraint['open']) => {
    const bound = parseMastermindsVersion(version)
    return bound && { operator, bound, open }
  }
  if (isOpen(major)) return make(`0.0.0${tail}`, 'everything')
  if (isOpen(minor)) return make(`${major}.0.0${tail}`, 'minor')
  if (isOpen(patch)) return make(`${major}${minor}.0${tail}`, 'patch')
  return make(matcher.group(2) ?? '', 'nothing')
}

function isOpen(part: string): boolean {
  return ['', 'x', 'X', '*'].includes(part.replace(/^\./, ''))
}

type Check = (version: SemanticVersion, constraint: Constraint) => boolean

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['', equalOrTilde], ['=', equalOrTilde], ['!=', differs],
  ['>', greater], ['>=', atLeast], ['=>', atLeast],
  ['<', (version, { bound }) => compareVersions(version, bound) < 0], ['<=', atMost], ['=<', atMost],
  ['~', tilde], ['~>', tilde], ['^', caret],
])

function satisfies(version: SemanticVersion, constraint: Constraint): boolean {
  return checks.get(constraint.operator)?.(version, constraint) ?? false
}

function atLeast(version: SemanticVersion, { bound }: Constraint): boolean {
  return compareVersions(version, bound) >= 0
}

function equalOrTilde(version: SemanticVersion, constraint: Constraint): boolean {
  return constraint.open === 'nothing' ? compareVersions(version, constraint.bound) === 0 : tilde(version, constraint)
}

function differs(version: SemanticVersion, { bound, open }: Constraint): boolean {
  if (open === 'nothing' || open === 'everything') return compareVersions(version, bound) !== 0
  if (version.major !== bound.major) return true
  if (open === 'minor') return false
  return version.minor !== bound.minor || comparePrereleases(version.prerelease, bound.prerelease) !== 0
}

/** `>11` wants 12 or higher, `>11.1` wants 11.2. */
function greater(version: SemanticVersion, { bound, open }: Constraint): boolean {
  if (open === 'minor') return version.major > bound.major
  if (open === 'patch' && version.major === bound.major) return version.minor > bound.minor
  if (open !== 'nothing' && version.major !== bound.major) return version.major > bound.major
  return compareVersions(version, bound) > 0
}

function atMost(version: SemanticVersion, { bound, open }: Constraint): boolean {
  if (open === 'nothing') return compareVersions(version, bound) <= 0
  if (version.major > bound.major) return false
  return !(version.major === bound.major && version.minor > bound.minor && open !== 'minor')
}

function tilde(version: SemanticVersion, { bound, open }: Constraint): boolean {
  if (compareVersions(version, bound) < 0) return false
  const zero = bound.major === 0n && bound.minor === 0n && bound.patch === 0n
  if (zero && open !== 'minor' && open !== 'patch') return true
  return version.major === bound.major && (open === 'minor' || version.minor === bound.minor)
}

/** Stays below the next change of the leftmost number that is not zero. */
function caret(version: SemanticVersion, { bound, open }: Constraint): boolean {
  if (compareVersions(version, bound) < 0) return false
  if (bound.major > 0n || open === 'minor') return version.major === bound.major
  if (version.major > 0n) return false
  if (bound.minor > 0n || open === 'patch') return version.minor === bound.minor
  return version.minor === 0n && version.patch === bound.patch
}
