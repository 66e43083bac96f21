// zach-klippenstein/goregen, which reads POSIX regular expressions

/** Makes a text. */
export type TextGenerator = (source: RandomSource) => string

export interface RandomSource {
  /** In [0, 1). */
  random(): number
  /** Accounts for parts made; throws when they are too many. */
  spend(steps: number): void
}

/** As many times at most as a `*` or `+` repeats. */
const mostRepeats = 4096
const deepest = 50

const posixClasses: ReadonlyMap<string, string> = new Map([
  ['alnum', '0-9A-Za-z'], ['alpha', 'A-Za-z'], ['ascii', ' -~'], ['blank', '\t '], ['digit', '0-9'], ['graph', '!-~'], ['lower', 'a-z'], ['print', ' -~'],
  ['punct', '!-/:-@[-`{-~'], ['space', '\t\n\v\f\r '], ['upper', 'A-Z'], ['word', '0-9A-Za-z_'], ['xdigit', '0-9A-Fa-f'],
])
const escapes: ReadonlyMap<string, string> = new Map([['a', '\x07'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'], ['v', '\v']])

/** Reads a regular expression as a recipe for random texts; undefined if it is none, or is too large. `.` and `[^…]` make printable ASCII. */
export function parseTextGenerator(pattern: string): TextGenerator | undefined {
  const reader = new Reader(pattern)
  const generator = reader.alternatives(0)
  return reader.atEnd ? generator : undefined
}

class Reader {
  readonly #characters: readonly string[]
  #index = 0

  constructor(pattern: string) {
    this.#characters = Array.from(pattern)
  }

  get atEnd(): boolean {
    return this.#index >= this.#characters.length
  }

  #peek(): string | undefined {
    return this.#characters[this.#index]
  }

  #take(): string | undefined {
    return this.#characters[this.#index++]
  }

  #skip(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#index++
    return true
  }

  alternatives(depth: number): TextGenerator | undefined {
    if (depth > deepest) return undefined
    const choices: TextGenerator[] = []
    do {
      const choice = this.#sequence(depth)
      if (choice === undefined) return undefined
      choices.push(choice)
    } while (this.#skip('|'))
    return (source) => choices[Math.floor(source.random() * choices.length)]?.(source) ?? ''
  }

  #sequence(depth: number): TextGenerator | undefined {
    const parts: TextGenerator[] = []
    while (!this.atEnd && this.#peek() !== '|' && this.#peek() !== ')') {
      const atom = this.#atom(depth)
      const part = atom && this.#repetition(atom)
      if (part === undefined) return undefined
      parts.push(part)
    }
    return (source) => parts.map((part) => part(source)).join('')
  }

  #repetition(atom: TextGenerator): TextGenerator | undefined {
    let generator = atom
    for (let bounds = this.#bounds(); bounds !== undefined; bounds = this.#bounds()) {
      const [least, most] = bounds
      if (least > most || most > mostRepeats) return undefined
      const inner = generator
      generator = (source) => {
        const count = least + Math.floor(source.random() * (most - least + 1))
        source.spend(count)
        return Array.from({ length: count }, () => inner(source)).join('')
      }
    }
    return generator
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#skip('*')) return [0, mostRepeats]
    if (this.#skip('+')) return [1, mostRepeats]
    if (this.#skip('?')) return [0, 1]
    const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#characters.slice(this.#index, this.#index + 12).join(''))
    if (counted === null) return undefined
    this.#index += counted[0].length
    const least = Number(counted[1])
    if (counted[2] === undefined) return [least, least]
    return [least, counted[3] === '' ? mostRepeats : Number(counted[3])]
  }

  #atom(depth: number): TextGenerator | undefined {
    const character = this.#take()
    if (character === undefined || '*+?'.includes(character)) return undefined
    if (character === '^' || character === '$') return () => ''
    if (character === '.') return oneOf(printable)
    if (character === '[') return this.#characterClass()
    if (character === '(') {
      const inner = this.alternatives(depth + 1)
      return this.#skip(')') ? inner : undefined
    }
    const literal = character === '\\' ? this.#escape() : character
    return literal === undefined ? undefined : () => literal
  }

  /** Perl's `\d` and the like are not POSIX, and an error. */
  #escape(): string | undefined {
    const character = this.#take() ?? 'd'
    const named = escapes.get(character)
    if (named !== undefined) return named
    return /[A-Za-z0-9]/.test(character) ? undefined : character
  }

  #characterClass(): TextGenerator | undefined {
    const negated = this.#skip('^')
    const members = new Set<string>()
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.atEnd || !this.#member(members)) return undefined
    }
    this.#index++
    const chosen = negated ? printable.filter((character) => !members.has(character)) : [...members]
    return chosen.length === 0 ? undefined : oneOf(chosen)
  }

  #member(members: Set<string>): boolean {
    const named = /^\[:(\^?)([a-z]+):\]/.exec(this.#characters.slice(this.#index, this.#index + 14).join(''))
    if (named !== null) {
      this.#index += named[0].length
      const ranges = posixClasses.get(named[2] ?? '')
      const inside = new Set(ranges === undefined ? [] : expand(ranges))
      for (const character of named[1] === '^' ? printable.filter((c) => !inside.has(c)) : inside) members.add(character)
      return ranges !== undefined
    }
    const start = this.#classCharacter()
    let end = start
    if (this.#peek() === '-' && this.#characters[this.#index + 1] !== ']') {
      this.#index++
      end = this.#classCharacter()
    }
    const range = start === undefined || end === undefined ? [] : charactersBetween(start, end)
    for (const character of range) members.add(character)
    return range.length > 0
  }

  #classCharacter(): string | undefined {
    const character = this.#take()
    return character === '\\' ? this.#escape() : character
  }
}

function charactersBetween(start: string, end: string): string[] {
  const [from, to] = [start.codePointAt(0) ?? 0, end.codePointAt(0) ?? 0]
  return to - from > 0xffff ? [] : Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => String.fromCodePoint(from + index))
}

function expand(ranges: string): string[] {
  return [...ranges.matchAll(/(.)-(.)|([^])/g)].flatMap(([, start, end, single = '']) => (start === undefined || end === undefined ? [single] : charactersBetween(start, end)))
}

const printable = charactersBetween(' ', '~')

function oneOf(characters: readonly string[]): TextGenerator {
  return ({ random }) => characters[Math.floor(random() * characters.length)] ?? ''
}
