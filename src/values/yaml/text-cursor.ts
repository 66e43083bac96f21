import type { TokenType } from './token.ts'

/** A place in the text, counted from 0. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/** What the scanner of a kind of token needs of the scanner as a whole: where it is and where tokens go. */
export interface TextCursor extends TextPlace {
  /** Ends with a NUL, which the text itself cannot contain. */
  readonly text: string
  position: number
  /** Levels of `[` and `{` around the position. */
  readonly flowLevel: number
  /** Indentation of the innermost block collection; -1 outside of any. */
  readonly indent: number
  /** Whether a key without `?` may start at the next token. */
  simpleKeyAllowed: boolean
  fail(message: string, place?: TextPlace): never
  /** `---` or `...` at the start of a line. */
  atDocumentIndicator(): boolean
  /** Passes a line break and returns it as content has it. */
  readBreak(): string
  skipBlanks(): void
  skipToBreak(): void
  push(type: TokenType, place: TextPlace, text?: string, suffix?: string): void
  pushScalar(line: number, column: number, text: string, plain: boolean): void
}
