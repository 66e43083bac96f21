// Counterpart: gojq operator.go
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject } from '../../model/json.ts'
import { compareValues } from './compare.ts'
import { describe, preview } from './encode.ts'
import { fail, type JqFailure } from './failure.ts'
import { isNumber, toFloat, toInt } from './numbers.ts'
import type { BinaryOperator, JqValue } from './syntax.ts'

/** Texts and lists beyond this are not made. */
const maxSize = 16_000_000

function assertSize(size: number): void {
  if (size > maxSize) throw new EvaluationError('LIMIT_EXCEEDED', `the query makes a value of more than ${maxSize} items or characters`)
}

function mismatch(verb: string, left: JqValue, right: JqValue): JqFailure {
  return fail(() => `cannot ${verb}: ${describe(left)} and ${describe(right)}`)
}

type Arithmetic = (left: JqValue, right: JqValue) => JqValue

function areInts(left: JqValue, right: JqValue): boolean {
  return typeof left === 'bigint' && typeof right === 'bigint'
}

export const add: Arithmetic = (left, right) => {
  if (isNumber(left) && isNumber(right)) return areInts(left, right) ? (left as bigint) + (right as bigint) : Number(left) + Number(right)
  if (typeof left === 'string' && typeof right === 'string') return concatenateTexts(left, right)
  if (isJsonArray(left) && isJsonArray(right)) return concatenate(left, right)
  if (isJsonObject(left) && isJsonObject(right)) return join(left, right)
  if (left === null) return right
  if (right === null) return left
  throw mismatch('add', left, right)
}

function concatenateTexts(left: string, right: string): string {
  assertSize(left.length + right.length)
  return left + right
}

function join(left: JsonObject, right: JsonObject): JsonObject {
  if (Object.keys(left).length === 0) return right
  return Object.keys(right).length === 0 ? left : { ...left, ...right }
}

/** One of them itself where the other is empty: `path(. + [])` is a path. */
function concatenate(left: readonly JqValue[], right: readonly JqValue[]): JqValue {
  if (left.length === 0) return right
  if (right.length === 0) return left
  assertSize(left.length + right.length)
  return [...left, ...right]
}

const subtract: Arithmetic = (left, right) => {
  if (isNumber(left) && isNumber(right)) return areInts(left, right) ? (left as bigint) - (right as bigint) : Number(left) - Number(right)
  if (isJsonArray(left) && isJsonArray(right)) return left.filter((item) => !right.some((other) => compareValues(item, other) === 0))
  throw mismatch('subtract', left, right)
}

const multiply: Arithmetic = (left, right) => {
  if (isNumber(left) && isNumber(right)) return areInts(left, right) ? (left as bigint) * (right as bigint) : Number(left) * Number(right)
  if (isJsonObject(left) && isJsonObject(right)) return mergeDeeply(left, right)
  if (typeof left === 'string' && isNumber(right)) return repeat(left, Number(right))
  if (typeof right === 'string' && isNumber(left)) return repeat(right, Number(left))
  throw mismatch('multiply', left, right)
}

function mergeDeeply(left: JsonObject, right: JsonObject): JsonObject {
  const merged: Record<string, JqValue> = { ...left }
  for (const key of Object.keys(right)) {
    const [before, value] = [Object.hasOwn(merged, key) ? merged[key] : undefined, right[key] as JqValue]
    const result = isJsonObject(before) && isJsonObject(value) ? mergeDeeply(before, value) : value
    Object.defineProperty(merged, key, { value: result, writable: true, enumerable: true, configurable: true })
  }
  return merged
}

function repeat(text: string, count: number): JqValue {
  if (count < 0 || Number.isNaN(count)) return null
  const times = Math.trunc(Math.min(count, 2 ** 31 - 1))
  if (Buffer.byteLength(text) * times >= 2 ** 31 - 1) throw fail(() => `repeat string result too large: ${preview(text)} * ${preview(count)}`)
  assertSize(text.length * times)
  return text.repeat(times)
}

const divide: Arithmetic = (left, right) => {
  if (isNumber(left) && isNumber(right)) return divideNumbers(left, right)
  if (typeof left === 'string' && typeof right === 'string') return left === '' ? [] : splitText(left, right)
  throw mismatch('divide', left, right)
}

/** As Go's strings.Split: an empty separator cuts into characters. */
export function splitText(text: string, separator: string): string[] {
  return separator === '' ? [...text] : text.split(separator)
}

function divideNumbers(left: number | bigint, right: number | bigint): JqValue {
  if (Number(right) === 0) throw fail(() => `cannot divide ${describe(left)} by: ${describe(right)}`)
  if (typeof left === 'bigint' && typeof right === 'bigint' && left % right === 0n) return left / right
  return Number(left) / Number(right)
}

const modulo: Arithmetic = (left, right) => {
  if (!isNumber(left) || !isNumber(right)) throw mismatch('modulo', left, right)
  if (Number.isNaN(left) || Number.isNaN(right)) return NaN
  const ints = typeof left === 'bigint' && typeof right === 'bigint'
  const [a, b] = ints ? [left, right] : [toInt(toFloat(left) as number) as bigint, toInt(toFloat(right) as number) as bigint]
  if (b === 0n) throw fail(() => `cannot modulo ${describe(left)} by: ${describe(right)}`)
  return a % b
}

/** Operators that compute one value of two. */
export const binaryOperators: Readonly<Record<BinaryOperator, Arithmetic>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': modulo,
  '==': (left, right) => compareValues(left, right) === 0,
  '!=': (left, right) => compareValues(left, right) !== 0,
  '<': (left, right) => compareValues(left, right) < 0,
  '<=': (left, right) => compareValues(left, right) <= 0,
  '>': (left, right) => compareValues(left, right) > 0,
  '>=': (left, right) => compareValues(left, right) >= 0,
}

/** `+x` and `-x`. */
export function applySign(value: JqValue, negative: boolean): JqValue {
  if (!isNumber(value)) throw fail(() => `cannot ${negative ? 'negate' : 'plus'}: ${describe(value)}`)
  return negative ? -value : value
}
