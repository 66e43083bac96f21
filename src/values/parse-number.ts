// Go: strconv.ParseInt, strconv.ParseFloat

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/
const special = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i

/** Reads decimal digits with an optional sign that fit an int64; undefined otherwise. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const digits = text.replace(/^([+-]?)0+(?=\d)/, '$1')
  if (digits.length > 20) return undefined
  const value = BigInt(digits.replace(/^\+/, ''))
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined
}

/** Reads a float64 as Go does (`1e3`, `1_000`, `0x1p3`, `inf`, `NaN`); undefined for what is none or does not fit. */
export function parseFloat64(text: string): number | undefined {
  const plain = text.includes('_') ? withoutUnderscores(text) : text
  if (plain === undefined) return undefined
  if (decimal.test(plain)) return finite(Number(plain))
  if (hexadecimal.test(plain)) return parseHexadecimal(plain)
  const word = special.exec(text)
  if (word === null) return undefined
  // NaN has no sign.
  if (word[2] === undefined) return word[1] === '' ? Number.NaN : undefined
  return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** An underscore stands between digits, or between the prefix `0x` and a digit. */
function withoutUnderscores(text: string): string | undefined {
  const isHex = /^[+-]?0[xX]/.test(text)
  const misplaced = isHex ? /_(?![0-9a-fA-F])|(?<![0-9a-fA-FxX])_/ : /_(?!\d)|(?<!\d)_/
  return misplaced.test(text) ? undefined : text.replaceAll('_', '')
}

function parseHexadecimal(text: string): number | undefined {
  const [, sign, whole = '', fraction = '', power = '0'] = hexadecimal.exec(text) ?? []
  const digits = whole + fraction
  // The length guard keeps an absurdly long literal from becoming an absurdly large bigint.
  if (digits === '' || digits.length > 1000) return undefined
  const value = scale(Number(BigInt(`0x${digits}`)), Number(power) - 4 * fraction.length)
  return finite(sign === '-' ? -value : value)
}

/** value × 2^power in steps that do not overflow before the result does. */
function scale(value: number, power: number): number {
  let [scaled, left] = [value, Math.max(-5000, Math.min(5000, power))]
  for (; left !== 0 && scaled !== 0 && Number.isFinite(scaled); left -= Math.sign(left) * Math.min(1000, Math.abs(left))) {
    scaled *= 2 ** (Math.sign(left) * Math.min(1000, Math.abs(left)))
  }
  return scaled
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}
