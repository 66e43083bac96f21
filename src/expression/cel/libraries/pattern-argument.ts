import type { GoRegex } from '../../../values/go-regex.ts'
import { withPreparation, type CelOverload } from '../library.ts'
import { compilePattern } from '../values/regular-expression.ts'

/** Compiles the second argument, a regular expression, together with the expression if it is a constant. */
export function withPattern(implement: (pattern: GoRegex) => CelOverload['evaluate'], overload: CelOverload): CelOverload {
  return withPreparation(([, pattern]) => (typeof pattern === 'string' ? implement(compilePattern(pattern)) : undefined), overload)
}
