// Faithful to Kyverno's pkg/engine/anchor/handlers.go (CreateElementHandler has no case for it).
import type { Anchor } from './anchor.ts'
import { compilePlain } from './plain.ts'

/** `+(key): p` adds a field when mutating; in validation it is a key like any other, parentheses included. */
export const addIfAbsent: Anchor = {
  summary: 'adds the key if it is absent (mutation only)',
  comesFirst: false,
  isTracked: false,
  isUrgent: false,
  compile: ({ text, node }) => compilePlain(text, node),
}
