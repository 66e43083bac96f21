// Go: github.com/spf13/cast as sprig uses it: what cannot be converted is zero.
import { parseInt64 } from '../../../values/parse-number.ts'
import { showValue, type TemplateValue } from '../value.ts'

const limits = { min: -(2n ** 63n), max: 2n ** 63n - 1n }

/** cast.ToInt64: texts as Go writes integers (`0x1f`, `017`), with a fraction of zeros or none. */
export function castToInteger(value: TemplateValue): bigint {
  switch (typeof value) {
    case 'bigint': return value
    case 'boolean': return value ? 1n : 0n
    case 'number': return Number.isFinite(value) ? clamp(BigInt(Math.trunc(value))) : limits.min
    case 'string': return parseInteger(value.replace(/\.0*$/, ''))
    default: return 0n
  }
}

function clamp(value: bigint): bigint {
  return value < limits.min ? limits.min : value > limits.max ? limits.max : value
}

function parseInteger(text: string): bigint {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  const amount = /^0(?:[xX][\da-fA-F]+|[bB][01]+|[oO][0-7]+)$/.test(digits) ? BigInt(digits.toLowerCase())
    : /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits.slice(1)}`)
    : /^0$|^[1-9]\d*$/.test(digits) ? parseInt64(sign + digits) : undefined
  if (amount === undefined) return 0n
  const signed = sign === '-' && amount > 0n ? -amount : amount
  return clamp(signed) === signed ? signed : 0n
}

/** cast.ToFloat64. */
export function castToFloat(value: TemplateValue): number {
  switch (typeof value) {
    case 'number': return value
    case 'bigint': return Number(value)
    case 'boolean': return value ? 1 : 0
    case 'string': return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : 0
    default: return 0
  }
}

/** sprig's strval. */
export function castToText(value: TemplateValue): string {
  return typeof value === 'string' ? value : showValue(value)
}
