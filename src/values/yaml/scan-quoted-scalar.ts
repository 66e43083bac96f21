import { chars, isBlank, isBlankOrEnd, isBreak } from './characters.ts'
import { foldBreaks } from './scan-plain-scalar.ts'
import type { TextCursor, TextPlace } from './text-cursor.ts'

/** Scans a text in single or double quotes. */
export function scanQuotedScalar(cursor: TextCursor, single: boolean): void {
  const place = { line: cursor.line, column: cursor.column }
  const quote = single ? chars.singleQuote : chars.doubleQuote
  cursor.position++
  let value = ''
  for (;;) {
    if (cursor.atDocumentIndicator()) cursor.fail('a quoted text contains a document separator: its closing quote is missing', place)
    if (cursor.text.charCodeAt(cursor.position) === chars.end) cursor.fail('the closing quote is missing', place)
    const run = scanRun(cursor, single, place)
    value += run.text
    if (cursor.text.charCodeAt(cursor.position) === quote) break
    value += scanWhiteSpace(cursor, run.continued)
  }
  cursor.position++
  cursor.pushScalar(place.line, place.column, value, false)
}

/** Scans up to white space or the closing quote; `continued` after an escaped line break. */
function scanRun(cursor: TextCursor, single: boolean, place: TextPlace): { text: string; continued: boolean } {
  const { text } = cursor
  let value = ''
  let start = cursor.position
  for (;;) {
    const code = text.charCodeAt(cursor.position)
    if (isBlankOrEnd(code)) break
    if (single && code === chars.singleQuote) {
      if (text.charCodeAt(cursor.position + 1) !== chars.singleQuote) break
      value += `${text.slice(start, cursor.position)}'`
      start = cursor.position += 2
    } else if (!single && code === chars.doubleQuote) {
      break
    } else if (!single && code === chars.backslash) {
      value += text.slice(start, cursor.position)
      cursor.position++
      if (isBreak(text.charCodeAt(cursor.position))) {
        cursor.readBreak()
        return { text: value, continued: true }
      }
      value += readEscape(cursor, place)
      start = cursor.position
    } else cursor.position++
  }
  return { text: value + text.slice(start, cursor.position), continued: false }
}

/** Blanks inside a line stay, around a line break they go. */
function scanWhiteSpace(cursor: TextCursor, continued: boolean): string {
  const { text } = cursor
  const start = cursor.position
  let end = start
  let first = ''
  let rest = ''
  let folded = continued
  for (;;) {
    const code = text.charCodeAt(cursor.position)
    if (isBlank(code)) {
      cursor.position++
      if (!folded) end = cursor.position
    } else if (isBreak(code)) {
      if (folded) rest += cursor.readBreak()
      else first = cursor.readBreak()
      folded = true
    } else break
  }
  if (!folded) return text.slice(start, end)
  return first === '' ? rest : foldBreaks(first, rest)
}

// No `\/`: YAML 1.1 does not know it, although JSON does.
const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'], ['a', '\x07'], ['b', '\b'], ['t', '\t'], ['\t', '\t'], ['n', '\n'], ['v', '\v'], ['f', '\f'], ['r', '\r'], ['e', '\x1b'], [' ', ' '],
  ['"', '"'], ["'", "'"], ['\\', '\\'], ['N', '\x85'], ['_', '\xa0'], ['L', '\u2028'], ['P', '\u2029'],
])
const hexEscapes: ReadonlyMap<string, number> = new Map([['x', 2], ['u', 4], ['U', 8]])

function readEscape(cursor: TextCursor, place: TextPlace): string {
  const letter = cursor.text.charAt(cursor.position)
  const simple = simpleEscapes.get(letter)
  if (simple !== undefined) {
    cursor.position++
    return simple
  }
  const length = hexEscapes.get(letter)
  if (length === undefined) return cursor.fail(letter === '\0' ? 'the closing quote is missing' : `unknown escape "\\${letter}"`, letter === '\0' ? place : cursor)
  const digits = cursor.text.slice(cursor.position + 1, cursor.position + 1 + length)
  if (digits.length !== length || !/^[0-9a-fA-F]+$/.test(digits)) cursor.fail(`"\\${letter}" needs ${length} hexadecimal digits`)
  const code = Number.parseInt(digits, 16)
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) cursor.fail(`"\\${letter}${digits}" is not a Unicode character`)
  cursor.position += 1 + length
  return String.fromCodePoint(code)
}
