import { explainJson } from '../../../values/explain-json.ts'
import { parseNumber } from '../numbers.ts'
import type { JqValue } from '../syntax.ts'

/** What `fromjson` makes of a text: the value, an error, or neither where something follows the value. */
export interface JsonReading {
  readonly value?: JqValue
  readonly error?: string
}

/** Reads JSON with jq's numbers: whole ones are integers of any size. */
export function readJson(text: string): JsonReading {
  const complaint = explainJson(text)
  if (complaint === undefined) return { value: new Reader(text).read() }
  if (complaint.endsWith(' after top-level value')) return {}
  return { error: complaint === 'unexpected end of JSON input' ? (text.trim() === '' ? 'EOF' : 'unexpected EOF') : complaint }
}

/** Reads a text that is known to be JSON; JSON.parse would lose the digits of large integers. */
class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): JqValue {
    this.#skipSpace()
    switch (this.#text[this.#at]) {
      case '{': return this.#readObject()
      case '[': return this.#readList()
      case '"': return this.#readText()
      case 't': return this.#skip(4, true)
      case 'f': return this.#skip(5, false)
      case 'n': return this.#skip(4, null)
      default: return this.#readNumber()
    }
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? '.')) this.#at++
  }

  #skip(length: number, value: JqValue): JqValue {
    this.#at += length
    return value
  }

  #readNumber(): JqValue {
    const pattern = /[-+0-9.eE]+/y
    pattern.lastIndex = this.#at
    const text = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += text.length
    return parseNumber(text)
  }

  #readText(): string {
    const start = this.#at
    do this.#at += this.#text[this.#at] === '\\' ? 2 : 1
    while (this.#text[this.#at] !== '"')
    this.#at++
    return (JSON.parse(this.#text.slice(start, this.#at)) as string).replace(/[\ud800-\udfff]/gu, '\ufffd')
  }

  /** True where the character that ends the list or object is next, which is then behind us. */
  #ends(end: string): boolean {
    this.#skipSpace()
    const ended = this.#text[this.#at] === end
    if (ended) this.#at++
    return ended
  }

  #readList(): JqValue {
    const items: JqValue[] = []
    for (this.#at++; !this.#ends(']');) {
      if (items.length > 0) this.#at++
      items.push(this.read())
    }
    return items
  }

  #readObject(): JqValue {
    const entries = new Map<string, JqValue>()
    for (this.#at++; !this.#ends('}');) {
      if (entries.size > 0) this.#at++
      this.#skipSpace()
      const key = this.#readText()
      this.#ends(':')
      entries.set(key, this.read())
    }
    return Object.fromEntries(entries) as JqValue
  }
}
