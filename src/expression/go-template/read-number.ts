// Go: text/template/parse/node.go (newNumber)
import { TemplateError } from './template-error.ts'
import { unquoteGo } from './unquote-go.ts'

/** A number as written: what it is as an integer, if it is whole, and as a float. */
export interface WrittenNumber {
  readonly integer: bigint | undefined
  readonly float: number
  /** Whether it counts as a float where nothing says which: it has a point or an exponent. */
  readonly isFloat: boolean
}

/** Reads a number or a character constant. */
export function readNumber(text: string): WrittenNumber {
  if (text.startsWith("'")) return fromInteger(BigInt(unquoteGo(text).codePointAt(0) ?? 0))
  const sign = text.startsWith('-') ? -1n : 1n
  const digits = text.replace(/^[+-]/, '').replaceAll('_', '')
  if (/^0[xXbBoO]/.test(digits)) return fromInteger(sign * BigInt(digits.toLowerCase()))
  if (/^0[0-7]+$/.test(digits)) return fromInteger(sign * BigInt(`0o${digits.slice(1)}`))
  if (/^\d+$/.test(digits)) return fromInteger(sign * BigInt(digits))
  const float = Number(sign) * Number(digits)
  if (!Number.isFinite(float)) throw new TemplateError('INVALID_TEMPLATE', `bad number ${text}`)
  return { integer: Number.isInteger(float) ? BigInt(float) : undefined, float, isFloat: true }
}

function fromInteger(integer: bigint): WrittenNumber {
  if (BigInt.asIntN(64, integer) !== integer) throw new TemplateError('INVALID_TEMPLATE', `integer overflow: ${integer}`)
  return { integer, float: Number(integer), isFloat: false }
}
