// kyverno/go-jmespath: lexer.go

import { EvaluationError } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import { parseJson } from '../../values/json-parse.ts'

export type TokenType =
  | '.' | '*' | ',' | ':' | '{' | '}' | '[' | ']' | '[?' | '[]' | '(' | ')' | '@' | '|' | '||' | '&' | '&&' | '!'
  | '==' | '!=' | '<' | '<=' | '>' | '>=' | '=' | 'number' | 'identifier' | 'quoted identifier' | 'literal' | 'end'

export interface Token {
  readonly type: TokenType
  readonly value: JsonValue
  /** Where it starts in the expression. */
  readonly offset: number
}

const identifier = /[A-Za-z_][A-Za-z0-9_]*/y
const number = /-?[0-9]*/y
/** Marks of one character, and those that a second one may make another mark. */
const marks: ReadonlyMap<string, readonly string[]> = new Map([
  ...Array.from('.*,:{}]()@', (mark): [string, readonly string[]] => [mark, []]),
  ['[', ['[?', '[]']], ['|', ['||']], ['&', ['&&']], ['=', ['==']], ['!', ['!=']], ['<', ['<=']], ['>', ['>=']],
])

/** An expression that does not parse. */
export function syntaxError(message: string, expression: string, offset: number): EvaluationError {
  const shown = expression.length > 200 ? `${expression.slice(0, 200)}…` : expression
  return new EvaluationError('INVALID_EXPRESSION', `JMESPath "${shown}": ${message} at character ${offset + 1}`)
}

/** Cuts an expression into tokens, the last of which is `end`. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = []
  let offset = skipBlanks(expression, 0)
  while (offset < expression.length) {
    const { token, next } = readToken(expression, offset)
    tokens.push(token)
    offset = skipBlanks(expression, next)
  }
  tokens.push({ type: 'end', value: '', offset: expression.length })
  return tokens
}

function skipBlanks(expression: string, offset: number): number {
  let next = offset
  while (next < expression.length && ' \t\r\n'.includes(expression.charAt(next))) next++
  return next
}

function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0]
}

interface Reading {
  readonly token: Token
  readonly next: number
}

function readToken(expression: string, offset: number): Reading {
  const first = expression.charAt(offset)
  if (first === '\'') return readRawString(expression, offset)
  if (first === '`') return readLiteral(expression, offset)
  if (first === '"') return readQuotedIdentifier(expression, offset)
  const [type, text] = readPlain(expression, offset, first)
  if (text === undefined) throw syntaxError(`unknown character ${JSON.stringify(first)}`, expression, offset)
  return { token: { type, value: text, offset }, next: offset + text.length }
}

function readPlain(expression: string, offset: number, first: string): [TokenType, string | undefined] {
  const longer = marks.get(first)
  if (longer !== undefined) {
    const mark = longer.length === 0 ? undefined : longer.find((candidate) => expression.startsWith(candidate, offset))
    return [(mark ?? first) as TokenType, mark ?? first]
  }
  if (first === '-' || (first >= '0' && first <= '9')) return ['number', match(number, expression, offset)]
  return ['identifier', match(identifier, expression, offset)]
}

/** `'…'`: only `\'` escapes, so `'a\\'` does not end. */
function readRawString(expression: string, offset: number): Reading {
  let value = ''
  for (let index = offset + 1; index < expression.length; index++) {
    const character = expression.charAt(index)
    if (character === '\'') return { token: { type: 'literal', value, offset }, next: index + 1 }
    const escapesQuote = character === '\\' && expression.charAt(index + 1) === '\''
    if (escapesQuote) index++
    value += escapesQuote ? '\'' : character
  }
  throw syntaxError('unclosed \'', expression, offset)
}

/** The text up to an end mark that no backslash precedes. */
function readUntil(end: string, expression: string, offset: number): string {
  for (let index = offset + 1; index < expression.length; index++) {
    const character = expression.charAt(index)
    if (character === end) return expression.slice(offset + 1, index)
    if (character === '\\') index++
  }
  throw syntaxError(`unclosed ${end}`, expression, offset)
}

/** `` `…` `` holds JSON; unlike in other implementations `` `foo` `` is an error. */
function readLiteral(expression: string, offset: number): Reading {
  const text = readUntil('`', expression, offset)
  const value = parseJson(text.replaceAll('\\`', '`'))
  if (value === undefined) throw syntaxError('a literal in back-quotes that is not JSON', expression, offset)
  return { token: { type: 'literal', value, offset }, next: offset + text.length + 2 }
}

function readQuotedIdentifier(expression: string, offset: number): Reading {
  const text = readUntil('"', expression, offset)
  const value = parseJson(`"${text}"`)
  if (typeof value !== 'string') throw syntaxError('a quoted name that is not a JSON string', expression, offset)
  return { token: { type: 'quoted identifier', value, offset }, next: offset + text.length + 2 }
}
