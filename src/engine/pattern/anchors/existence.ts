// Faithful to Kyverno's pkg/engine/anchor/handlers.go (existenceHandler).
import { isJsonArray, isJsonObject, type JsonValue } from '../../../model/json.ts'
import { nameGoType } from '../go-type.ts'
import { fail, formatPatternPath, valueAt } from '../failure.ts'
import type { Failure, PatternNode, Walk } from '../walk.ts'
import type { Anchor } from './anchor.ts'

/** `^(key): [p, …]`: of the list under the key, at least one element must match each p; a missing list passes. */
export const existence: Anchor = {
  summary: 'at least one element of the list must match',
  comesFirst: true,
  isTracked: true,
  isUrgent: true,
  compile({ key, node: { pattern }, compileNode }) {
    const wanted = isJsonArray(pattern) ? pattern.map((element) => (isJsonObject(element) ? compileNode(element) : undefined)) : undefined
    return (resource, walk) => {
      if (!Object.hasOwn(resource, key)) return undefined
      walk.path.push(key)
      const failure = matchList(valueAt(resource, key), pattern, wanted, walk)
      walk.path.pop()
      return failure
    }
  },
}

function matchList(
  list: JsonValue | undefined, pattern: JsonValue, wanted: readonly (PatternNode | undefined)[] | undefined, walk: Walk,
): Failure | undefined {
  if (!isJsonArray(list)) {
    return fail(walk, `invalid resource type ${nameGoType(list)}: Existence ^ () anchor can be used only on list/array type resource`, 'must be a list')
  }
  if (wanted === undefined) {
    return fail(walk, `invalid pattern type ${nameGoType(pattern)}: Pattern has to be of list to compare against resource`, 'cannot be compared: the pattern must be a list')
  }
  for (const node of wanted) {
    if (node === undefined) {
      return fail(walk, `invalid pattern type ${nameGoType(pattern)}: Pattern has to be of type map to compare against items in resource`,
        'cannot be compared: the elements of the pattern must be maps')
    }
    if (!list.some((element, index) => matchesElement(node, element, index, walk))) {
      return fail(walk, `existence anchor validation failed at path ${formatPatternPath(walk.path)}`, 'has no element that matches')
    }
  }
  return undefined
}

function matchesElement(node: PatternNode, element: JsonValue, index: number, walk: Walk): boolean {
  walk.path.push(index)
  const failure = node.match(element, walk)
  walk.path.pop()
  return failure === undefined
}
