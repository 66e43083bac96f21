// Faithful to Kyverno's pkg/engine/validate/validate.go (MatchPattern).
import type { JsonValue } from '../../model/json.ts'
import type { Violation } from '../../model/result.ts'
import { Memo } from '../../values/memo.ts'
import { formatPatternPath } from './failure.ts'
import { compileNode } from './node.ts'
import type { Failure, PatternNode, Walk } from './walk.ts'

/** How a resource compares with a pattern. `error` is Kyverno's: a failure that it cannot place. */
export type PatternOutcome =
  | { readonly result: 'pass' }
  | { readonly result: 'skip'; readonly message: string }
  | { readonly result: 'fail' | 'error'
      /** Kyverno's words. */
      readonly message: string
      /** Kyverno's path, such as `/spec/containers/0/image/`; empty for an error. */
      readonly path: string
      /** Every place where the resource differs, the one that Kyverno names first. */
      readonly violations: readonly [Violation, ...Violation[]] }

/** A pattern, prepared for many resources. */
export interface CompiledPattern {
  match(resource: JsonValue): PatternOutcome
}

const pass: PatternOutcome = { result: 'pass' }

/**
 * Prepares a pattern without variables. Numbers count by their Go type: hand in the pattern of a policy after `toInt64`, a resource as read (or
 * after `toInt64`, once a mutation has touched it).
 */
export function compilePattern(pattern: JsonValue): CompiledPattern {
  const node = compileNode(pattern)
  // One walk for all resources: most end without a failure, and a failure copies what it needs.
  const walk = startWalk(false)
  return { match: (resource) => matchNode(node, resource, restart(walk)) }
}

/** Compares once; for patterns whose variables were just substituted. */
export function matchPattern(resource: JsonValue, pattern: JsonValue): PatternOutcome {
  return matchNode(compileNode(pattern), resource, startWalk(false))
}

/** Whether a resource matches, and nothing else: for the conditions of patches, most of which are texts that each resource is held against. */
export function isMatch(resource: JsonValue, pattern: JsonValue): boolean {
  const node = typeof pattern === 'string' ? texts.get(pattern) : compileNode(pattern)
  return node.match(resource, startWalk(false)) === undefined
}

const texts = new Memo(1000, (text: string) => compileNode(text))

function matchNode(node: PatternNode, resource: JsonValue, walk: Walk): PatternOutcome {
  const failure = node.match(resource, walk)
  if (failure === undefined) return pass
  if (failure.isSkip) return { result: 'skip', message: failure.message }
  const path = isUnplaced(failure, walk) ? '' : failure.reportedPath ?? formatPatternPath(failure.path)
  return {
    result: path === '' ? 'error' : 'fail', message: failure.message, path,
    // Of an alternative that failed beside one that holds nobody asks.
    get violations() { return findViolations(node, resource, failure) },
  }
}

/** An anchor's key that no resource map had makes Kyverno forget the path, unless a negation failed. */
function isUnplaced({ isNegation }: Failure, { anchors }: Walk): boolean {
  return !isNegation && [...anchors.values()].includes(false)
}

function findViolations(node: PatternNode, resource: JsonValue, first: Failure): readonly [Violation, ...Violation[]] {
  const others = node.match(resource, startWalk(true))?.others ?? []
  return [toViolation(first), ...others.map(toViolation)]
}

function toViolation({ path, complaint }: Failure): Violation {
  return { path, message: complaint }
}

function startWalk(collectAll: boolean): Walk {
  return { path: [], anchors: new Map(), rewritten: new Map(), collectAll }
}

function restart(walk: Walk): Walk {
  if (walk.path.length > 0) walk.path.length = 0
  if (walk.anchors.size > 0) walk.anchors.clear()
  if (walk.rewritten.size > 0) walk.rewritten.clear()
  return walk
}
