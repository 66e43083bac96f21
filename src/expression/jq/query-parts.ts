// Counterpart: gojq parser.go.y (precedences) and query.go
import type { BinaryOperator, Query, UpdateOperator } from './syntax.ts'

/** How tightly an operator binds, and which operands it shares with its like. */
interface Level {
  readonly power: number
  readonly associates: 'left' | 'right' | 'never'
}

const level = (power: number, associates: Level['associates']): Level => ({ power, associates })
/** Operators between two operands. */
export const levels: ReadonlyMap<string, Level> = new Map([
  ['//', level(1, 'right')],
  ...['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='].map((operator) => [operator, level(2, 'never')] as const),
  ['or', level(3, 'left')],
  ['and', level(4, 'left')],
  ...['==', '!=', '<', '<=', '>', '>='].map((operator) => [operator, level(5, 'never')] as const),
  ['+', level(6, 'left')], ['-', level(6, 'left')],
  ['*', level(7, 'left')], ['/', level(7, 'left')], ['%', level(7, 'left')],
])

const updates: ReadonlySet<string> = new Set(['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='])

/** An operator between two operands. */
export function toOperation(operator: string, left: Query, right: Query): Query {
  if (operator === '//') return { type: 'alternative', left, right }
  if (operator === 'and' || operator === 'or') return { type: operator, left, right }
  if (updates.has(operator)) return { type: 'update', operator: operator as UpdateOperator, left, right }
  return { type: 'binary', operator: operator as BinaryOperator, left, right }
}

/** A number's sign is part of the number. */
export function toSigned(negative: boolean, operand: Query): Query {
  if (operand.type !== 'constant' || (typeof operand.value !== 'number' && typeof operand.value !== 'bigint')) return { type: 'sign', negative, operand }
  return negative ? { type: 'constant', value: -operand.value } : operand
}

function isKey(query: Query): query is Query & { type: 'constant' } {
  return query.type === 'constant' && query.value !== null && typeof query.value !== 'boolean'
}

/** `target[key]`. */
export function toIndex(target: Query, key: Query): Query {
  return isKey(key) ? { type: 'index', target, key: key.value } : { type: 'indexBy', target, key }
}

/** `target[from:to]`. */
export function toSlice(target: Query, from: Query | undefined, to: Query | undefined): Query {
  if ((from !== undefined && !isKey(from)) || (to !== undefined && !isKey(to))) return { type: 'slice', target, from, to }
  return { type: 'index', target, key: { start: from?.value ?? null, end: to?.value ?? null } }
}
