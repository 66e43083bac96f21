// apiserver: pkg/cel/library/regex.go
import type { RE2JS } from 're2js'
import { method, withCost, type CallCheck, type CelLibrary } from '../library.ts'
import { celType } from '../types/cel-type.ts'
import { allMatches, compilePattern } from '../values/regular-expression.ts'
import { failure } from '../values/value.ts'
import { patternCost } from './standard/costs.ts'

const { int, list, string } = celType

function compile(pattern: string): RE2JS {
  try {
    return compilePattern(pattern)
  } catch (error) {
    throw failure(`Illegal regex: ${(error as Error).message}`)
  }
}

function findAll(text: string, pattern: string, limit = -1n): string[] {
  return allMatches(compile(pattern), text, limit < 0n ? Infinity : Number(limit)).map(({ groups }) => groups[0] ?? '')
}

/** A pattern that is written out is compiled with the expression. */
function patternCheck(name: string): CallCheck {
  return {
    function: name,
    check: ({ args: [pattern] }) => {
      if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string') return undefined
      try {
        compilePattern(pattern.value)
        return undefined
      } catch (error) {
        return { message: (error as Error).message, position: pattern.position }
      }
    },
  }
}

/** Kubernetes' own functions for regular expressions. */
export const kubernetesRegex: CelLibrary = {
  name: 'kubernetesRegex',
  summary: 'Finding with regular expressions',
  functions: [
    withCost(patternCost, method('find', [string, string], string, (text, pattern) => findAll(text, pattern, 1n)[0] ?? '')),
    withCost(patternCost, method('findAll', [string, string], list(string), (text, pattern) => findAll(text, pattern))),
    withCost(patternCost, method('findAll', [string, string, int], list(string), findAll)),
  ],
  callChecks: [patternCheck('find'), patternCheck('findAll')],
}
