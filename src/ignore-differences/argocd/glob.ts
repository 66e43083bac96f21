// Counterpart: gobwas/glob, without separators, as Argo CD util/glob calls it
import { RE2JS } from 're2js'

/** Compiles a glob: `*` and `**` any text, `?` one character, `[abc]`, `[a-z]`, `[!a]`, `{a,b*}`, `\` escapes. Undefined where it is malformed. */
export function compileGlob(glob: string): ((text: string) => boolean) | undefined {
  if (glob === '*') return () => true
  if (!/[*?[\]{}\\]/.test(glob)) return (text) => text === glob
  const source = new GlobReader(glob).read()
  if (source === undefined) return undefined
  const expression = RE2JS.compile(source, RE2JS.DOTALL)
  return (text) => expression.matches(text)
}

class GlobReader {
  readonly #characters: readonly string[]
  #at = 0
  #braces = 0

  constructor(glob: string) {
    this.#characters = [...glob]
  }

  /** The glob as a regular expression. A brace that is not closed ends with the glob. */
  read(): string | undefined {
    let source = ''
    for (let character = this.#next(); character !== undefined; character = this.#next()) {
      const part = this.#translate(character)
      if (part === undefined) return undefined
      source += part
    }
    return source + ')'.repeat(this.#braces)
  }

  #next(): string | undefined {
    return this.#characters[this.#at++]
  }

  #translate(character: string): string | undefined {
    switch (character) {
      case '*': return '.*'
      case '?': return '.'
      case '[': return this.#readRange()
      case '\\': return RE2JS.quote(this.#next() ?? '')
      case '{':
        this.#braces++
        return '(?:'
      case '}':
        if (this.#braces === 0) return RE2JS.quote('}')
        this.#braces--
        return ')'
      case ',': return this.#braces > 0 ? '|' : ','
      default: return RE2JS.quote(character)
    }
  }

  /** Either one range or a list of characters, not both. */
  #readRange(): string | undefined {
    const negated = this.#characters[this.#at] === '!'
    if (negated) this.#at++
    const not = negated ? '^' : ''
    const [first, dash, last, close] = this.#characters.slice(this.#at, this.#at + 4)
    if (dash === '-') {
      if (first === undefined || last === undefined || close !== ']' || last < first) return undefined
      this.#at += 4
      return `[${not}${escapeInClass(first)}-${escapeInClass(last)}]`
    }
    let characters = ''
    for (let character = this.#next(); character !== ']'; character = this.#next()) {
      const listed = character === '\\' ? this.#next() : character
      if (listed === undefined) return undefined
      characters += escapeInClass(listed)
    }
    return characters === '' ? undefined : `[${not}${characters}]`
  }
}

function escapeInClass(character: string): string {
  return /[\\\]^[-]/.test(character) ? `\\${character}` : character
}
