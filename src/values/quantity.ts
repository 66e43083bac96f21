// Kubernetes: apimachinery pkg/api/resource/quantity.go, amount.go

import { compareDecimals, decimalDigits, fitsInt64, pow10, rescaleAwayFromZero, type Decimal } from './decimal.ts'
import { Memo } from './memo.ts'
import { interpretSuffix, quantitySuffix, type QuantityFormat } from './quantity-suffix.ts'

/** The exact value unscaled × 10^exponent, and how it was and will be written. */
export interface Quantity extends Decimal {
  /** Kubernetes keeps small amounts as an int64 and others as a big decimal; a few answers depend on which it is. */
  readonly wide: boolean
  readonly format: QuantityFormat
  /** As parsed, where Kubernetes prints that again unchanged. */
  readonly text?: string
}

/** A number may be missing altogether: to Kubernetes `m` and `.` are zero. */
const quantityPattern = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/
const nano = -9
const maxInt64 = (1n << 63n) - 1n
/** Beyond this an exponent only serves to exhaust memory (Go's does). */
const maxExponent = 100_000

/** The same few amounts stand in all manifests. */
const parsed = new Memo(1000, parseOnce)
const longestRemembered = 20

/** Reads a quantity such as `100m`, `1.5Gi` or `1e3`; undefined if it is none. */
export function parseQuantity(text: string): Quantity | undefined {
  return text.length > longestRemembered ? parseOnce(text) : parsed.get(text)
}

function parseOnce(text: string): Quantity | undefined {
  const parts = text === '' ? null : quantityPattern.exec(text)
  if (parts === null) return undefined
  const [, sign = '', whole = '', fraction = '', suffix = ''] = parts
  if (text === '0') return { unscaled: 0n, exponent: 0, wide: false, format: 'DecimalSI', text }
  const number = { negative: sign === '-', whole: whole.replace(/^0+/, '') || '0', fraction, hasDigits: whole + fraction !== '' }
  return assemble(number, suffix, text)
}

interface ScannedNumber {
  readonly negative: boolean
  readonly whole: string
  readonly fraction: string
  readonly hasDigits: boolean
}

function assemble(number: ScannedNumber, suffix: string, text: string): Quantity | undefined {
  const unit = interpretSuffix(suffix)
  if (unit === undefined) return undefined
  const { format, exponent } = unit
  const places = number.fraction.length
  const digits = number.whole + number.fraction
  const scale = (format === 'BinarySI' ? 0 : exponent) - places
  if (precision(format, exponent, number) >= 0 && scale >= nano) {
    const amount = BigInt(digits) * (format === 'BinarySI' ? 1n << BigInt(exponent) : 1n)
    if (fitsInt64(amount)) {
      const value = { unscaled: number.negative ? -amount : amount, exponent: scale, wide: false, format }
      return printsUnchanged(format, format === 'BinarySI' ? exponent : scale, digits) ? { ...value, text } : value
    }
  }
  return number.hasDigits ? assembleWide(number, unit) : undefined
}

/** Digits to spare in an int64. Negative means that Kubernetes takes the slow road. */
function precision(format: QuantityFormat, exponent: number, { whole, fraction }: ScannedNumber): number {
  if (format !== 'BinarySI') return 18 - whole.length - fraction.length
  return fraction === '' ? 15 - whole.length - Math.trunc(Math.fround(Math.fround(exponent * 3) / 10)) - 1 : -1
}

function printsUnchanged(format: QuantityFormat, exponent: number, digits: string): boolean {
  if (format === 'BinarySI') return exponent % 10 === 0 && (BigInt(digits) & 7n) !== 0n
  return exponent % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0')
}

function assembleWide({ negative, whole, fraction }: ScannedNumber, unit: { format: QuantityFormat; exponent: number }): Quantity | undefined {
  const binary = unit.format === 'BinarySI'
  const unscaled = BigInt(whole + fraction) * (binary ? 1n << BigInt(unit.exponent) : 1n)
  const exponent = (binary ? 0 : unit.exponent) - fraction.length
  if (unscaled === 0n) return { unscaled, exponent: Math.max(exponent, -maxExponent), wide: true, format: unit.format }
  if (exponent > maxExponent) return undefined
  // Rounds up to whole billionths: who asks for something gets something.
  let amount: Decimal = { unscaled: rescaleAwayFromZero({ unscaled, exponent }, nano), exponent: nano }
  if (binary && compareDecimals(amount, { unscaled: maxInt64, exponent: 0 }) > 0) amount = { unscaled: maxInt64, exponent: 0 }
  const fractional = binary && amount.exponent === nano && amount.unscaled < pow10(9)
  return {
    unscaled: negative ? -amount.unscaled : amount.unscaled, exponent: amount.exponent, wide: true,
    format: fractional ? 'DecimalSI' : unit.format,
  }
}

/** A quantity of whole units. */
export function quantityOf(value: bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
  return { unscaled: value, exponent: 0, wide: false, format }
}

/** A quantity from an exact decimal, as Kubernetes' NewDecimalQuantity. */
export function decimalQuantity(value: Decimal, format: QuantityFormat): Quantity {
  return { unscaled: value.unscaled, exponent: value.exponent, wide: true, format }
}

/** Orders two quantities by value. */
export function compareQuantities(left: Quantity, right: Quantity): -1 | 0 | 1 {
  return compareDecimals(left, right)
}

/** -1, 0 or 1. */
export function quantitySign({ unscaled }: Quantity): -1 | 0 | 1 {
  return unscaled === 0n ? 0 : unscaled < 0n ? -1 : 1
}

/** The canonical text: no fraction, and the largest suffix that loses nothing. */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text
  if (quantity.unscaled === 0n) return '0'
  if (quantity.format === 'BinarySI' && printsBinary(quantity)) return binaryText(quantity)
  const format = quantity.format === 'BinarySI' ? 'DecimalSI' : quantity.format
  let { digits, exponent } = decimalDigits(quantity)
  while (exponent % 3 !== 0) {
    digits += '0'
    exponent--
  }
  return `${quantity.unscaled < 0n ? '-' : ''}${digits}${quantitySuffix(format, exponent)}`
}

function printsBinary(quantity: Quantity): boolean {
  const small = compareDecimals(quantity, { unscaled: -1024n, exponent: 0 }) > 0 && compareDecimals(quantity, { unscaled: 1024n, exponent: 0 }) < 0
  if (small) return false
  return quantity.exponent >= 0 || quantity.unscaled % pow10(-quantity.exponent) === 0n
}

function binaryText(quantity: Quantity): string {
  let amount = rescaleAwayFromZero(quantity, 0)
  let exponent = 0
  while (amount % 1024n === 0n) {
    amount /= 1024n
    exponent += 10
  }
  return `${amount}${quantitySuffix('BinarySI', exponent)}`
}

/** The same amount with no digit below 10^exponent: away from zero where digits are lost. */
export function roundQuantity(quantity: Quantity, exponent: number): Quantity {
  return quantity.exponent >= exponent ? quantity : { ...withoutText(quantity), unscaled: rescaleAwayFromZero(quantity, exponent), exponent }
}

/** The sum; zero takes the other's format. */
export function addQuantities(left: Quantity, right: Quantity): Quantity {
  const format = left.unscaled === 0n ? right.format : left.format
  if (!left.wide && !right.wide) {
    if (right.unscaled === 0n) return { ...withoutText(left), format }
    if (left.unscaled === 0n) return { ...withoutText(right), format }
  }
  const exponent = Math.min(left.exponent, right.exponent)
  const [a, b] = [rescaleAwayFromZero(left, exponent), rescaleAwayFromZero(right, exponent)]
  const wide = left.wide || right.wide || ![a, b, a + b].every(fitsInt64)
  return { unscaled: a + b, exponent, wide, format }
}

/** The difference; zero takes the other's format. */
export function subtractQuantities(left: Quantity, right: Quantity): Quantity {
  return addQuantities(left, negateQuantity(right))
}

/** The same amount with the other sign. */
export function negateQuantity(quantity: Quantity): Quantity {
  return { ...withoutText(quantity), unscaled: -quantity.unscaled }
}

function withoutText({ unscaled, exponent, wide, format }: Quantity): Quantity {
  return { unscaled, exponent, wide, format }
}

/** Kubernetes' Value(): whole units, rounded up; what does not fit an int64 comes out as Go's arithmetic leaves it. */
export function quantityValue(quantity: Quantity): bigint {
  return scaledValue(quantity, 0)
}

/** Kubernetes' MilliValue(): thousandths, rounded up. */
export function quantityMilliValue(quantity: Quantity): bigint {
  return scaledValue(quantity, -3)
}

function scaledValue(quantity: Quantity, exponent: number): bigint {
  const places = exponent - quantity.exponent
  if (!quantity.wide) {
    if (places < -40) return 0n
    const value = rescaleAwayFromZero(quantity, exponent)
    return fitsInt64(value) ? value : 0n
  }
  const { unscaled } = quantity
  if (places === 0) return BigInt.asIntN(64, unscaled)
  // int64(math.Pow10(n)) of what does not fit is the smallest int64 on amd64.
  if (places < 0) return BigInt.asIntN(64, BigInt.asIntN(64, unscaled) * (-places <= 18 ? pow10(-places) : -(1n << 63n)))
  const divisor = pow10(places)
  const fast = unscaled < maxInt64 && places < 19
  const dividend = fast ? BigInt.asIntN(64, unscaled) : unscaled
  const remainder = dividend % divisor
  const floored = !fast && remainder < 0n ? dividend / divisor - 1n : dividend / divisor
  return BigInt.asIntN(64, remainder === 0n ? floored : floored + 1n)
}

/** Kubernetes' AsInt64(): the exact whole value, where the quantity is kept as one. */
export function quantityToInt64(quantity: Quantity): bigint | undefined {
  if (quantity.wide || quantity.exponent < 0) return undefined
  if (quantity.exponent === 0) return quantity.unscaled
  if (quantity.unscaled === 0n) return 0n
  if (quantity.exponent > 18) return undefined
  const value = quantity.unscaled * pow10(quantity.exponent)
  return fitsInt64(value) ? value : undefined
}

/** Kubernetes' AsApproximateFloat64(). */
export function quantityToFloat(quantity: Quantity): number {
  const base = Number(quantity.unscaled)
  return quantity.exponent === 0 ? base : base * floatPow10(quantity.exponent)
}

/** As Go's math.Pow10: the product (or quotient) of two table entries, whose rounding is part of the answer. */
function floatPow10(exponent: number): number {
  if (exponent < -323) return 0
  if (exponent > 308) return Infinity
  const size = Math.abs(exponent)
  const [steps, rest] = [Math.trunc(size / 32) * 32, size % 32]
  return exponent >= 0 ? Number(`1e${steps}`) * Number(`1e${rest}`) : Number(`1e-${steps}`) / Number(`1e${rest}`)
}

/** The value as a plain decimal text. */
export function quantityDecimalText({ unscaled, exponent }: Quantity): string {
  if (exponent >= 0) return (unscaled * pow10(exponent)).toString()
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(1 - exponent, '0')
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, exponent)}.${digits.slice(exponent)}`
}
