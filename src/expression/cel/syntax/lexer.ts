import { CelSyntaxError } from './syntax-error.ts'

/** `op` covers operators, punctuation and the keyword operators; `end` is the end of the text. */
export type TokenKind = 'ident' | 'quotedIdent' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'op' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** The name, the digits, the inside of a literal, or the operator. */
  readonly text: string
  readonly position: number
  /** For strings: escapes are not to be read. */
  readonly raw?: boolean
}

const whitespace = /(?:[ \t\r\n\f]|\/\/[^\n]*)*/y
const identifier = /[A-Za-z_][A-Za-z0-9_]*/y
const quotedIdentifier = /`([A-Za-z0-9_.\-/ ]+)`/y
const stringStart = /(?:[bB]?[rR]?|[rR][bB])("""|'''|"|')/y
const number = /0x[0-9a-fA-F]+[uU]?|(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)|\d+[uU]?/y
const escape = /\\(?:[abfnrtv"'\\?`]|[0-3][0-7]{2}|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y
const operator = /==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/y

/** Cuts an expression into tokens, the last being `end`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let position = 0
  for (;;) {
    position = skip(whitespace, text, position)
    if (position >= text.length) break
    const token = readToken(text, position)
    tokens.push(token.token)
    position = token.end
  }
  tokens.push({ kind: 'end', text: '', position: text.length })
  return tokens
}

function skip(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position
  return pattern.test(text) ? pattern.lastIndex : position
}

function match(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position
  return pattern.exec(text)
}

function readToken(text: string, position: number): { token: Token; end: number } {
  const string = match(stringStart, text, position)
  if (string !== null) return readString(text, position, string)
  const name = match(identifier, text, position)
  if (name !== null) return simpleToken(name[0] === 'in' ? 'op' : 'ident', name[0], position)
  const digits = match(number, text, position)
  if (digits !== null) return numberToken(digits[0], position)
  const quoted = match(quotedIdentifier, text, position)
  if (quoted !== null) return { token: { kind: 'quotedIdent', text: quoted[1] ?? '', position }, end: position + quoted[0].length }
  const sign = match(operator, text, position)
  if (sign !== null) return simpleToken('op', sign[0], position)
  throw unrecognized(text.slice(position, position + (/[=&|]/.test(text[position] ?? '') ? 2 : 1)), position)
}

/** `=`, `&` and `|` could have become an operator, so ANTLR has read one more character. */
function unrecognized(read: string, position: number): CelSyntaxError {
  return new CelSyntaxError(`Syntax error: token recognition error at: '${read}'`, position)
}

function simpleToken(kind: TokenKind, text: string, position: number): { token: Token; end: number } {
  return { token: { kind, text, position }, end: position + text.length }
}

function numberToken(text: string, position: number): { token: Token; end: number } {
  const isHex = text.startsWith('0x')
  if (/[uU]$/.test(text)) return { token: { kind: 'uint', text: text.slice(0, -1), position }, end: position + text.length }
  return simpleToken(!isHex && /[.eE]/.test(text) ? 'double' : 'int', text, position)
}

function readString(text: string, position: number, start: RegExpExecArray): { token: Token; end: number } {
  const quote = start[1] as string
  const prefix = start[0].slice(0, -quote.length).toLowerCase()
  const raw = prefix.includes('r')
  const from = position + start[0].length
  for (let index = from; index < text.length; index++) {
    const character = text[index]
    if (quote.length === 1 && (character === '\n' || character === '\r')) break
    if (character === '\\' && !raw) {
      if (match(escape, text, index) === null) throw unrecognized(text.slice(position, index + 2), position)
      index++
    } else if (text.startsWith(quote, index)) {
      return { token: { kind: prefix.includes('b') ? 'bytes' : 'string', text: text.slice(from, index), position, raw }, end: index + quote.length }
    }
  }
  throw unrecognized(text.slice(position), position)
}
