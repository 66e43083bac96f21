import { RE2JS } from 're2js'
import { failure } from './value.ts'

/** Compiles a pattern in RE2's syntax, which cannot be made to backtrack; an invalid one is an error of the expression. */
export function compilePattern(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw failure(error instanceof Error ? error.message : String(error))
  }
}

/** Says whether a text is a pattern. */
export function isPattern(pattern: string): boolean {
  try {
    RE2JS.compile(pattern)
    return true
  } catch {
    return false
  }
}
