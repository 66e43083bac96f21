// Counterpart: gojq func.go (numbers)
import { isNumber, parseNumber, toFloat } from '../numbers.ts'
import { fail } from '../failure.ts'
import type { JqValue } from '../syntax.ts'
import { notApplicable, notApplicableBecause, type PlainFunction, type PlainFunctions } from './table.ts'

function numbersOf(name: string, values: readonly JqValue[]): number[] {
  return values.map((value) => {
    const number = toFloat(value)
    if (number === undefined) throw notApplicable(name, value)
    return number
  })
}

const roundHalfAway = (x: number): number => (x < 0 ? -Math.round(-x) : Math.round(x))

function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rest !== 0.5) return Math.round(x)
  return floor % 2 === 0 ? floor : floor + 1
}

/** A number as `fraction × 2^exponent`, the fraction from a half up to one. */
function frexp(x: number): [fraction: number, exponent: number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0]
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1)
  let fraction = x * 2 ** -exponent
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2
    exponent--
  }
  while (Math.abs(fraction) >= 1) {
    fraction /= 2
    exponent++
  }
  return [fraction, exponent]
}

function ldexp(x: number, exponent: number): number {
  const whole = Math.trunc(exponent)
  const half = Math.trunc(whole / 2)
  return x * 2 ** half * 2 ** (whole - half)
}

function signedZero(x: number): number {
  return x < 0 || Object.is(x, -0) ? -0 : 0
}

function remainder(x: number, y: number): number {
  if (!Number.isFinite(x) || Number.isNaN(y) || y === 0) return NaN
  if (!Number.isFinite(y)) return x
  const result = x - y * roundHalfEven(x / y)
  return result === 0 ? signedZero(x) : result
}

function nextAfter(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  if (x === y) return x
  if (x === 0) return y > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, x)
  view.setBigInt64(0, view.getBigInt64(0) + ((y > x) === (x > 0) ? 1n : -1n))
  return view.getFloat64(0)
}

const unary: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin, cos: Math.cos, tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan,
  sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, asinh: Math.asinh, acosh: Math.acosh, atanh: Math.atanh,
  floor: Math.floor, ceil: Math.ceil, trunc: Math.trunc, fabs: Math.abs, round: roundHalfAway, nearbyint: roundHalfEven, rint: roundHalfEven,
  sqrt: Math.sqrt, cbrt: Math.cbrt, exp: Math.exp, exp2: (x) => 2 ** x, exp10: (x) => 10 ** x, expm1: Math.expm1,
  log: Math.log, log2: Math.log2, log10: Math.log10, log1p: Math.log1p,
  logb: (x) => (x === 0 ? -Infinity : Number.isFinite(x) ? frexp(x)[1] - 1 : Math.abs(x)),
  significand: (x) => frexp(x)[0] * 2,
}

const binary: Readonly<Record<string, (x: number, y: number) => number>> = {
  atan2: Math.atan2, hypot: Math.hypot, pow: Math.pow, fmod: (x, y) => x % y, ldexp, scalb: ldexp, scalbln: ldexp,
  copysign: (x, y) => (Object.is(Math.sign(y), -0) || y < 0 ? -Math.abs(x) : Math.abs(x)),
  fdim: (x, y) => (x <= y ? 0 : x - y),
  fmax: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)),
  fmin: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)),
  drem: remainder, remainder, nextafter: nextAfter, nexttoward: nextAfter,
}

/** Functions of gojq that no document field needs; they are known, so that a query with one compiles as it does there, and fail when called. */
const absent: Readonly<Record<string, number>> = {
  gamma: 0, tgamma: 0, lgamma: 0, erf: 0, erfc: 0, j0: 0, j1: 0, y0: 0, y1: 0, jn: 2, yn: 2,
}

function isNormal(value: JqValue): boolean {
  const number = toFloat(value)
  return number !== undefined && Number.isFinite(number) && Math.abs(number) >= 2 ** -1022
}

const isNan: PlainFunction = (input) => {
  if (input === null) return false
  const [number] = numbersOf('isnan', [input])
  return Number.isNaN(number)
}

const toNumber: PlainFunction = (input) => {
  if (isNumber(input)) return input
  if (typeof input !== 'string') throw notApplicable('tonumber', input)
  if (!/^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(input)) throw notApplicableBecause('invalid number', 'tonumber', input)
  return parseNumber(input)
}

const absolute: PlainFunction = (input) => {
  if (!isNumber(input)) throw notApplicable('abs', input)
  return typeof input === 'bigint' ? (input < 0n ? -input : input) : Math.abs(input)
}

export const mathFunctions: PlainFunctions = {
  ...Object.fromEntries(Object.entries(unary).map(([name, compute]): [string, PlainFunction] => [`${name}/0`, (input) => compute(numbersOf(name, [input])[0] as number)])),
  ...Object.fromEntries(Object.entries(binary).map(([name, compute]): [string, PlainFunction] => [`${name}/2`, (_, ...args) => {
    const [x, y] = numbersOf(name, args) as [number, number]
    return compute(x, y)
  }])),
  ...Object.fromEntries(Object.entries(absent).map(([name, arity]): [string, PlainFunction] => [`${name}/${arity}`, () => {
    throw fail(() => `${name} is not supported`)
  }])),
  'fma/3': (_, ...args) => {
    const [x, y, z] = numbersOf('fma', args) as [number, number, number]
    return x * y + z
  },
  'frexp/0': (input) => {
    const [fraction, exponent] = frexp(numbersOf('frexp', [input])[0] as number)
    return [fraction, BigInt(exponent)]
  },
  'modf/0': (input) => {
    const [number] = numbersOf('modf', [input]) as [number]
    return Number.isFinite(number) || Number.isNaN(number) ? [number - Math.trunc(number), Math.trunc(number)] : [signedZero(number), number]
  },
  'abs/0': absolute,
  'tonumber/0': toNumber,
  'infinite/0': () => Infinity,
  'nan/0': () => NaN,
  'isnan/0': isNan,
  'isfinite/0': (input) => isNumber(input) && (typeof input === 'bigint' || Math.abs(input) !== Infinity),
  'isinfinite/0': (input) => typeof input === 'number' && Math.abs(input) === Infinity,
  'isnormal/0': isNormal,
}
