// Faithful to Kyverno's pkg/engine/anchor/handlers.go (negationHandler).
import { failByNegation } from '../failure.ts'
import type { Anchor } from './anchor.ts'

/** `X(key)`: the key must not be there, not even as null. */
export const negation: Anchor = {
  summary: 'the key must not be present',
  comesFirst: true,
  isTracked: false,
  isUrgent: true,
  compile: ({ key }) => (resource, walk) => {
    if (!Object.hasOwn(resource, key)) return undefined
    walk.path.push(key)
    const failure = failByNegation(walk)
    walk.path.pop()
    return failure
  },
}
