// Kyverno: pkg/engine/jmespath/functions.go (jpRegexMatch and neighbours)

import { compileGoRegex, type GoRegex } from '../../../values/go-regex.ts'
import { formatFloat } from '../../../values/number-text.ts'
import { matchesWildcard } from '../../../values/wildcard.ts'
import { failure } from '../failure.ts'
import { define } from '../function-row.ts'
import type { Run } from '../run.ts'

/** Functions that match texts. Regular expressions are Go's (RE2) and match anywhere. */
export const regex = [
  define({
    name: 'regex_match', parameters: ['string', 'string|number'], returns: 'boolean', summary: 'tells whether a regular expression matches in a text or number',
    implementation: ([pattern, source], run) => {
      const compiled = compile('regex_match', pattern, run)
      return compiled.test(prepare(source, compiled, run))
    },
  }),
  define({
    name: 'regex_replace_all', parameters: ['string', 'string|number', 'string|number'], returns: 'string',
    summary: 'replaces every match of a regular expression (first) in a text (second); $1 and ${name} in the replacement stand for groups',
    implementation: ([pattern, source, replacement], run) => replaceAll('regex_replace_all', { pattern, source, replacement }, run),
  }),
  define({
    name: 'regex_replace_all_literal', parameters: ['string', 'string|number', 'string|number'], returns: 'string',
    summary: 'replaces every match of a regular expression (first) in a text (second) by a text taken as it is',
    implementation: ([pattern, source, replacement], run) => replaceAll('regex_replace_all_literal', { pattern, source, replacement }, run),
  }),
  define({
    name: 'pattern_match', parameters: ['string', 'string|number'], returns: 'boolean', summary: 'tells whether a pattern with * and ? matches a whole text or number',
    implementation: ([pattern, source], run) => {
      const text = plainText(source)
      run.spend((pattern.length * text.length) / 64)
      return matchesWildcard(pattern, text)
    },
  }),
] as const

const maxCached = 50

function compile(name: string, pattern: string, run: Run): GoRegex {
  const known = run.regexes.get(pattern)
  if (known !== undefined) return known
  run.spend(pattern.length * 10)
  const compiled = compileGoRegex(pattern)
  if (compiled === undefined) throw failure(name, `${JSON.stringify(pattern.slice(0, 200))} is not a regular expression (RE2)`)
  if (run.regexes.size < maxCached) run.regexes.set(pattern, compiled)
  return compiled
}

function prepare(source: string | number, { size }: GoRegex, run: Run): string {
  const text = plainText(source)
  run.spend(1 + (text.length * size) / 4)
  return text
}

interface Replacement {
  readonly pattern: string
  readonly source: string | number
  readonly replacement: string | number
}

function replaceAll(name: 'regex_replace_all' | 'regex_replace_all_literal', { pattern, source, replacement }: Replacement, run: Run): string {
  const compiled = compile(name, pattern, run)
  const [text, by] = [prepare(source, compiled, run), plainText(replacement)]
  // Every character can be replaced once; a template can repeat the match.
  run.spend((text.length * by.length) / 16)
  const result = compiled.replaceAll(text, by, name === 'regex_replace_all_literal')
  run.spend(result.length / 16)
  return result
}

/** Kyverno prints numbers through a 32-bit float. */
function plainText(source: string | number): string {
  return typeof source === 'string' ? source : formatFloat(source, 'f', { bits: 32 })
}
