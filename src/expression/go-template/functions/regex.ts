// Sprig: regex.go, semver.go
import { compileGoRegex, type GoRegex } from '../../../values/go-regex.ts'
import { parseMastermindsConstraint, parseMastermindsVersion } from '../../../values/semver-masterminds.ts'
import { formatVersion } from '../../../values/semver.ts'
import { failure } from './failure.ts'
import { fixed, type TemplateFunction } from './template-function.ts'

const find = fixed(['string', 'string'], (pattern, text) => compile(pattern).find(text, 1)[0] ?? '')
const findAll = fixed(['string', 'string', 'int'], (pattern, text, count) => compile(pattern).find(text, Number(count)))
const replaceAll = fixed(['string', 'string', 'string'], (pattern, text, replacement) => compile(pattern).replaceAll(text, replacement))
const replaceLiteral = fixed(['string', 'string', 'string'], (pattern, text, replacement) => compile(pattern).replaceAll(text, replacement, true))
const split = fixed(['string', 'string', 'int'], (pattern, text, count) => compile(pattern).split(text, Number(count)))

/** Regular expressions (RE2) and versions. */
export const regex: Readonly<Record<string, TemplateFunction>> = {
  regexMatch: fixed(['string', 'string'], (pattern, text) => compileGoRegex(pattern)?.test(text) ?? false),
  mustRegexMatch: fixed(['string', 'string'], (pattern, text) => compile(pattern).test(text)),
  regexFind: find, mustRegexFind: find, regexFindAll: findAll, mustRegexFindAll: findAll,
  regexReplaceAll: replaceAll, mustRegexReplaceAll: replaceAll, regexReplaceAllLiteral: replaceLiteral, mustRegexReplaceAllLiteral: replaceLiteral,
  regexSplit: split, mustRegexSplit: split,
  regexQuoteMeta: fixed(['string'], (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
  semver: fixed(['string'], readVersion),
  semverCompare: fixed(['string', 'string'], compareVersion),
}

function compile(pattern: string): GoRegex {
  const compiled = compileGoRegex(pattern)
  if (compiled === undefined) throw failure(`${JSON.stringify(pattern.slice(0, 200))} is not a regular expression`)
  return compiled
}

function readVersion(text: string): Map<string, bigint | string> {
  const version = parseMastermindsVersion(text)
  if (version === undefined) throw failure('Invalid Semantic Version')
  const { major, minor, patch, prerelease, build } = version
  return new Map<string, bigint | string>([
    ['Major', major], ['Minor', minor], ['Patch', patch], ['Prerelease', prerelease.join('.')], ['Metadata', build.join('.')], ['Original', text], ['String', formatVersion(version)],
  ])
}

function compareVersion(constraint: string, text: string): boolean {
  const fits = parseMastermindsConstraint(constraint)
  if (fits === undefined) throw failure(`improper constraint: ${constraint}`)
  const version = parseMastermindsVersion(text)
  if (version === undefined) throw failure('Invalid Semantic Version')
  return fits(version)
}
