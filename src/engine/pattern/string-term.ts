// Faithful to Kyverno's pkg/engine/operator/operator.go.
import { trimSpace } from '../../values/trim-space.ts'

/** How a term of a string pattern compares: `=` is no sign at all. */
export type TermOperator = '=' | '!' | '>' | '>=' | '<' | '<='

/** One term of a string pattern. */
export type Term =
  | { readonly kind: 'comparison'; readonly operator: TermOperator; readonly operand: string }
  | { readonly kind: 'range' | 'outside'; readonly low: string; readonly high: string }

// The `|` in the first set is Kyverno's; it stands where "optional sign" was meant.
const bound = String.raw`([-|+]?\d+(?:\.\d+)?[A-Za-z]*)`
const range = new RegExp(`^${bound}-${bound}$`)
const outside = new RegExp(`^${bound}!-${bound}$`)
const operators = ['>=', '<=', '>', '<', '!'] as const

/** Reads a term: a sign and an operand, `a-b`, or `a!-b`. */
export function parseTerm(text: string): Term {
  // A sign alone is text.
  if (text.length < 2) return { kind: 'comparison', operator: '=', operand: trimSpace(text) }
  const operator = operators.find((sign) => text.startsWith(sign))
  if (operator !== undefined) return { kind: 'comparison', operator, operand: trimSpace(text.slice(operator.length)) }
  const [, from, to] = outside.exec(text) ?? []
  if (from !== undefined && to !== undefined) return { kind: 'outside', low: from, high: to }
  const [, low, high] = range.exec(text) ?? []
  if (low !== undefined && high !== undefined) return { kind: 'range', low, high }
  return { kind: 'comparison', operator: '=', operand: trimSpace(text) }
}
