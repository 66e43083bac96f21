// cel-go: ext/regex.go
import type { GoMatch, GoRegex } from '../../../values/go-regex.ts'
import { goQuote } from '../../../values/go-quote.ts'
import { fn, withCost, type CelLibrary } from '../library.ts'
import { celType } from '../types/cel-type.ts'
import { compilePattern } from '../values/regular-expression.ts'
import { CelOptional, failure, none, type CelValue } from '../values/value.ts'
import { characterCost, patternCharacterCost, sizeOf } from './standard/costs.ts'

const { int, list, optional, string } = celType

function compileForExtraction(pattern: string): GoRegex {
  const compiled = compilePattern(pattern)
  if (compiled.groupCount > 1) throw failure(`regular expression has more than one capturing group: ${goQuote(pattern)}`)
  return compiled
}

/** What is extracted of a match: its group if the pattern has one; nothing if that is empty. */
function extracted({ groups }: GoMatch): string | undefined {
  return groups.length > 1 ? groups[1] || undefined : groups[0] ?? ''
}

function extract(text: string, pattern: string): CelOptional {
  const [match] = compileForExtraction(pattern).findAll(text, 1)
  const value = match === undefined ? undefined : extracted(match)
  return value === undefined ? none : new CelOptional(value)
}

function replace(text: string, pattern: string, replacement: string, limit: bigint): string {
  if (limit === 0n) return text
  const compiled = compilePattern(pattern)
  const matches = compiled.findAll(text, limit < 0n ? Infinity : Number(limit))
  let result = ''
  let end = 0
  for (const match of matches) {
    result += text.slice(end, match.start) + fillIn(replacement, match, compiled.groupCount)
    end = match.end
  }
  return result + text.slice(end)
}

/** `\1` stands for a group, `\\` for a backslash. */
function fillIn(replacement: string, { groups }: GoMatch, groupCount: number): string {
  return replacement.replace(/\\([\s\S]?)/gu, (_, next: string) => {
    if (next === '\\') return '\\'
    if (next === '') throw failure(`invalid replacement string: '${replacement}' \\ not allowed at end`)
    if (!/^\d$/.test(next)) throw failure(`invalid replacement string: '${replacement}' \\ must be followed by a digit or \\`)
    if (Number(next) > groupCount) throw failure(`replacement string references group ${next} but regex has only ${groupCount} group(s)`)
    return groups[Number(next)] ?? ''
  })
}

function searchCost(allocated: number) {
  return (args: readonly CelValue[], result: CelValue): number => Math.ceil(1 + allocated + sizeOf(result)
    + (sizeOf(args[0]) + 1) * characterCost * (sizeOf(args[1]) + 1) * patternCharacterCost)
}

/** Extracting and replacing with regular expressions. */
export const regex: CelLibrary = {
  name: 'regex',
  summary: 'Extracting and replacing with regular expressions',
  functions: [
    withCost(searchCost(0), fn('regex.extract', [string, string], optional(string), extract)),
    withCost(searchCost(10), fn('regex.extractAll', [string, string], list(string),
      (text, pattern) => compileForExtraction(pattern).findAll(text).flatMap((match) => extracted(match) ?? []))),
    withCost(searchCost(0), fn('regex.replace', [string, string, string], string, (text, pattern, replacement) => replace(text, pattern, replacement, -1n))),
    withCost(searchCost(0), fn('regex.replace', [string, string, string, int], string, replace)),
  ],
}
