// Counterpart: gojq lexer.go
import { EvaluationError } from '../../model/errors.ts'

export type TokenKind = 'end' | 'name' | 'keyword' | 'field' | 'variable' | 'number' | 'format' | 'operator' | 'text' | 'textStart'

export interface Token {
  readonly kind: TokenKind
  /** The name, field, number or decoded text; the operator itself. */
  readonly text: string
  /** As written, for messages. */
  readonly source: string
}

const keywords: ReadonlySet<string> = new Set([
  'or', 'and', 'module', 'import', 'include', 'def', 'as', 'label', 'break', 'null', 'true', 'false',
  'if', 'then', 'elif', 'else', 'end', 'try', 'catch', 'reduce', 'foreach',
])

const operators = ['?//', '//=', '..', '|=', '+=', '-=', '*=', '/=', '%=', '//', '==', '!=', '>=', '<=']

/** A part of an interpolated text. */
export interface TextPart {
  readonly kind: 'text' | 'query' | 'end'
  readonly text: string
}

/** Tokens that a regular expression finds. */
const words: readonly (readonly [kind: TokenKind, pattern: RegExp])[] = [
  ['name', /[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)?/y],
  ['field', /\.[A-Za-z_][A-Za-z0-9_]*/y],
  ['variable', /\$[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)?/y],
  ['format', /@[A-Za-z0-9_]+/y],
]

/** A query that cannot be compiled. The words are gojq's. */
export function syntaxError(message: string): EvaluationError {
  return new EvaluationError('INVALID_EXPRESSION', message)
}

/** Cuts a query into tokens, one at a time: inside an interpolated text the parser asks for its parts instead. */
export class Tokens {
  readonly #source: string
  #offset = 0

  constructor(source: string) {
    this.#source = source
  }

  next(): Token {
    this.#skipSpace()
    const start = this.#offset
    const first = this.#source[start]
    if (first === undefined) return { kind: 'end', text: '', source: '' }
    if (/^\.?[0-9]/.test(this.#source.slice(start, start + 2))) return this.#token('number', this.#readNumber(), start)
    if (first === '"') return this.#readText()
    return this.#readWord(start) ?? this.#readOperator(start)
  }

  #readWord(start: number): Token | undefined {
    for (const [kind, pattern] of words) {
      const word = this.#match(pattern)
      if (word !== undefined) return this.#token(kind === 'name' && keywords.has(word) ? 'keyword' : kind, kind === 'field' ? word.slice(1) : word, start)
    }
    return undefined
  }

  #readOperator(start: number): Token {
    const operator = operators.find((each) => this.#source.startsWith(each, start)) ?? String.fromCodePoint(this.#source.codePointAt(start) as number)
    this.#offset += operator.length
    return this.#token('operator', operator, start)
  }

  /** The next part of an interpolated text: literal text, `query` (read the query, up to its parenthesis), or the end. */
  nextPart(): TextPart {
    const start = this.#offset
    const end = this.#scanText()
    if (end > start) {
      this.#offset = end
      return { kind: 'text', text: decodeText(this.#source.slice(start, end)) }
    }
    const isEnd = this.#source[start] === '"'
    this.#offset += isEnd ? 1 : 2
    return { kind: isEnd ? 'end' : 'query', text: '' }
  }

  #token(kind: TokenKind, text: string, start: number): Token {
    return { kind, text, source: this.#source.slice(start, this.#offset) }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset
    const text = pattern.exec(this.#source)?.[0]
    if (text !== undefined) this.#offset += text.length
    return text
  }

  /** A comment ends with its line, unless a backslash escapes the line's end. */
  #skipSpace(): void {
    while (this.#match(/[ \t\r\n]+|#(?:\\(?:\\|\r?\n|\r)|\\|[^\n\r\\])*/y) !== undefined);
  }

  #readNumber(): string {
    const start = this.#offset
    const text = this.#match(/(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]*)(?:[eE][-+]?[0-9]+)?/y) as string
    const bad = this.#match(text.includes('.') ? /[A-Za-z_.][-+]?/y : /[A-Za-z_][-+]?/y)
    if (bad !== undefined) throw syntaxError(`invalid token ${JSON.stringify(this.#source.slice(start, this.#offset))}`)
    return text
  }

  #readText(): Token {
    const start = this.#offset++
    const end = this.#scanText()
    if (this.#source[end] !== '"') return { kind: 'textStart', text: '', source: '"' }
    this.#offset = end + 1
    return this.#token('text', decodeText(this.#source.slice(start + 1, end)), start)
  }

  /** Where the text that starts here ends, or an interpolation in it begins. */
  #scanText(): number {
    let at = this.#offset
    while (at < this.#source.length && this.#source[at] !== '"') {
      if (this.#source[at] !== '\\') {
        at++
        continue
      }
      if (this.#source[at + 1] === '(') return at
      at += this.#escapeLength(at)
    }
    if (at >= this.#source.length) throw syntaxError('unterminated string literal')
    return at
  }

  #escapeLength(at: number): number {
    const escape = this.#source[at + 1] ?? ''
    if (escape === 'u') {
      const digits = /^[0-9a-fA-F]{0,4}/.exec(this.#source.slice(at + 2, at + 6))?.[0] ?? ''
      if (digits.length < 4) throw syntaxError(`invalid escape sequence "\\u${digits}" in string literal`)
      return 6
    }
    if (escape !== '' && !'"/\\bfnrt'.includes(escape)) throw syntaxError(`invalid escape sequence "\\${escape}" in string literal`)
    return 2
  }
}

/** Half of a surrogate pair becomes the replacement character, as in Go. */
function decodeText(source: string): string {
  if (!source.includes('\\')) return source
  const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
  return source.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, letter: string) =>
    code === undefined ? escapes[letter] ?? letter : String.fromCharCode(parseInt(code, 16))).replace(/[\ud800-\udfff]/gu, '\ufffd')
}
