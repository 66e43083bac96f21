// Faithful to Kyverno's pkg/engine/pattern/pattern.go (validateStringPatterns).
import type { JsonValue } from '../../model/json.ts'
import { parseDuration } from '../../values/duration.ts'
import { formatFloat } from '../../values/number-text.ts'
import { compareQuantities, parseQuantity } from '../../values/quantity.ts'
import { compileWildcard } from '../../values/wildcard.ts'
import { parseTerm, type Term, type TermOperator } from './string-term.ts'

/** Tells whether a value (undefined for a missing field, which counts as null) satisfies a scalar pattern. */
export type ScalarMatcher = (value: JsonValue | undefined) => boolean

const accepts = {
  '=':  (order: number) => order === 0,
  '!':  (order: number) => order !== 0,
  '>':  (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
  '<':  (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
} as const satisfies Record<TermOperator, (order: number) => boolean>

/** Prepares a string pattern: alternatives (`|`) of conjunctions (`&`) of terms; the value may also simply be that text. */
export function compileStringPattern(pattern: string): ScalarMatcher {
  const alternatives = pattern.split('|').map((alternative) =>
    trimSpaces(alternative).split('&').map((term) => compileTerm(parseTerm(trimSpaces(term)))))
  const [first] = alternatives
  if (alternatives.length === 1 && first?.length === 1) {
    const [only] = first as [ScalarMatcher]
    return (value) => value === pattern || only(value)
  }
  return (value) => value === pattern || alternatives.some((terms) => terms.every((term) => term(value)))
}

function compileTerm(term: Term): ScalarMatcher {
  if (term.kind === 'comparison') return compileComparison(term.operator, term.operand)
  const [low, high] = [compileComparison(term.kind === 'range' ? '>=' : '<', term.low), compileComparison(term.kind === 'range' ? '<=' : '>', term.high)]
  return term.kind === 'range' ? (value) => low(value) && high(value) : (value) => low(value) || high(value)
}

/** As durations if both sides are, else as quantities, else (only for equality) as text. */
function compileComparison(operator: TermOperator, operand: string): ScalarMatcher {
  const accept = accepts[operator]
  const order = compileOrder(operand)
  const asText = operator === '=' || operator === '!' ? compileWildcard(operand) : undefined
  return (value) => {
    const known = order?.(value)
    if (known !== undefined) return accept(known)
    if (asText === undefined) return false
    const text = scalarText(value)
    // Not even `!` accepts what has no text: null, maps and lists.
    return text !== undefined && asText(text) === (operator === '=')
  }
}

/** Compares values with an operand that is a duration or a quantity; undefined for one that is neither. */
function compileOrder(operand: string): ((value: JsonValue | undefined) => number | undefined) | undefined {
  const duration = parseDuration(operand)
  const quantity = parseQuantity(operand)
  if (duration === undefined && quantity === undefined) return undefined
  return (value) => {
    const text = numberText(value)
    if (text === undefined) return undefined
    const length = duration === undefined ? undefined : parseDuration(text)
    if (duration !== undefined && length !== undefined) return length < duration ? -1 : length > duration ? 1 : 0
    const amount = quantity === undefined ? undefined : parseQuantity(text)
    return quantity === undefined || amount === undefined ? undefined : compareQuantities(amount, quantity)
  }
}

/** The text that is read as a duration or quantity; a missing value counts as 0. */
function numberText(value: JsonValue | undefined): string | undefined {
  switch (typeof value) {
    case 'undefined': return '0'
    case 'string': return value
    case 'bigint': return value.toString()
    case 'number': return Number.isSafeInteger(value) ? `${value}.000000` : formatFloat(value, 'f', { precision: 6 })
    default: return value === null ? '0' : undefined
  }
}

/** The text that wildcards are matched with; floats are in scientific form (`8E+01`). */
function scalarText(value: JsonValue | undefined): string | undefined {
  switch (typeof value) {
    case 'string': return value
    case 'boolean': case 'bigint': return value.toString()
    case 'number': return formatFloat(value, 'E')
    default: return undefined
  }
}

/** Only blanks go, no tabs or line ends. */
function trimSpaces(text: string): string {
  return text.replace(/^ +/, '').replace(/(?<! ) +$/, '')
}
