// Faithful to Kyverno's pkg/engine/anchor/handlers.go (globalAnchorHandler).
import { skipByGlobal, valueAt } from '../failure.ts'
import type { Anchor } from './anchor.ts'

/** `<(key): p`: if the key is there and does not match, the whole rule is skipped. */
export const global: Anchor = {
  summary: 'the whole rule applies only if the key is absent or matches',
  comesFirst: false,
  isTracked: false,
  isUrgent: true,
  compile: ({ key, node }) => (resource, walk) => {
    if (!Object.hasOwn(resource, key)) return undefined
    walk.path.push(key)
    const failure = node.match(valueAt(resource, key), walk)
    const skip = failure === undefined ? undefined : skipByGlobal(walk, failure)
    walk.path.pop()
    return skip
  },
}
