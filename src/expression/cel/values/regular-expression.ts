import { compileGoRegex, explainGoRegex, type GoRegex } from '../../../values/go-regex.ts'
import { failure } from './value.ts'

/** Compiles a pattern; an invalid one is an error of the expression. */
export function compilePattern(pattern: string): GoRegex {
  const compiled = compileGoRegex(pattern)
  if (compiled === undefined) throw failure(explainGoRegex(pattern) ?? 'error parsing regexp')
  return compiled
}
