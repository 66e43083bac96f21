// Faithful to Kyverno's pkg/engine/validate/validate.go (validateArray).
import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import { combineSkips, fail, formatPatternPath, joinFailures } from './failure.ts'
import type { CompileNode, Failure, Matcher, PatternNode, Walk } from './walk.ts'

/** Prepares a list: its first element decides, and is the only one that counts unless it is itself a list. */
export function compileList(pattern: readonly JsonValue[], compileNode: CompileNode): PatternNode {
  const elements = pattern.map(compileNode)
  const matchItems = compileItems(elements)
  return {
    pattern,
    hasAnchors: elements.some(({ hasAnchors }) => hasAnchors),
    match(value, walk) {
      if (isJsonArray(value)) return matchItems(value, walk)
      return fail(walk, `validation rule failed at path ${formatPatternPath(walk.path)}, resource does not satisfy the expected overlay pattern`,
        value === undefined ? 'is missing; must be a list' : 'must be a list')
    },
  }
}

function compileItems(elements: readonly PatternNode[]): (items: readonly JsonValue[], walk: Walk) => Failure | undefined {
  const [first] = elements
  if (first === undefined) return (_items, walk) => fail(walk, 'pattern Array empty', 'cannot be compared: the list in the pattern is empty')
  if (isJsonObject(first.pattern)) return (items, walk) => matchEach(items, () => first.match, walk)
  if (!isJsonArray(first.pattern)) return first.match
  return (items, walk) => {
    if (items.length >= elements.length) return matchEach(items.slice(0, elements.length), (index) => (elements[index] as PatternNode).match, walk)
    // Kyverno gives no path here, and so an error instead of a failure.
    return fail(walk, `validate Array failed, array length mismatch, resource Array len is ${items.length} and pattern Array len is ${elements.length}`,
      `has ${items.length} items; must have at least ${elements.length}`, { reportedPath: '' })
  }
}

/** Skips are tolerated unless every item is one. */
function matchEach(items: readonly JsonValue[], matcherOf: (index: number) => Matcher, walk: Walk): Failure | undefined {
  let skips: Failure[] | undefined
  let first: Failure | undefined
  for (let index = 0; index < items.length; index++) {
    walk.path.push(index)
    const failure = matcherOf(index)(items[index], walk)
    walk.path.pop()
    if (failure === undefined) continue
    if (failure.isSkip) {
      (skips ??= []).push(failure)
      continue
    }
    first = joinFailures(first, failure)
    if (!walk.collectAll) return first
  }
  if (first !== undefined) return first
  return skips !== undefined && skips.length === items.length ? combineSkips(walk, skips) : undefined
}
