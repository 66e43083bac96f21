// Faithful to Kyverno's pkg/engine/validate/validate.go (validateResourceElement).
import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import { compileList } from './list.ts'
import { compileMap } from './map.ts'
import { compileScalar } from './scalar.ts'
import { failValue } from './failure.ts'
import type { PatternNode } from './walk.ts'

/** Prepares a piece of pattern. */
export function compileNode(pattern: JsonValue): PatternNode {
  if (isJsonObject(pattern)) return compileMap(pattern, compileNode)
  if (isJsonArray(pattern)) return compileList(pattern, compileNode)
  const accepts = compileScalar(pattern)
  return {
    pattern,
    hasAnchors: false,
    // A scalar holds for every item of a list, whatever the items are.
    match: (value, walk) => ((isJsonArray(value) ? value.every(accepts) : accepts(value)) ? undefined : failValue(walk, value, pattern)),
  }
}
