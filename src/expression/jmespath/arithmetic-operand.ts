// Kyverno: pkg/engine/jmespath/arithmetic.go

import { parseDuration } from '../../values/duration.ts'
import { parseQuantity, type Quantity } from '../../values/quantity.ts'
import { failure } from './failure.ts'
import type { Value } from './value.ts'

/** What can be computed with. A text is a quantity if it can be one ("10", "30m") and a duration only otherwise ("1h", "10s"). */
export type Operand =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'quantity'; readonly value: Quantity }
  | { readonly kind: 'duration'; readonly value: bigint }

/** Reads an argument of an arithmetic function. */
export function parseOperand(value: Value, functionName: string): Operand {
  if (typeof value === 'number') return { kind: 'scalar', value }
  if (typeof value === 'string') {
    const quantity = parseQuantity(value)
    if (quantity !== undefined) return { kind: 'quantity', value: quantity }
    const duration = parseDuration(value)
    if (duration !== undefined) return { kind: 'duration', value: duration }
  }
  const shown = typeof value === 'string' ? ` ${JSON.stringify(value.slice(0, 100))}` : ''
  throw failure(functionName, `an operand${shown} is neither a number nor a quantity nor a duration`)
}
