// Go: encoding/json's scanner (what it says of a text that is not JSON)
import { goQuote } from './go-quote.ts'

/** What Go says of a text that is not JSON; undefined if it is JSON. */
export function explainJson(text: string): string | undefined {
  const scanner = new Scanner(text)
  try {
    scanner.value(0)
    scanner.end()
    return undefined
  } catch (error) {
    if (error instanceof Stop) return error.message
    throw error
  }
}

class Stop extends Error {}

/** Nesting beyond this is refused by Go, too. */
const maxDepth = 10_000

class Scanner {
  private readonly text: string
  private position = 0

  constructor(text: string) {
    this.text = text
  }

  end(): void {
    this.skipSpace()
    if (this.position < this.text.length) this.fail('after top-level value')
  }

  value(depth: number): void {
    if (depth > maxDepth) throw new Stop('exceeded max depth')
    this.skipSpace()
    const character = this.text[this.position]
    if (character === '{') this.object(depth)
    else if (character === '[') this.array(depth)
    else if (character === '"') this.string()
    else if (character !== undefined && /[-0-9]/.test(character)) this.number()
    else this.literal(['true', 'false', 'null'].find((word) => word[0] === character))
  }

  private object(depth: number): void {
    this.position++
    this.skipSpace()
    if (this.take('}')) return
    for (;;) {
      this.skipSpace()
      if (this.text[this.position] !== '"') this.fail('looking for beginning of object key string')
      this.string()
      this.skipSpace()
      if (!this.take(':')) this.fail('after object key')
      this.value(depth + 1)
      this.skipSpace()
      if (this.take('}')) return
      if (!this.take(',')) this.fail('after object key:value pair')
    }
  }

  private array(depth: number): void {
    this.position++
    this.skipSpace()
    if (this.take(']')) return
    for (;;) {
      this.value(depth + 1)
      this.skipSpace()
      if (this.take(']')) return
      if (!this.take(',')) this.fail('after array element')
    }
  }

  private string(): void {
    this.position++
    for (;;) {
      const character = this.text[this.position]
      if (character === undefined || character < ' ') this.fail('in string literal')
      this.position++
      if (character === '"') return
      if (character === '\\') this.escape()
    }
  }

  private escape(): void {
    const letter = this.text[this.position]
    if (letter === undefined || !'bfnrt\\/"u'.includes(letter)) this.fail('in string escape code')
    this.position++
    for (let count = 0; letter === 'u' && count < 4; count++) this.expect(/[0-9a-fA-F]/, 'in \\u hexadecimal character escape')
  }

  private number(): void {
    if (this.take('-')) this.peek(/[0-9]/, 'in numeric literal')
    if (!this.take('0')) this.digits()
    if (this.take('.')) {
      this.expect(/[0-9]/, 'after decimal point in numeric literal')
      this.digits()
    }
    if (this.take('e') || this.take('E')) {
      if (!this.take('+')) this.take('-')
      this.expect(/[0-9]/, 'in exponent of numeric literal')
      this.digits()
    }
  }

  private digits(): void {
    while (/[0-9]/.test(this.text[this.position] ?? '')) this.position++
  }

  private literal(word: string | undefined): void {
    if (word === undefined) this.fail('looking for beginning of value')
    for (const letter of word) if (!this.take(letter)) this.fail(`in literal ${word} (expecting '${letter}')`)
  }

  private peek(pattern: RegExp, where: string): void {
    if (!pattern.test(this.text[this.position] ?? '')) this.fail(where)
  }

  private expect(pattern: RegExp, where: string): void {
    this.peek(pattern, where)
    this.position++
  }

  private take(character: string): boolean {
    if (this.text[this.position] !== character) return false
    this.position++
    return true
  }

  private skipSpace(): void {
    while (/[ \t\r\n]/.test(this.text[this.position] ?? '')) this.position++
  }

  private fail(where: string): never {
    const character = this.text[this.position]
    throw new Stop(character === undefined ? 'unexpected end of JSON input' : `invalid character ${quoteCharacter(character)} ${where}`)
  }
}

/** Go sees bytes: of a character beyond ASCII it names the first. */
function quoteCharacter(character: string): string {
  if (character === "'") return String.raw`'\''`
  if (character === '"') return `'"'`
  const [first = 0] = new TextEncoder().encode(character)
  return `'${goQuote(String.fromCharCode(first)).slice(1, -1)}'`
}
