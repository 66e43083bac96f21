import { chars, isBlank, isBlankOrEnd, isBreak, isFlowIndicator } from './characters.ts'
import type { TextCursor } from './text-cursor.ts'

/** Scans text without quotes. Text on one line, nearly all of it, is one slice of the source. */
export function scanPlainScalar(cursor: TextCursor): void {
  const { line, column } = cursor
  const indent = cursor.indent + 1
  let value = ''
  let start = cursor.position
  let end = start
  let fold: string | undefined
  while (!cursor.atDocumentIndicator() && cursor.text.charCodeAt(cursor.position) !== chars.hash) {
    const runStart = cursor.position
    passRun(cursor)
    if (cursor.position > runStart) {
      if (fold !== undefined) {
        value += cursor.text.slice(start, end) + fold
        start = runStart
        fold = undefined
      }
      end = cursor.position
    }
    const code = cursor.text.charCodeAt(cursor.position)
    if (!isBlank(code) && !isBreak(code)) break
    fold = passWhiteSpace(cursor, indent, fold)
    if (cursor.flowLevel === 0 && cursor.column < indent) break
  }
  // A line break followed by what ends the text: the next line may start with a key.
  if (fold !== undefined) cursor.simpleKeyAllowed = true
  cursor.pushScalar(line, column, value + cursor.text.slice(start, end), true)
}

/** What may end a plain scalar, by code: a table, because nearly every character of a text is asked for. */
const mayEnd = Uint8Array.from({ length: 256 }, (_, code) => (isBlankOrEnd(code) || code === chars.colon || isFlowIndicator(code) ? 1 : 0))

/** Passes characters up to white space or what ends a plain scalar. */
function passRun(cursor: TextCursor): void {
  const { text } = cursor
  let { position } = cursor
  for (;; position++) {
    const code = text.charCodeAt(position)
    if (code < 256 ? mayEnd[code] === 0 : !isBreak(code)) continue
    if (isBlankOrEnd(code)) break
    if (code === chars.colon) {
      if (isBlankOrEnd(text.charCodeAt(position + 1))) break
    } else if (cursor.flowLevel > 0) break
  }
  cursor.position = position
}

/** Passes white space; where that includes a line break, returns what the folded text has in its place. */
function passWhiteSpace(cursor: TextCursor, indent: number, fold: string | undefined): string | undefined {
  const { text } = cursor
  let first = fold === undefined ? '' : '\n'
  let rest = ''
  let folded = fold !== undefined
  for (;;) {
    const code = text.charCodeAt(cursor.position)
    if (isBlank(code)) {
      if (folded && code === chars.tab && cursor.column < indent) cursor.fail('a tab cannot indent: use spaces')
      cursor.position++
    } else if (isBreak(code)) {
      if (folded) rest += cursor.readBreak()
      else first = cursor.readBreak()
      folded = true
    } else break
  }
  return folded ? foldBreaks(first, rest) : undefined
}

/** One line break becomes a space, more lose the first; YAML 1.1's separators stay. */
export function foldBreaks(first: string, rest: string): string {
  if (first !== '\n') return first + rest
  return rest === '' ? ' ' : rest
}
