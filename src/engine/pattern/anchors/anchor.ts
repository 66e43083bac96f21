import type { CompileNode, KeyMatcher, PatternNode } from '../walk.ts'

/** What a sign before a parenthesised key means when a resource is validated. */
export interface Anchor {
  readonly summary: string
  /** Compared before the plain keys of its map; the others are compared among them. */
  readonly comesFirst: boolean
  /** Its key counts towards "an anchor's key is missing from the resource", which turns a failure into an error. */
  readonly isTracked: boolean
  /** Moves the plain keys that contain it to the front of their map. */
  readonly isUrgent: boolean
  compile(anchored: AnchoredKey): KeyMatcher
}

/** An anchor where it stands in a pattern. */
export interface AnchoredKey {
  /** The key as written. */
  readonly text: string
  /** What is in the parentheses. */
  readonly key: string
  readonly node: PatternNode
  readonly compileNode: CompileNode
}
