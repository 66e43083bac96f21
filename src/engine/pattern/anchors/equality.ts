// Faithful to Kyverno's pkg/engine/anchor/handlers.go (equalityHandler).
import { valueAt } from '../failure.ts'
import type { Anchor } from './anchor.ts'

/** `=(key): p`: if the key is there, it must match. */
export const equality: Anchor = {
  summary: 'the key must match if it is present',
  comesFirst: true,
  isTracked: false,
  isUrgent: true,
  compile: ({ key, node }) => (resource, walk) => {
    if (!Object.hasOwn(resource, key)) return undefined
    walk.path.push(key)
    const failure = node.match(valueAt(resource, key), walk)
    walk.path.pop()
    return failure
  },
}
