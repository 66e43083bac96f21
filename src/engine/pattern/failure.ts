import type { JsonObject, JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { goValueText } from '../../values/json-text.ts'
import type { Failure, Walk } from './walk.ts'

/** Kyverno tells kinds of errors apart by these words, even where a value of the resource contains them (pkg/engine/anchor/error.go). */
const conditionalWords = 'conditional anchor mismatch'
const globalWords = 'global anchor mismatch'
const negationWords = 'negation anchor matched in resource'

/** The most that are told of one resource and pattern. */
const mostFailures = 100

/** The path in Kyverno's notation: `/spec/containers/0/image/`. */
export function formatPatternPath(path: FieldPath): string {
  return path.length === 0 ? '/' : `/${path.join('/')}/`
}

/** The value under a key of the resource's own. */
export function valueAt(resource: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(resource, key) ? resource[key] : undefined
}

/** A violation at the current path. */
export function fail(walk: Walk, message: string, complaint: string, more: Pick<Failure, 'reportedPath'> = {}): Failure {
  return {
    message, complaint, path: [...walk.path], ...more, others: [], isCombined: false,
    isSkip: message.includes(conditionalWords) || message.includes(globalWords),
    isNegation: message.includes(negationWords),
  }
}

/** A value that a scalar of the pattern does not accept. */
export function failValue(walk: Walk, value: JsonValue | undefined, pattern: JsonValue): Failure {
  const [found, wanted] = [goValueText(value), goValueText(pattern)]
  return fail(walk, `resource value '${found}' does not match '${wanted}' at path ${formatPatternPath(walk.path)}`,
    `${value === undefined || value === null ? 'is missing' : `is '${brief(found)}'`}; ${demand(pattern)}`)
}

function demand(pattern: JsonValue): string {
  if (pattern === null) return 'must not be set'
  return pattern === '?*' ? 'must not be empty' : `must match '${goValueText(pattern)}'`
}

/** A condition anchor that does not hold. */
export function skipByCondition(walk: Walk, reason: Failure | string): Failure {
  return anchored(walk, conditionalWords, reason)
}

/** A global anchor that does not hold. */
export function skipByGlobal(walk: Walk, reason: Failure): Failure {
  return anchored(walk, globalWords, reason)
}

/** A negated key that is there. */
export function failByNegation(walk: Walk): Failure {
  const message = `${negationWords}: ${formatPatternPath(walk.path)} is not allowed`
  return { message, complaint: 'must not be set', path: [...walk.path], isSkip: false, isCombined: false, isNegation: true, others: [] }
}

/** Sums up skips into one of the whole map or list. */
export function combineSkips(walk: Walk, skips: readonly Failure[]): Failure {
  const message = skips.map((skip) => skip.message).join('; ')
  return { message, complaint: message, path: [...walk.path], isSkip: true, isCombined: true, isNegation: false, others: [] }
}

/** Joins failures of siblings: the first one speaks, the others come along. */
export function joinFailures(first: Failure | undefined, next: Failure): Failure {
  if (first === undefined) return next
  if (next.isSkip || first.others.length >= mostFailures) return first
  return { ...first, others: [...first.others, { ...next, others: [] }, ...next.others].slice(0, mostFailures) }
}

function anchored(walk: Walk, words: string, reason: Failure | string): Failure {
  const inner = typeof reason === 'string' ? reason : reason.message
  const path = typeof reason === 'string' ? [...walk.path] : reason.path
  return { message: `${words}: ${inner}`, complaint: inner, path, isSkip: true, isCombined: false, isNegation: false, others: [] }
}

function brief(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}
