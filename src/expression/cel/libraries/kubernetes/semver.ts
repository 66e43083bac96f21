// apiserver: pkg/cel/library/semverlib.go, pkg/cel/semver.go
import { goQuote } from '../../../../values/go-quote.ts'
import { parseBlangVersion } from '../../../../values/semver-blang.ts'
import { compareVersions, formatVersion, parseUint64, type SemanticVersion } from '../../../../values/semver.ts'
import { fn, method, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { CelOpaque, failure, type CelValue } from '../../values/value.ts'

const { bool, int, string } = celType
const semverType: CelType<Semver> = celType.opaque<Semver>('kubernetes.Semver')

/** A semantic version. */
class Semver extends CelOpaque {
  readonly type: CelType = semverType
  readonly version: SemanticVersion

  constructor(version: SemanticVersion) {
    super()
    this.version = version
  }

  equals(other: CelValue): boolean {
    if (!(other instanceof Semver)) throw failure('no such overload')
    return compareVersions(this.version, other.version) === 0
  }

  toJson(): string {
    return formatVersion(this.version)
  }
}

/** A `v` in front, leading zeros and missing parts are forgiven; a short version cannot name a prerelease, though. */
function normalize(text: string): string | undefined {
  const [major = '', minor, ...rest] = text.replace(/^v/, '').split('.')
  const parts = [major, ...(minor === undefined ? [] : [minor]), ...(rest.length === 0 ? [] : [rest.join('.')])].map(trimZeros)
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? '')) return undefined
  return [...parts, '0', '0'].slice(0, Math.max(3, parts.length)).join('.')
}

function trimZeros(part: string): string {
  if (part.length < 2) return part
  const trimmed = part.replace(/^0+/, '')
  return /^[0-9]/.test(trimmed) ? trimmed : `0${trimmed}`
}

function find(text: string, isLenient: boolean): SemanticVersion | undefined {
  const normal = isLenient ? normalize(text) : text
  return normal === undefined ? undefined : parseBlangVersion(normal)
}

function parse(text: string, isLenient: boolean): Semver {
  const version = find(text, isLenient)
  if (version === undefined) throw failure(explain(text, isLenient))
  return new Semver(version)
}

/** What blang/semver says of a text that is no version: the first thing wrong, read from the left. */
function explain(text: string, isLenient: boolean): string {
  const normal = isLenient ? normalize(text) : text
  if (normal === undefined) return 'short version cannot contain PreRelease/Build meta data'
  if (normal === '') return 'Version string empty'
  const parts = /^([^.]*)\.([^.]*)\.(.*)$/s.exec(normal)
  if (parts === null) return 'No Major.Minor.Patch elements found'
  const [, major = '', minor = '', rest = ''] = parts
  const [beforeBuild, build] = splitAt(rest, '+')
  const [patch, prerelease] = splitAt(beforeBuild, '-')
  const messages = [
    explainNumber('Major', major), explainNumber('Minor', minor), explainNumber('Patch', patch), ...prerelease.map(explainPrerelease), ...build.map(explainBuild),
  ]
  return messages.find((message) => message !== undefined) ?? `${normal} is no semantic version`
}

/** What stands before the mark, and the dotted parts after it. */
function splitAt(text: string, mark: string): [string, readonly string[]] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, []] : [text.slice(0, at), text.slice(at + 1).split('.')]
}

function explainNumber(name: string, text: string): string | undefined {
  if (!/^\d*$/.test(text)) return `Invalid character(s) found in ${name.toLowerCase()} number ${goQuote(text)}`
  if (/^0\d/.test(text)) return `${name} number must not contain leading zeroes ${goQuote(text)}`
  if (text === '') return 'strconv.ParseUint: parsing "": invalid syntax'
  return parseUint64(text) === undefined ? `strconv.ParseUint: parsing ${goQuote(text)}: value out of range` : undefined
}

function explainPrerelease(part: string): string | undefined {
  if (part === '') return 'Prerelease is empty'
  if (/^0\d+$/.test(part)) return `Numeric PreRelease version must not contain leading zeroes ${goQuote(part)}`
  if (/^\d+$/.test(part)) return parseUint64(part) === undefined ? `strconv.ParseUint: parsing ${goQuote(part)}: value out of range` : undefined
  return /^[0-9A-Za-z-]+$/.test(part) ? undefined : `Invalid character(s) found in prerelease ${goQuote(part)}`
}

function explainBuild(part: string): string | undefined {
  if (part === '') return 'Build meta data is empty'
  return /^[0-9A-Za-z-]+$/.test(part) ? undefined : `Invalid character(s) found in build meta data ${goQuote(part)}`
}

const compare = (a: Semver, b: Semver): number => compareVersions(a.version, b.version)

export const semver: CelLibrary = {
  name: 'semver',
  summary: 'Semantic versions',
  functions: [
    fn('semver', [string], semverType, (text) => parse(text, false)),
    fn('semver', [string, bool], semverType, parse),
    fn('isSemver', [string], bool, (text) => find(text, false) !== undefined),
    fn('isSemver', [string, bool], bool, (text, isLenient) => find(text, isLenient) !== undefined),
    method('isGreaterThan', [semverType, semverType], bool, (a, b) => compare(a, b) > 0),
    method('isLessThan', [semverType, semverType], bool, (a, b) => compare(a, b) < 0),
    method('compareTo', [semverType, semverType], int, (a, b) => BigInt(compare(a, b))),
    method('major', [semverType], int, ({ version }) => version.major),
    method('minor', [semverType], int, ({ version }) => version.minor),
    method('patch', [semverType], int, ({ version }) => version.patch),
  ],
}
