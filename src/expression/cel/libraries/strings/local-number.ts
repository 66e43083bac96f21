// golang.org/x/text/message: how its printer writes `%f` and `%e` in English, which is what cel-go's `format` uses before version 4.
import { formatFloat } from '../../../../values/number-text.ts'

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return undefined
  return value < 0 ? '-∞' : '∞'
}

/** `1,234.50`. The least number of decimals is kept in a byte there, so of 257 decimals all but one are shown only if they are not zero. */
export function localDecimal(value: number, precision: number): string {
  const text = special(value)
  if (text !== undefined) return text
  const [whole = '', decimals = ''] = formatFloat(Math.abs(value), 'f', { precision }).split('.')
  const shown = decimals.slice(0, precision & 0xff) + decimals.slice(precision & 0xff).replace(/0+$/, '')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return `${value < 0 ? '-' : ''}${grouped}${shown === '' ? '' : `.${shown}`}`
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** `1.234500×10⁰³`, always with six decimals: cel-go hands the precision over as the width. */
export function localScientific(value: number, width: number): string {
  return (special(value) ?? scientific(value)).padStart(width)
}

function scientific(value: number): string {
  const [mantissa = '', exponent = ''] = formatFloat(Math.abs(value), 'e', { precision: 6 }).split('e')
  const digits = exponent.slice(1).replace(/\d/g, (digit) => superscripts[Number(digit)] ?? '')
  return `${value < 0 ? '-' : ''}${mantissa}×10${exponent.startsWith('-') ? '⁻' : ''}${digits}`
}
