// cel-go: ext/formatting.go, ext/formatting_v2.go
import { goQuote } from '../../../../values/go-quote.ts'
import { formatFloat } from '../../../../values/number-text.ts'
import { compareText } from '../../../../values/text-order.ts'
import { CelMap, isMap, mapEntries, type AnyMap } from '../../values/map.ts'
import { runtimeType } from '../../values/runtime-type.ts'
import { formatSeconds, formatTimestamp } from '../../values/time-text.ts'
import { CelBoxed, CelBytes, CelDuration, CelTimestamp, CelTypeValue, CelUint, failure, isList, type CelValue } from '../../values/value.ts'
import { clauseErrors, type FormatClause } from './format-clauses.ts'
import { localDecimal, localScientific } from './local-number.ts'

/** How the versions of the library differ: before 4, numbers are written as in English text and what lists and maps hold as CEL literals. */
export interface FormatStyle {
  readonly isLiteral: boolean
}

/** Writes a value as a clause wants it. */
export function formatValue(value: CelValue, { letter, precision }: FormatClause, style: FormatStyle): string {
  switch (letter) {
    case 's': return formatText(value, style)
    case 'd': return formatDecimal(value, style)
    case 'f': return formatDouble(value, 'f', precision ?? 6, style)
    case 'e': return formatDouble(value, 'e', precision ?? 6, style)
    case 'b': return formatBinary(value)
    case 'o': return integerOf(value, 'o').toString(8)
    default: return letter === 'X' ? formatHexadecimal(value, letter).toUpperCase() : formatHexadecimal(value, letter)
  }
}

function wrongType(letter: FormatClause['letter'], value: CelValue): Error {
  return failure(`error during formatting: ${clauseErrors[letter]}${runtimeType(value).name}`)
}

function integerOf(value: CelValue, letter: FormatClause['letter']): bigint {
  if (typeof value === 'bigint') return value
  if (value instanceof CelUint) return value.value
  throw wrongType(letter, value)
}

function formatDecimal(value: CelValue, { isLiteral }: FormatStyle): string {
  return typeof value === 'number' && !isLiteral ? formatPlainDouble(value) : String(integerOf(value, 'd'))
}

function formatBinary(value: CelValue): string {
  return typeof value === 'boolean' ? String(Number(value)) : integerOf(value, 'b').toString(2)
}

function formatHexadecimal(value: CelValue, letter: 'x' | 'X'): string {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof CelBytes ? value.bytes : undefined
  if (bytes === undefined) return integerOf(value, letter).toString(16)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const numberTexts: ReadonlyMap<string, number> = new Map([['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity]])

function formatDouble(value: CelValue, letter: 'f' | 'e', precision: number, { isLiteral }: FormatStyle): string {
  const whole = !isLiteral && (typeof value === 'bigint' || value instanceof CelUint) ? Number(integerOf(value, letter)) : undefined
  const number = typeof value === 'number' ? value : whole ?? (isLiteral && typeof value === 'string' ? numberTexts.get(value) : undefined)
  if (number === undefined) throw wrongType(letter, value)
  if (isLiteral) return letter === 'f' ? localDecimal(number, precision) : localScientific(number, precision)
  return Number.isFinite(number) ? formatFloat(number, letter, { precision }) : formatPlainDouble(number)
}

function formatPlainDouble(value: number): string {
  return Number.isFinite(value) ? formatFloat(value, 'f') : String(value)
}

function formatText(value: CelValue, style: FormatStyle): string {
  if (isList(value)) return `[${value.map((item) => formatItem(item, style)).join(', ')}]`
  if (isMap(value)) return formatMap(value, style)
  const scalar = formatScalar(value, style)
  if (scalar === undefined) throw wrongType('s', value)
  return scalar
}

function formatScalar(value: CelValue, { isLiteral }: FormatStyle): string | undefined {
  if (typeof value === 'number') return isLiteral ? formatFloat(value, 'g') : formatPlainDouble(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof CelUint) return String(value.value)
  if (value instanceof CelBytes) return formatBytes(value, isLiteral)
  if (value instanceof CelDuration) return formatSeconds(value.nanoseconds)
  if (value instanceof CelTimestamp) return formatTimestamp(value.nanoseconds, isLiteral ? value.offset : 0)
  return value instanceof CelTypeValue ? value.represents.name : undefined
}

function formatBytes({ bytes }: CelBytes, isLiteral: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: isLiteral, ignoreBOM: true }).decode(bytes)
  } catch {
    throw failure('error during formatting: could not convert argument "invalid UTF-8 in bytes, cannot convert to string" to string')
  }
}

function formatMap(map: AnyMap, style: FormatStyle): string {
  const entries = Array.from(mapEntries(map), ([key, value]) => [formatItem(key, style), formatItem(value, style)] as const)
  entries.sort(([a], [b]) => compareText(a, b))
  return `{${entries.map((entry) => entry.join(style.isLiteral ? ':' : ': ')).join(', ')}}`
}

/** What is inside a list or map. */
function formatItem(value: CelValue, style: FormatStyle): string {
  if (!style.isLiteral) return formatText(value, style)
  if (typeof value === 'string') return goQuote(value)
  if (typeof value === 'number') return Number.isFinite(value) ? formatFloat(value, 'f', { precision: 6 }) : `"${formatFloat(value, 'f')}"`
  if (value instanceof CelBytes) return `b${goQuote(formatBytes(value, true))}`
  if (value instanceof CelDuration) return `duration("${formatSeconds(value.nanoseconds)}")`
  if (value instanceof CelTimestamp) return `timestamp("${formatTimestamp(value.nanoseconds, value.offset)}")`
  if (value instanceof CelBoxed && !(value instanceof CelMap) && formatScalar(value, style) === undefined) {
    throw failure(`error during formatting: no formatting function for ${value.type.name}`)
  }
  return formatText(value, style)
}
