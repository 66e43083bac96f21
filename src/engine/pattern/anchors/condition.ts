// Faithful to Kyverno's pkg/engine/anchor/handlers.go (conditionAnchorHandler).
import { skipByCondition, valueAt } from '../failure.ts'
import type { Anchor } from './anchor.ts'

/** `(key): p`: unless the key is there and matches, the map is skipped. */
export const condition: Anchor = {
  summary: 'the rest of the map applies only if the key is present and matches',
  comesFirst: true,
  isTracked: true,
  isUrgent: true,
  compile: ({ key, node }) => (resource, walk) => {
    walk.path.push(key)
    const failure = Object.hasOwn(resource, key) ? node.match(valueAt(resource, key), walk) : "conditional anchor key doesn't exist in the resource"
    const skip = failure === undefined ? undefined : skipByCondition(walk, failure)
    walk.path.pop()
    return skip
  },
}
