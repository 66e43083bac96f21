// Go: strconv.FormatFloat, encoding/json's floatEncoder

/** Go's verbs: `e` and `E` always with an exponent, `f` never, `g` the shorter of the two. */
export type FloatVerb = 'e' | 'E' | 'f' | 'g'

export interface FloatFormat {
  /** Digits after the point (`e`, `f`) or in all (`g`); absent: as few as identify the number. */
  readonly precision?: number
  /** 32 prints the number as a float32. */
  readonly bits?: 32 | 64
}

/** As `strconv.FormatFloat(value, verb, precision, bits)`. */
export function formatFloat(value: number, verb: FloatVerb, format: FloatFormat = {}): string {
  const number = format.bits === 32 ? Math.fround(value) : value
  if (Number.isNaN(number)) return 'NaN'
  if (!Number.isFinite(number)) return number > 0 ? '+Inf' : '-Inf'
  const sign = number < 0 || Object.is(number, -0) ? '-' : ''
  const amount = Math.abs(number)
  return sign + (format.precision === undefined ? shortestText(amount, verb, format.bits ?? 64) : preciseText(amount, verb, format.precision))
}

function shortestText(amount: number, verb: FloatVerb, bits: 32 | 64): string {
  const decimal = shortest(amount, bits)
  if (verb === 'f') return positional(decimal)
  return verb === 'g' ? general(decimal, undefined) : scientific(decimal, verb)
}

function preciseText(amount: number, verb: FloatVerb, precision: number): string {
  if (verb === 'f') return fixed(amount, precision)
  if (verb === 'g') return general(rounded(amount, Math.max(precision, 1)), Math.max(precision, 1))
  return scientific(rounded(amount, precision + 1), verb)
}

/** As encoding/json writes a float64. */
export function formatJsonNumber(value: number): string {
  const amount = Math.abs(value)
  if (amount !== 0 && (amount < 1e-6 || amount >= 1e21)) return formatFloat(value, 'e').replace(/e-0(\d)$/, 'e-$1')
  return formatFloat(value, 'f')
}

/** d.ddd × 10^exponent. */
interface Decimal {
  readonly digits: string
  readonly exponent: number
}

function fromExponential(text: string): Decimal {
  const at = text.indexOf('e')
  return { digits: text.slice(0, at).replace('.', ''), exponent: Number(text.slice(at + 1)) }
}

function shortest(amount: number, bits: 32 | 64): Decimal {
  if (bits === 64) return fromExponential(amount.toExponential())
  for (let digits = 0; digits < 9; digits++) {
    const text = amount.toExponential(digits)
    if (Math.fround(Number(text)) === amount) return fromExponential(text)
  }
  return fromExponential(amount.toExponential())
}

/** Rounds exactly and half to even, as Go does; JavaScript's own methods stop at 101 digits and round halves up. */
function rounded(amount: number, significant: number): Decimal {
  const exact = exactDecimal(amount)
  if (exact.digits.length <= significant) return { digits: exact.digits.padEnd(significant, '0'), exponent: exact.exponent }
  const kept = exact.digits.slice(0, significant)
  const next = exact.digits.charCodeAt(significant) - 48
  const half = next === 5 && /^0*$/.test(exact.digits.slice(significant + 1))
  const odd = significant > 0 && (exact.digits.charCodeAt(significant - 1) - 48) % 2 === 1
  if (next < 5 || (half && !odd)) return { digits: kept, exponent: exact.exponent }
  const raised = (BigInt(kept === '' ? '0' : kept) + 1n).toString().padStart(significant, '0')
  return raised.length > significant
    ? { digits: raised.slice(0, Math.max(significant, 1)), exponent: exact.exponent + 1 }
    : { digits: raised, exponent: exact.exponent }
}

/** Every digit of a double: it is a whole number times a power of two. */
function exactDecimal(amount: number): Decimal {
  if (amount === 0) return { digits: '0', exponent: 0 }
  const { mantissa, power } = parts(amount)
  const places = power < 0 ? -power : 0
  const digits = (power < 0 ? mantissa * 5n ** BigInt(places) : mantissa << BigInt(power)).toString()
  return { digits: digits.replace(/0+$/, ''), exponent: digits.length - 1 - places }
}

function parts(amount: number): { mantissa: bigint; power: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, amount)
  const bits = view.getBigUint64(0)
  const exponent = Number(bits >> 52n)
  const fraction = bits & ((1n << 52n) - 1n)
  return exponent === 0 ? { mantissa: fraction, power: -1074 } : { mantissa: fraction | (1n << 52n), power: exponent - 1075 }
}

function fixed(amount: number, precision: number): string {
  const exact = exactDecimal(amount)
  const significant = exact.exponent + 1 + precision
  if (significant < 0) return zeroFixed(precision)
  const decimal = rounded(amount, significant)
  if (/^0*$/.test(decimal.digits)) return zeroFixed(precision)
  const text = positional(decimal)
  const point = text.indexOf('.')
  if (precision === 0) return point < 0 ? text : text.slice(0, point)
  return (point < 0 ? `${text}.` : text).padEnd((point < 0 ? text.length : point) + 1 + precision, '0')
}

function zeroFixed(precision: number): string {
  return precision === 0 ? '0' : `0.${'0'.repeat(precision)}`
}

function positional({ digits, exponent }: Decimal): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, '0')
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
}

function scientific({ digits, exponent }: Decimal, verb: 'e' | 'E'): string {
  const size = Math.abs(exponent).toString().padStart(2, '0')
  return `${digits.slice(0, 1)}${digits.length > 1 ? `.${digits.slice(1)}` : ''}${verb}${exponent < 0 ? '-' : '+'}${size}`
}

function trimmed({ digits, exponent }: Decimal): Decimal {
  return { digits: digits.replace(/0+$/, '') || '0', exponent }
}

/** The exponent is used where the number does not fit the digits; of a shortest form Go assumes six. */
function general(decimal: Decimal, significant: number | undefined): string {
  const short = trimmed(decimal)
  const roomy = significant !== undefined && significant > short.digits.length && short.digits.length > short.exponent
  const threshold = significant === undefined ? 6 : roomy ? short.digits.length : significant
  return short.exponent < -4 || short.exponent >= threshold ? scientific(short, 'e') : positional(short)
}
