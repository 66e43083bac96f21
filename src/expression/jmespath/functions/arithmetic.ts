// Kyverno: pkg/engine/jmespath/arithmetic.go, functions.go (jpSum, jpRound)

import type { Decimal } from '../../../values/decimal.ts'
import { pow10 } from '../../../values/decimal.ts'
import { durationSeconds, formatDuration } from '../../../values/duration.ts'
import { formatFloat } from '../../../values/number-text.ts'
import {
  addQuantities, decimalQuantity, formatQuantity, parseQuantity, quantityOf, quantityToFloat, subtractQuantities, type Quantity,
} from '../../../values/quantity.ts'
import { parseOperand, type Operand } from '../arithmetic-operand.ts'
import { failure } from '../failure.ts'
import { define } from '../function-row.ts'
import { ObjectList, type Value } from '../value.ts'

const note = 'numbers, quantities ("1Gi", "100m") or durations ("1h30m")'

/** Arithmetic on numbers, quantities and durations. */
export const arithmetic = [
  define({ name: 'add', parameters: ['any', 'any'], returns: 'any', summary: `adds two ${note} of the same kind`, implementation: ([a, b]) => add(a, b, 'add') }),
  define({
    name: 'sum', parameters: ['array'], returns: 'any', summary: `adds up a list of ${note} of the same kind`,
    implementation: ([items]) => {
      const [first, ...rest] = items
      if (items instanceof ObjectList) throw mismatch('sum')
      if (first === undefined) throw failure('sum', 'the list is empty')
      return rest.reduce<Value>((total, item) => add(total, item, 'sum'), first)
    },
  }),
  define({
    name: 'subtract', parameters: ['any', 'any'], returns: 'any', summary: `subtracts two ${note} of the same kind`,
    implementation: ([a, b]) => {
      const [left, right] = operands(a, b, 'subtract')
      if (left.kind === 'quantity' && right.kind === 'quantity') return formatQuantity(subtractQuantities(left.value, right.value))
      if (left.kind === 'duration' && right.kind === 'duration') return wrapped(left.value - right.value)
      if (left.kind === 'scalar' && right.kind === 'scalar') return left.value - right.value
      throw mismatch('subtract')
    },
  }),
  define({
    name: 'multiply', parameters: ['any', 'any'], returns: 'any', summary: 'multiplies a number, quantity or duration with a number',
    implementation: ([a, b]) => {
      const [left, right] = operands(a, b, 'multiply')
      if (right.kind === 'scalar') return scale(left, right.value)
      if (left.kind === 'scalar') return scale(right, left.value)
      throw mismatch('multiply')
    },
  }),
  define({
    name: 'divide', parameters: ['any', 'any'], returns: 'any', summary: `divides two ${note} of the same kind, or one of them by a number`,
    implementation: ([a, b]) => {
      const [left, right] = operands(a, b, 'divide')
      if (right.kind === 'scalar') return divideByScalar(left, right.value)
      if (left.kind !== right.kind) throw mismatch('divide')
      const divisor = magnitude(right)
      if (divisor === 0) throw failure('divide', 'the divisor is zero')
      return magnitude(left) / divisor
    },
  }),
  define({
    name: 'modulo', parameters: ['any', 'any'], returns: 'any', summary: `the remainder of dividing two ${note} of the same kind, which must be whole`,
    implementation: ([a, b]) => {
      const [left, right] = operands(a, b, 'modulo')
      if (left.kind !== right.kind) throw mismatch('modulo')
      if (left.kind === 'duration' && right.kind === 'duration') return formatDuration(remainder(left.value, right.value))
      const result = remainder(whole(magnitude(left)), whole(magnitude(right)))
      return left.kind === 'quantity' ? formatQuantity(quantityOf(result, left.value.format)) : Number(result)
    },
  }),
  define({
    name: 'round', parameters: ['number', 'number'], returns: 'number', summary: 'rounds a number to so many decimal places, halves away from zero',
    implementation: ([value, places]) => {
      if (!Number.isInteger(places) || places < 0 || places >= 2 ** 63) throw failure('round', 'the number of places must be a whole number, zero or more')
      const shift = 10 ** places
      const shifted = value * shift
      return (Math.sign(shifted) * Math.round(Math.abs(shifted))) / shift
    },
  }),
] as const

function operands(a: Value, b: Value, name: string): [Operand, Operand] {
  return [parseOperand(a, name), parseOperand(b, name)]
}

function mismatch(name: string): Error {
  return failure(name, 'the operands are of different kinds')
}

function add(a: Value, b: Value, name: string): string | number {
  const [left, right] = operands(a, b, name)
  if (left.kind === 'quantity' && right.kind === 'quantity') return formatQuantity(addQuantities(left.value, right.value))
  if (left.kind === 'duration' && right.kind === 'duration') return wrapped(left.value + right.value)
  if (left.kind === 'scalar' && right.kind === 'scalar') return left.value + right.value
  throw mismatch(name)
}

/** A duration is an int64 and overflows as one. */
function wrapped(nanoseconds: bigint): string {
  return formatDuration(BigInt.asIntN(64, nanoseconds))
}

function scale(operand: Operand, factor: number): string | number {
  if (operand.kind === 'scalar') return operand.value * factor
  if (operand.kind === 'duration') return secondsText(durationSeconds(operand.value) * factor)
  const { unscaled, exponent } = scalarQuantity(factor, 'multiply')
  const product = { unscaled: operand.value.unscaled * unscaled, exponent: operand.value.exponent + exponent }
  return formatQuantity(decimalQuantity(product, operand.value.format))
}

function divideByScalar(operand: Operand, divisor: number): string | number {
  if (operand.kind === 'scalar' || operand.kind === 'duration') {
    if (divisor === 0) throw failure('divide', 'the divisor is zero')
    return operand.kind === 'scalar' ? operand.value / divisor : secondsText(durationSeconds(operand.value) / divisor)
  }
  if (divisor === 0) throw failure('divide', 'the divisor is zero')
  return formatQuantity(decimalQuantity(quotient(operand.value, scalarQuantity(divisor, 'divide')), operand.value.format))
}

/** Cut off at the finer of the two exponents. */
function quotient(dividend: Decimal, divisor: Decimal): Decimal {
  const exponent = Math.min(dividend.exponent, divisor.exponent)
  const shift = dividend.exponent - divisor.exponent - exponent
  const unscaled = shift >= 0 ? (dividend.unscaled * pow10(shift)) / divisor.unscaled : dividend.unscaled / (divisor.unscaled * pow10(-shift))
  return { unscaled, exponent }
}

/** Kyverno takes a number through its text, so that 1e6 counts in millions. */
function scalarQuantity(value: number, name: string): Quantity {
  const quantity = parseQuantity(formatFloat(value, 'g'))
  if (quantity === undefined) throw failure(name, 'the number is not finite')
  return quantity
}

/** Go's conversion of a float64 to a Duration; what does not fit becomes the smallest int64. */
function secondsText(seconds: number): string {
  const nanoseconds = Math.trunc(seconds * 1e9)
  return formatDuration(Math.abs(nanoseconds) < 2 ** 63 ? BigInt(nanoseconds) : -(2n ** 63n))
}

function magnitude(operand: Operand): number {
  if (operand.kind === 'scalar') return operand.value
  return operand.kind === 'quantity' ? quantityToFloat(operand.value) : durationSeconds(operand.value)
}

function whole(value: number): bigint {
  if (!Number.isInteger(value) || value >= 2 ** 63 || value < -(2 ** 63)) throw failure('modulo', 'an operand is not a whole number')
  return BigInt(value)
}

function remainder(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw failure('modulo', 'the divisor is zero')
  return dividend % divisor
}
