// Faithful to Kyverno's pkg/engine/anchor/handlers.go (defaultHandler).
import { fail, formatPatternPath, valueAt } from '../failure.ts'
import type { KeyMatcher, PatternNode } from '../walk.ts'

/** `key: p`: the key must match; a missing one is compared as null, and `*` wants it to be there. */
export function compilePlain(key: string, node: PatternNode): KeyMatcher {
  if (node.pattern === '*') {
    return (resource, walk) => {
      const value = valueAt(resource, key)
      if (value !== null && value !== undefined) return undefined
      const reportedPath = formatPatternPath(walk.path)
      walk.path.push(key)
      const failure = fail(walk, `${reportedPath}/${key} not found`, 'is missing; must be set', { reportedPath })
      walk.path.pop()
      return failure
    }
  }
  return (resource, walk) => {
    walk.path.push(key)
    const failure = node.match(valueAt(resource, key), walk)
    walk.path.pop()
    return failure
  }
}
