import type { EvaluationError } from '../../model/errors.ts'
import { syntaxError, Tokens, type TextPart, type Token, type TokenKind } from './tokens.ts'

/** The tokens of a query, one of them in view. */
export class TokenCursor {
  readonly #tokens: Tokens
  #token: Token

  constructor(source: string) {
    this.#tokens = new Tokens(source)
    this.#token = this.#tokens.next()
  }

  get token(): Token {
    return this.#token
  }

  /** Moves on, and returns what was in view. */
  advance(): Token {
    const token = this.#token
    this.#token = this.#tokens.next()
    return token
  }

  /** The next part of the interpolated text whose start, or whose interpolation's end, is in view. */
  nextPart(): TextPart {
    return this.#tokens.nextPart()
  }

  /** Whether this operator or keyword is in view. */
  is(text: string): boolean {
    return this.#token.text === text && (this.#token.kind === 'operator' || this.#token.kind === 'keyword')
  }

  accept(text: string): boolean {
    const found = this.is(text)
    if (found) this.advance()
    return found
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected()
  }

  expectKind(kind: TokenKind): string {
    if (this.#token.kind !== kind) throw this.unexpected()
    return this.advance().text
  }

  unexpected(): EvaluationError {
    return syntaxError(this.#token.kind === 'end' ? 'unexpected EOF' : `unexpected token ${JSON.stringify(this.#token.source)}`)
  }
}
