import type { JsonObject, JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'

/** Where one match of one resource stands. */
export interface Walk {
  /** The path of the value being compared; grows and shrinks with the walk. */
  readonly path: (string | number)[]
  /** Anchors met so far, by their text, and whether some resource map had their key (Kyverno's AnchorMap). */
  readonly anchors: Map<string, boolean>
  /** Maps whose wildcard keys under metadata were replaced by real ones; the replacement holds for the rest of the walk, as in Kyverno. */
  readonly rewritten: Map<PatternNode, MapPlan>
  /** Goes on after a failure, to find the others. */
  readonly collectAll: boolean
}

/** A compiled piece of pattern. */
export interface PatternNode {
  /** What it was compiled from. */
  readonly pattern: JsonValue
  /** Whether a condition, equality, existence, negation or global anchor is in it, at any depth. */
  readonly hasAnchors: boolean
  readonly match: Matcher
}

/** Handed down, so that the files of maps, lists and anchors need not import each other in a circle. */
export type CompileNode = (pattern: JsonValue) => PatternNode

/** Compares a value (undefined if the field is missing); undefined if it satisfies the pattern. */
export type Matcher = (value: JsonValue | undefined, walk: Walk) => Failure | undefined

/** A map of the pattern, ready to be compared. */
export interface MapPlan {
  readonly pattern: JsonObject
  readonly nodes: ReadonlyMap<string, PatternNode>
  /** Condition, equality, existence and negation anchors, in the order of their texts. */
  readonly first: readonly MapKey[]
  /** All others, urgent ones first and (Kyverno pushes each to the front) backwards. */
  readonly rest: readonly MapKey[]
  /** Those whose absence from the resource is remembered. */
  readonly tracked: readonly MapKey[]
}

/** A key of a pattern map, ready to be compared. */
export interface MapKey {
  readonly text: string
  readonly match: KeyMatcher
  readonly comesFirst: boolean
  /** A global anchor, or a key with anchors below it. */
  readonly isUrgent: boolean
  readonly isAnchor: boolean
  /** The key that counts towards "missing from the resource". */
  readonly tracked: string | undefined
}

/** Compares what a resource map has under some key. */
export type KeyMatcher = (resource: JsonObject, walk: Walk) => Failure | undefined

/** Why a value does not satisfy a pattern. */
export interface Failure {
  /** Kyverno's words. */
  readonly message: string
  /** Ours: short, and without the path. */
  readonly complaint: string
  readonly path: FieldPath
  /** Kyverno's path, where it is not that of `path`. */
  readonly reportedPath?: string
  /** The pattern does not apply, rather than being violated. */
  readonly isSkip: boolean
  /** A skip that sums up skips further down. */
  readonly isCombined: boolean
  readonly isNegation: boolean
  /** Failures beside this one; only when all are collected. */
  readonly others: readonly Failure[]
}
