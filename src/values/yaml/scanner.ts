// The token rules of libyaml, as Go's go.yaml.in/yaml/v2 scannerc.go has them: YAML 1.1, with simple keys found by looking back.
import { chars, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd } from './characters.ts'
import { scanAnchor, scanDirective, scanTag } from './scan-properties.ts'
import { scanBlockScalar } from './scan-block-scalar.ts'
import { cannotStart, startsPlainScalar } from './plain-start.ts'
import { scanPlainScalar } from './scan-plain-scalar.ts'
import { scanQuotedScalar } from './scan-quoted-scalar.ts'
import type { TextCursor, TextPlace } from './text-cursor.ts'
import { isAwaited, noKey, type SimpleKey } from './simple-key.ts'
import { tokenType, type Token, type TokenType } from './token.ts'
import { YamlError } from './yaml-error.ts'

type MutableToken = { -readonly [Key in keyof Token]: Token[Key] }

/** A key longer than this is none, in any reader of YAML. */
const maxSimpleKeyLength = 1024

/** Cuts a text into tokens on demand, so that what follows the first document is never looked at. */
export class Scanner implements TextCursor {
  /** Ends with a NUL, which the text itself cannot contain. */
  readonly text: string
  position = 0
  line = 0
  lineStart = 0
  flowLevel = 0
  indent = -1
  simpleKeyAllowed = true

  #indents: number[] = []
  #keys: SimpleKey[] = [noKey(-1)]
  /** No key below this flow level is possible; keeps the search for one linear over the text. */
  #lowestKey = 0
  /** Tokens from #head up to #tail; tokens are used again, because there are several for each word of a text. */
  readonly #queue: MutableToken[] = []
  #head = 0
  #tail = 0
  #taken = 0
  #ready = false

  constructor(text: string) {
    this.text = `${text}\0`
  }

  get column(): number {
    return this.position - this.lineStart
  }

  /** The next token; stays until `skip`. */
  peek(): Token {
    if (!this.#ready) {
      while (this.#needsMore()) this.#fetch()
      this.#ready = true
    }
    return this.#queue[this.#head] as Token
  }

  skip(): void {
    this.#ready = false
    this.#taken++
    this.#head++
    if (this.#head === this.#tail) this.#head = this.#tail = 0
  }

  fail(message: string, place: TextPlace = this): never {
    throw new YamlError('INVALID_YAML', message, { line: place.line + 1, column: place.column + 1 })
  }

  /** `---` or `...` at the start of a line. */
  atDocumentIndicator(): boolean {
    if (this.position !== this.lineStart) return false
    const { text, position } = this
    const code = text.charCodeAt(position)
    return (code === chars.minus || code === chars.dot) && text.charCodeAt(position + 1) === code && text.charCodeAt(position + 2) === code
      && isBlankOrEnd(text.charCodeAt(position + 3))
  }

  /** Passes a line break and returns it as content has it. */
  readBreak(): string {
    const code = this.text.charCodeAt(this.position++)
    if (code === chars.carriageReturn && this.text.charCodeAt(this.position) === chars.lineFeed) this.position++
    this.line++
    this.lineStart = this.position
    if (code === chars.lineSeparator) return '\u2028'
    return code === chars.paragraphSeparator ? '\u2029' : '\n'
  }

  skipBlanks(): void {
    while (isBlank(this.text.charCodeAt(this.position))) this.position++
  }

  skipToBreak(): void {
    while (!isBreakOrEnd(this.text.charCodeAt(this.position))) this.position++
  }

  push(type: TokenType, place: TextPlace, text = '', suffix = ''): void {
    const token = this.#slot()
    token.type = type
    token.line = place.line
    token.column = place.column
    token.text = text
    token.suffix = suffix
  }

  pushScalar(line: number, column: number, text: string, plain: boolean): void {
    const token = this.#slot()
    token.type = tokenType.scalar
    token.line = line
    token.column = column
    token.text = text
    token.plain = plain
  }

  /** The next free token of the queue. */
  #slot(): MutableToken {
    return (this.#queue[this.#tail++] ??= { type: tokenType.streamEnd, line: 0, column: 0, text: '', suffix: '', plain: false })
  }

  #needsMore(): boolean {
    if (this.#head === this.#tail) return true
    const keys = this.#keys
    while (this.#lowestKey < keys.length - 1 && !isAwaited(keys[this.#lowestKey] as SimpleKey)) this.#lowestKey++
    const key = keys[this.#lowestKey] as SimpleKey
    return isAwaited(key) && key.tokenNumber === this.#taken && this.#isValid(key)
  }

  #isValid(key: SimpleKey): boolean {
    if (!key.possible) return false
    if (key.line >= this.line && key.position + maxSimpleKeyLength >= this.position) return true
    if (key.required) this.fail("could not find expected ':'")
    key.possible = false
    return false
  }

  #saveKey(): void {
    if (!this.simpleKeyAllowed) return
    this.#removeKey()
    const level = this.#keys.length - 1
    const key = this.#keys[level] as SimpleKey
    key.possible = true
    key.hidden = false
    key.required = this.flowLevel === 0 && this.indent === this.column
    key.tokenNumber = this.#nextNumber()
    key.position = this.position
    key.line = this.line
    key.column = this.column
    if (level < this.#lowestKey) this.#lowestKey = level
  }

  #removeKey(): void {
    const key = this.#keys[this.#keys.length - 1] as SimpleKey
    if (key.possible && key.required) this.fail("could not find expected ':'", key)
    key.possible = false
  }

  #nextNumber(): number {
    return this.#taken + this.#tail - this.#head
  }

  #insert(number: number, type: TokenType, place: TextPlace): void {
    this.push(type, place)
    const position = this.#head + number - this.#taken
    if (number < 0 || position < this.#head) return
    const token = this.#queue[this.#tail - 1] as MutableToken
    for (let index = this.#tail - 1; index > position; index--) this.#queue[index] = this.#queue[index - 1] as MutableToken
    this.#queue[position] = token
  }

  #rollIndent(type: TokenType, place: TextPlace, number = -1): void {
    if (this.flowLevel > 0 || this.indent >= place.column) return
    this.#indents.push(this.indent)
    this.indent = place.column
    this.#insert(number, type, place)
  }

  #unrollIndent(column: number): void {
    if (this.flowLevel > 0) return
    while (this.indent > column) {
      this.push(tokenType.blockEnd, this)
      this.indent = this.#indents.pop() as number
    }
  }

  #toNextToken(): void {
    const { text } = this
    for (;;) {
      let code = text.charCodeAt(this.position)
      const tabs = this.flowLevel > 0 || !this.simpleKeyAllowed
      while (code === chars.space || (tabs && code === chars.tab)) code = text.charCodeAt(++this.position)
      if (code === chars.hash) {
        this.skipToBreak()
        code = text.charCodeAt(this.position)
      }
      if (!isBreak(code)) return
      this.readBreak()
      if (this.flowLevel === 0) this.simpleKeyAllowed = true
    }
  }

  #fetch(): void {
    this.#toNextToken()
    this.#unrollIndent(this.column)
    const code = this.text.charCodeAt(this.position)
    if (code === chars.end) return this.#fetchStreamEnd()
    if (this.position === this.lineStart) {
      if (code === chars.percent) return this.#fetchDirective()
      if (this.atDocumentIndicator()) return this.#fetchDocumentIndicator(code)
    }
    const next = this.text.charCodeAt(this.position + 1)
    if (!this.#fetchIndicator(code, next)) this.#fetchScalar(code, next)
  }

  #fetchStreamEnd(): void {
    if (this.column !== 0) {
      this.line++
      this.lineStart = this.position
    }
    this.#resetBlock()
    this.push(tokenType.streamEnd, this)
  }

  #resetBlock(): void {
    this.#unrollIndent(-1)
    this.#removeKey()
    this.simpleKeyAllowed = false
  }

  #fetchDirective(): void {
    this.#resetBlock()
    scanDirective(this)
  }

  #fetchDocumentIndicator(code: number): void {
    this.#resetBlock()
    this.push(code === chars.minus ? tokenType.documentStart : tokenType.documentEnd, this)
    this.position += 3
  }

  /** Structure characters. Returns false where the character starts something else. */
  #fetchIndicator(code: number, next: number): boolean {
    switch (code) {
      case chars.openBracket: return this.#openFlow(tokenType.flowSequenceStart)
      case chars.openBrace: return this.#openFlow(tokenType.flowMappingStart)
      case chars.closeBracket: return this.#closeFlow(tokenType.flowSequenceEnd)
      case chars.closeBrace: return this.#closeFlow(tokenType.flowMappingEnd)
      case chars.comma: return this.#one(tokenType.flowEntry, true)
      case chars.minus: return isBlankOrEnd(next) && this.#fetchBlockEntry()
      case chars.question: return this.#isApart(next) && this.#fetchKey()
      case chars.colon: return this.#isApart(next) && this.#fetchValue()
      default: return false
    }
  }

  #isApart(next: number): boolean {
    return this.flowLevel > 0 || isBlankOrEnd(next)
  }

  #one(type: TokenType, simpleKeyAllowed: boolean): true {
    this.#removeKey()
    return this.#character(type, simpleKeyAllowed)
  }

  #character(type: TokenType, simpleKeyAllowed: boolean): true {
    this.simpleKeyAllowed = simpleKeyAllowed
    this.push(type, this)
    this.position++
    return true
  }

  #openFlow(type: TokenType): true {
    this.#saveKey()
    this.#keys.push(noKey(this.#nextNumber()))
    this.flowLevel++
    return this.#character(type, true)
  }

  #closeFlow(type: TokenType): true {
    this.#removeKey()
    if (this.flowLevel > 0) {
      this.flowLevel--
      const closed = this.#keys.pop() as SimpleKey
      const opener = this.#keys[this.#keys.length - 1] as SimpleKey
      // A quirk of Go's scanner (yaml_parser_decrease_flow_level): after `{}` or `[]` it no longer waits for a `:` that makes them a key.
      if (closed.tokenNumber === opener.tokenNumber) opener.hidden = true
      this.#lowestKey = Math.min(this.#lowestKey, this.#keys.length - 1)
    }
    return this.#character(type, false)
  }

  #fetchBlockEntry(): true {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) this.fail("a list item ('- ') is not allowed here")
      this.#rollIndent(tokenType.blockSequenceStart, { line: this.line, column: this.column })
    }
    return this.#one(tokenType.blockEntry, true)
  }

  #fetchKey(): true {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) this.fail("a key ('? ') is not allowed here")
      this.#rollIndent(tokenType.blockMappingStart, { line: this.line, column: this.column })
    }
    return this.#one(tokenType.key, this.flowLevel === 0)
  }

  #fetchValue(): true {
    const key = this.#keys[this.#keys.length - 1] as SimpleKey
    if (this.#isValid(key)) {
      this.#insert(key.tokenNumber, tokenType.key, key)
      this.#rollIndent(tokenType.blockMappingStart, key, key.tokenNumber)
      key.possible = false
      return this.#character(tokenType.value, false)
    }
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) this.fail("a value (': ') is not allowed here; a text that contains ': ' needs quotes")
      this.#rollIndent(tokenType.blockMappingStart, { line: this.line, column: this.column })
    }
    return this.#character(tokenType.value, this.flowLevel === 0)
  }

  #fetchScalar(code: number, next: number): void {
    if (this.flowLevel === 0 && (code === chars.bar || code === chars.greater)) {
      this.#removeKey()
      this.simpleKeyAllowed = true
      return scanBlockScalar(this, code === chars.bar)
    }
    this.#saveKey()
    this.simpleKeyAllowed = false
    switch (code) {
      case chars.asterisk: return scanAnchor(this, tokenType.alias)
      case chars.ampersand: return scanAnchor(this, tokenType.anchor)
      case chars.exclamation: return scanTag(this)
      case chars.singleQuote: return scanQuotedScalar(this, true)
      case chars.doubleQuote: return scanQuotedScalar(this, false)
      default:
        if (!startsPlainScalar(code, next, this.flowLevel > 0)) this.fail(cannotStart(code))
        return scanPlainScalar(this)
    }
  }
}
