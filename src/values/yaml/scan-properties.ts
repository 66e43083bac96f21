import { chars, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isWordCharacter } from './characters.ts'
import type { TextCursor, TextPlace } from './text-cursor.ts'
import { tokenType } from './token.ts'

const mayFollowAnchor = '?:,]}%@`'

/** Scans `&name` or `*name`. */
export function scanAnchor(cursor: TextCursor, type: typeof tokenType.alias | typeof tokenType.anchor): void {
  const place = { line: cursor.line, column: cursor.column }
  cursor.position++
  const name = scanWord(cursor)
  if (name === '' || !(isBlankOrEnd(cursor.text.charCodeAt(cursor.position)) || mayFollowAnchor.includes(cursor.text.charAt(cursor.position)))) {
    const [sign, what] = type === tokenType.alias ? ['*', 'an alias'] : ['&', 'an anchor']
    cursor.fail(`${what} needs a name of letters and digits; a text that starts with '${sign}' needs quotes`, place)
  }
  cursor.push(type, place, name)
}

/** Scans `!tag`, `!!tag`, `!handle!tag` or `!<uri>`. */
export function scanTag(cursor: TextCursor): void {
  const place = { line: cursor.line, column: cursor.column }
  const { text } = cursor
  let handle = ''
  let suffix: string
  if (text.charCodeAt(cursor.position + 1) === chars.less) {
    cursor.position += 2
    suffix = scanUri(cursor, false)
    if (text.charCodeAt(cursor.position) !== chars.greater) cursor.fail("a tag that starts with '!<' ends with '>'", place)
    cursor.position++
  } else {
    const head = scanHandle(cursor)
    if (head.length > 1 && head.endsWith('!')) {
      handle = head
      suffix = scanUri(cursor, false)
    } else {
      suffix = head.slice(1) + scanUri(cursor, true)
      handle = '!'
      if (suffix === '') [handle, suffix] = ['', '!']
    }
  }
  if (!isBlankOrEnd(text.charCodeAt(cursor.position))) cursor.fail("white space must follow a tag; a text that starts with '!' needs quotes", place)
  cursor.push(tokenType.tag, place, handle, suffix)
}

/** Scans a `%YAML` or `%TAG` line. */
export function scanDirective(cursor: TextCursor): void {
  const place = { line: cursor.line, column: cursor.column }
  const { text } = cursor
  cursor.position++
  const name = scanWord(cursor)
  if (!isBlankOrEnd(text.charCodeAt(cursor.position)) || (name !== 'YAML' && name !== 'TAG')) cursor.fail(`unknown directive "%${name}"`, place)
  cursor.skipBlanks()
  if (name === 'YAML') scanVersion(cursor, place)
  else scanTagPrefix(cursor, place)
  cursor.skipBlanks()
  if (text.charCodeAt(cursor.position) === chars.hash) cursor.skipToBreak()
  if (!isBreakOrEnd(text.charCodeAt(cursor.position))) cursor.fail('only a comment may follow a directive', place)
  if (isBreak(text.charCodeAt(cursor.position))) cursor.readBreak()
}

function scanVersion(cursor: TextCursor, place: TextPlace): void {
  const version = /^\d{1,2}\.\d{1,2}(?!\d)/.exec(cursor.text.slice(cursor.position, cursor.position + 6))?.[0]
  if (version === undefined) return cursor.fail('%YAML needs a version number', place)
  cursor.position += version.length
  cursor.push(tokenType.versionDirective, place, version)
}

function scanTagPrefix(cursor: TextCursor, place: TextPlace): void {
  const handle = scanHandle(cursor)
  if (!handle.endsWith('!')) cursor.fail("the handle of %TAG ends with '!'", place)
  if (!isBlank(cursor.text.charCodeAt(cursor.position))) cursor.fail('%TAG needs a handle and a prefix', place)
  cursor.skipBlanks()
  const suffix = scanUri(cursor, false)
  if (!isBlankOrEnd(cursor.text.charCodeAt(cursor.position))) cursor.fail('white space must follow the prefix of %TAG', place)
  cursor.push(tokenType.tagDirective, place, handle, suffix)
}

function scanWord(cursor: TextCursor): string {
  const start = cursor.position
  while (isWordCharacter(cursor.text.charCodeAt(cursor.position))) cursor.position++
  return cursor.text.slice(start, cursor.position)
}

function scanHandle(cursor: TextCursor): string {
  const start = cursor.position
  if (cursor.text.charCodeAt(start) !== chars.exclamation) cursor.fail("a tag's handle starts with '!'")
  cursor.position++
  scanWord(cursor)
  if (cursor.text.charCodeAt(cursor.position) === chars.exclamation) cursor.position++
  return cursor.text.slice(start, cursor.position)
}

const uriCharacters = /[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]*/y

function scanUri(cursor: TextCursor, mayBeEmpty: boolean): string {
  uriCharacters.lastIndex = cursor.position
  const found = uriCharacters.exec(cursor.text)?.[0] ?? ''
  if (found === '' && !mayBeEmpty) cursor.fail('a tag needs a name')
  cursor.position += found.length
  if (!found.includes('%')) return found
  try {
    return decodeURIComponent(found)
  } catch {
    return cursor.fail('a tag contains "%" without two hexadecimal digits of UTF-8')
  }
}
