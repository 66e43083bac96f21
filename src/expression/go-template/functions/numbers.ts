// Sprig: numeric.go
import type { TemplateValue } from '../value.ts'
import { castToFloat, castToInteger } from './casts.ts'
import { failure } from './failure.ts'
import { fixed, variadic, type TemplateFunction } from './template-function.ts'

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value)

function integers(operation: (left: bigint, right: bigint) => bigint): (first: TemplateValue, rest: readonly TemplateValue[]) => bigint {
  return (first, rest) => rest.reduce<bigint>((result, value) => wrap(operation(result, castToInteger(value))), castToInteger(first))
}

function floats(operation: (left: number, right: number) => number): (first: TemplateValue, rest: readonly TemplateValue[]) => number {
  return (first, rest) => rest.reduce<number>((result, value) => decimal(operation(result, castToFloat(value))), castToFloat(first))
}

/** sprig computes in decimals: 0.1 and 0.2 are 0.3. */
function decimal(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : value
}

function nonZero(value: TemplateValue): bigint {
  const divisor = castToInteger(value)
  if (divisor === 0n) throw failure('runtime error: integer divide by zero')
  return divisor
}

const most = variadic(['any'], 'any', ([first], rest) => integers((left, right) => (right > left ? right : left))(first, rest))

/** Arithmetic: whole numbers without `f`, floats with it. Whatever is no number is zero. */
export const numbers: Readonly<Record<string, TemplateFunction>> = {
  add: variadic([], 'any', (_, values) => integers((left, right) => left + right)(0n, values)),
  add1: fixed(['any'], (value) => wrap(castToInteger(value) + 1n)),
  sub: fixed(['any', 'any'], (left, right) => wrap(castToInteger(left) - castToInteger(right))),
  mul: variadic(['any'], 'any', ([first], rest) => integers((left, right) => left * right)(first, rest)),
  div: fixed(['any', 'any'], (left, right) => wrap(castToInteger(left) / nonZero(right))),
  mod: fixed(['any', 'any'], (left, right) => castToInteger(left) % nonZero(right)),
  max: most, biggest: most,
  min: variadic(['any'], 'any', ([first], rest) => integers((left, right) => (right < left ? right : left))(first, rest)),
  addf: variadic([], 'any', (_, values) => floats((left, right) => left + right)(0, values)),
  add1f: fixed(['any'], (value) => floats((left, right) => left + right)(value, [1])),
  subf: variadic(['any'], 'any', ([first], rest) => floats((left, right) => left - right)(first, rest)),
  mulf: variadic(['any'], 'any', ([first], rest) => floats((left, right) => left * right)(first, rest)),
  divf: variadic(['any'], 'any', ([first], rest) => floats(divide)(first, rest)),
  maxf: variadic(['any'], 'any', ([first], rest) => Math.max(castToFloat(first), ...rest.map(castToFloat))),
  minf: variadic(['any'], 'any', ([first], rest) => Math.min(castToFloat(first), ...rest.map(castToFloat))),
  floor: fixed(['any'], (value) => Math.floor(castToFloat(value))),
  ceil: fixed(['any'], (value) => Math.ceil(castToFloat(value))),
  round: variadic(['any', 'int'], 'float', ([value, places], [roundOn = 0.5]) => round(castToFloat(value), Number(places), roundOn)),
}

function divide(left: number, right: number): number {
  if (right === 0) throw failure('decimal division by 0')
  return left / right
}

function round(value: number, places: number, roundOn: number): number {
  const power = 10 ** places
  const digit = power * value
  return (digit - Math.trunc(digit) >= roundOn ? Math.ceil(digit) : Math.floor(digit)) / power
}
