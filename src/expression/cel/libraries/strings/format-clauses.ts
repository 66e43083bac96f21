// cel-go: ext/formatting.go (parseFormatString)
import { failure } from '../../values/value.ts'

/** One `%` clause of a format string, or the text between two. */
export type FormatPart = string | FormatClause

export interface FormatClause {
  readonly letter: 's' | 'd' | 'f' | 'e' | 'b' | 'x' | 'X' | 'o'
  readonly precision: number | undefined
}

const letters = 'sdfebxXo'
/** A double has no more than 1,074 decimals; the rest are zeros that exhaust memory. */
const maxPrecision = 10_000

/** Cuts a format string, handing each clause to `visit` as it comes: an earlier clause's error is reported before a later one's. */
export function readFormat(format: string, argumentCount: number, visit: (part: FormatPart, index: number) => void): number {
  let count = 0
  for (let position = 0; position < format.length;) {
    const next = format.indexOf('%', position)
    if (next < 0) {
      visit(format.slice(position), count)
      break
    }
    if (next > position) visit(format.slice(position, next), count)
    if (format[next + 1] === '%') {
      visit('%', count)
      position = next + 2
      continue
    }
    if (next + 1 >= format.length) throw failure('unexpected end of string')
    if (count >= argumentCount) throw failure(`index ${count} out of range`)
    const { clause, end } = readClause(format, next + 1)
    visit(clause, count++)
    position = end
  }
  return count
}

function readClause(format: string, start: number): { clause: FormatClause; end: number } {
  const match = /(?:\.(\d*))?/y
  match.lastIndex = start
  const found = match.exec(format)
  const end = start + (found?.[0].length ?? 0)
  const letter = format[end]
  if (letter === undefined) throw failure('could not parse formatting clause: error while parsing precision: could not find end of precision specifier')
  const digits = found?.[1]
  if (digits === '') {
    throw failure('could not parse formatting clause: error while parsing precision: error while converting precision to integer: '
      + 'strconv.Atoi: parsing "": invalid syntax')
  }
  if (Number(digits ?? 0) > maxPrecision) throw failure(`could not parse formatting clause: precision ${digits} exceeds maximum allowed precision ${maxPrecision}`)
  if (!letters.includes(letter)) throw failure(`could not parse formatting clause: unrecognized formatting clause "${letter}"`)
  return { clause: { letter: letter as FormatClause['letter'], precision: digits === undefined ? undefined : Number(digits) }, end: end + 1 }
}

/** What a clause that is given a value of the wrong type says. */
export const clauseErrors: Readonly<Record<FormatClause['letter'], string>> = {
  s: 'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given ',
  d: 'decimal clause can only be used on integers, was given ',
  f: 'fixed-point clause can only be used on doubles, was given ',
  e: 'scientific clause can only be used on doubles, was given ',
  b: 'only integers and bools can be formatted as binary, was given ',
  x: 'only integers, byte buffers, and strings can be formatted as hex, was given ',
  X: 'only integers, byte buffers, and strings can be formatted as hex, was given ',
  o: 'octal clause can only be used on integers, was given ',
}
