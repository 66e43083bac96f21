import { chars, isBlank, isBreak, isBreakOrEnd, isDigit } from './characters.ts'
import type { TextCursor } from './text-cursor.ts'

/** Scans `|` (literal) and `>` (folded) with what follows. */
export function scanBlockScalar(cursor: TextCursor, literal: boolean): void {
  const place = { line: cursor.line, column: cursor.column }
  cursor.position++
  const { chomping, increment } = scanHeader(cursor)
  const known = increment > 0 ? Math.max(cursor.indent, 0) + increment : 0
  const leading = scanBreaks(cursor, known)
  const { indent } = leading
  const value = scanLines(cursor, indent, { literal, chomping, leading: leading.breaks })
  cursor.pushScalar(place.line, place.column, value, false)
}

/** The indicators behind `|` or `>`, in either order, up to the end of the line. */
function scanHeader(cursor: TextCursor): { chomping: string; increment: number } {
  const { text } = cursor
  let chomping = ''
  let increment = 0
  for (let count = 0; count < 2; count++) {
    const code = text.charCodeAt(cursor.position)
    if (chomping === '' && (code === chars.plus || code === chars.minus)) chomping = text.charAt(cursor.position)
    else if (increment === 0 && isDigit(code)) {
      increment = code - chars.zero
      if (increment === 0) cursor.fail('the indentation of a block of text cannot be 0')
    } else break
    cursor.position++
  }
  cursor.skipBlanks()
  if (text.charCodeAt(cursor.position) === chars.hash) cursor.skipToBreak()
  const code = text.charCodeAt(cursor.position)
  if (!isBreakOrEnd(code)) cursor.fail("only a comment may follow the '|' or '>' of a block of text")
  if (isBreak(code)) cursor.readBreak()
  return { chomping, increment }
}

function scanLines(cursor: TextCursor, indent: number, style: { literal: boolean; chomping: string; leading: string }): string {
  const { text } = cursor
  let value = ''
  let lineBreak = ''
  let emptyLines = style.leading
  let previousBlank = false
  while (cursor.column === indent && text.charCodeAt(cursor.position) !== chars.end) {
    const blank = isBlank(text.charCodeAt(cursor.position))
    // Folded: a single break between two lines of text is a space; lines that start with a blank keep their breaks.
    if (!style.literal && !previousBlank && !blank && lineBreak === '\n') value += emptyLines === '' ? ' ' : ''
    else value += lineBreak
    const start = cursor.position
    cursor.skipToBreak()
    value += emptyLines + text.slice(start, cursor.position)
    previousBlank = blank
    lineBreak = isBreak(text.charCodeAt(cursor.position)) ? cursor.readBreak() : ''
    emptyLines = scanBreaks(cursor, indent).breaks
  }
  if (style.chomping === '-') return value
  return style.chomping === '+' ? value + lineBreak + emptyLines : value + lineBreak
}

/** Passes empty lines and the indentation after them. The first non-empty line settles an indentation that is not known. */
function scanBreaks(cursor: TextCursor, known: number): { breaks: string; indent: number } {
  const { text } = cursor
  let breaks = ''
  let deepest = 0
  for (;;) {
    while ((known === 0 || cursor.column < known) && text.charCodeAt(cursor.position) === chars.space) cursor.position++
    deepest = Math.max(deepest, cursor.column)
    const code = text.charCodeAt(cursor.position)
    if ((known === 0 || cursor.column < known) && code === chars.tab) cursor.fail('a tab cannot indent: use spaces')
    if (!isBreak(code)) break
    breaks += cursor.readBreak()
  }
  return { breaks, indent: known > 0 ? known : Math.max(deepest, cursor.indent + 1, 1) }
}
