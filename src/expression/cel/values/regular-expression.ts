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

/** One occurrence of a pattern: where it is, in UTF-16 units, and its groups, of which the first is the whole. */
export interface PatternMatch {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | undefined)[]
}

/** The occurrences in a text, at most `limit`; as Go's FindAll, an empty one directly after another occurrence does not count. */
export function allMatches(pattern: RE2JS, text: string, limit = Infinity): PatternMatch[] {
  const matcher = pattern.matcher(text)
  const matches: PatternMatch[] = []
  let previousEnd = -1
  while (matches.length < limit && matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()]
    const isSpurious = start === end && start === previousEnd
    previousEnd = end
    if (isSpurious) continue
    const groups = Array.from({ length: pattern.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined)
    matches.push({ start, end, groups })
  }
  return matches
}
