// apiserver: pkg/cel/library/regex.go
import type { GoRegex } from '../../../values/go-regex.ts'
import { method, withCost, type CelLibrary } from '../library.ts'
import { celType } from '../types/cel-type.ts'
import { compilePattern } from '../values/regular-expression.ts'
import { failure } from '../values/value.ts'
import { withPattern } from './pattern-argument.ts'
import { patternCost } from './standard/costs.ts'

const { int, list, string } = celType

function compile(pattern: string): GoRegex {
  try {
    return compilePattern(pattern)
  } catch (error) {
    throw failure(`Illegal regex: ${(error as Error).message}`)
  }
}

const find = (pattern: GoRegex) => (text: string): string => pattern.findAll(text, 1)[0]?.groups[0] ?? ''

const findAll = (pattern: GoRegex) => (text: string, _: string, limit?: unknown): string[] => {
  const most = typeof limit === 'bigint' && limit >= 0n ? Number(limit) : Infinity
  return pattern.findAll(text, most).map(({ groups }) => groups[0] ?? '')
}

/** Kubernetes' own functions for regular expressions. */
export const kubernetesRegex: CelLibrary = {
  name: 'kubernetesRegex',
  summary: 'Finding with regular expressions',
  functions: [
    withCost(patternCost, withPattern(find, method('find', [string, string], string, (text, pattern) => find(compile(pattern))(text)))),
    withCost(patternCost, withPattern(findAll, method('findAll', [string, string], list(string), (text, pattern) => findAll(compile(pattern))(text, pattern)))),
    withCost(patternCost, withPattern(findAll, method('findAll', [string, string, int], list(string),
      (text, pattern, limit) => findAll(compile(pattern))(text, pattern, limit)))),
  ],
}
