// Counterpart: gojq parser.go.y
import { EvaluationError } from '../../model/errors.ts'
import { parseNumber } from './numbers.ts'
import { levels, toIndex, toOperation, toSigned, toSlice } from './query-parts.ts'
import { identity, type Definition, type ObjectEntry, type Pattern, type PatternEntry, type Query } from './syntax.ts'
import { TokenCursor } from './token-cursor.ts'
import { syntaxError } from './tokens.ts'

/** Parses a query; throws INVALID_EXPRESSION with gojq's words. */
export function parseQuery(source: string): Query {
  return new Parser(source).parseProgram()
}

/** Parses `def … ; def … ;`, for the functions that are written in jq. */
export function parseDefinitions(source: string): readonly Definition[] {
  return new Parser(source).parseDefinitions()
}

/** Queries nested deeper than this would endanger the stack. */
const maxNesting = 400

class Parser {
  readonly #cursor: TokenCursor
  #nesting = 0

  constructor(source: string) {
    this.#cursor = new TokenCursor(source)
  }

  parseProgram(): Query {
    const query = this.#parsePipe()
    if (this.#cursor.token.kind !== 'end') throw this.#cursor.unexpected()
    return query
  }

  parseDefinitions(): readonly Definition[] {
    const definitions: Definition[] = []
    while (this.#cursor.token.kind !== 'end') definitions.push(this.#parseDefinition())
    return definitions
  }

  #nested<T>(parse: () => T): T {
    if (++this.#nesting > maxNesting) throw new EvaluationError('LIMIT_EXCEEDED', `a query nested more than ${maxNesting} levels deep`)
    const result = parse()
    this.#nesting--
    return result
  }

  /** `a | b`, `a as $x | b`, `def f: a; b`, `label $x | b`: all reach as far as they can. */
  #parsePipe(): Query {
    return this.#nested(() => {
      const left = this.#parseComma()
      return this.#cursor.accept('|') ? { type: 'pipe', left, right: this.#parsePipe() } : left
    })
  }

  #parseComma(): Query {
    let query = this.#parseBinding()
    while (this.#cursor.accept(',')) query = { type: 'comma', left: query, right: this.#parseBinding() }
    return query
  }

  #parseBinding(): Query {
    if (this.#cursor.is('def')) {
      const definition = this.#parseDefinition()
      return { type: 'define', definition, body: this.#parsePipe() }
    }
    if (this.#cursor.accept('label')) {
      const name = this.#cursor.expectKind('variable')
      this.#cursor.expect('|')
      return { type: 'label', name, body: this.#parsePipe() }
    }
    const source = this.#parseExpression(0)
    if (!this.#cursor.accept('as')) return source
    const patterns = [this.#parsePattern()]
    while (this.#cursor.accept('?//')) patterns.push(this.#parsePattern())
    this.#cursor.expect('|')
    return { type: 'bind', source, patterns, body: this.#parsePipe() }
  }

  #parseDefinition(): Definition {
    this.#cursor.expect('def')
    const name = this.#cursor.expectKind('name')
    const parameters: string[] = []
    if (this.#cursor.accept('(')) {
      do parameters.push(this.#cursor.expectKind(this.#cursor.token.kind === 'variable' ? 'variable' : 'name'))
      while (this.#cursor.accept(';'))
      this.#cursor.expect(')')
    }
    this.#cursor.expect(':')
    const body = this.#parsePipe()
    this.#cursor.expect(';')
    return { name, parameters, body }
  }

  #parseExpression(power: number): Query {
    let left = this.#nested(() => this.#parseTerm())
    for (;;) {
      const operator = this.#cursor.token.kind === 'operator' || this.#cursor.token.kind === 'keyword' ? this.#cursor.token.text : ''
      const found = levels.get(operator)
      if (found === undefined || found.power < power) return left
      this.#cursor.advance()
      const right = this.#nested(() => this.#parseExpression(found.associates === 'right' ? found.power : found.power + 1))
      // `a == b == c` is an error.
      if (found.associates === 'never' && levels.get(this.#cursor.token.text)?.power === found.power && this.#cursor.token.kind === 'operator') throw this.#cursor.unexpected()
      left = toOperation(operator, left, right)
    }
  }

  #parsePattern(): Pattern {
    if (this.#cursor.token.kind === 'variable') return { type: 'variable', name: this.#cursor.advance().text }
    if (this.#cursor.accept('[')) return { type: 'list', items: this.#parseList(']', () => this.#parsePattern()) }
    this.#cursor.expect('{')
    return { type: 'map', entries: this.#parseList('}', () => this.#parsePatternEntry()) }
  }

  #parseList<T>(end: string, parseItem: () => T): readonly T[] {
    const items = [parseItem()]
    while (this.#cursor.accept(',')) items.push(parseItem())
    this.#cursor.expect(end)
    return items
  }

  #parsePatternEntry(): PatternEntry {
    if (this.#cursor.token.kind === 'variable') {
      const variable = this.#cursor.advance().text
      return { key: variable.slice(1), variable, value: this.#cursor.accept(':') ? this.#parsePattern() : undefined }
    }
    const key = this.#parseKey()
    this.#cursor.expect(':')
    return { key, variable: undefined, value: this.#parsePattern() }
  }

  /** A key that is no variable: a name, a keyword, a text, or a query in parentheses. */
  #parseKey(): string | Query {
    if (this.#cursor.token.kind === 'name' || this.#cursor.token.kind === 'keyword') return this.#cursor.advance().text
    if (this.#cursor.accept('(')) return this.#parseUntil(')')
    if (this.#cursor.token.kind !== 'text' && this.#cursor.token.kind !== 'textStart') throw this.#cursor.unexpected()
    const text = this.#parseText(undefined)
    return text.type === 'constant' ? text.value as string : text
  }

  #parseUntil(end: string): Query {
    const query = this.#parsePipe()
    this.#cursor.expect(end)
    return query
  }

  #parseTerm(): Query {
    let term = this.#parsePrimary()
    // How the last suffix looks when it stands alone: `?` guards only that one, and its key is then evaluated on what comes before it.
    let last: { readonly before: Query; readonly alone: Query } | undefined
    for (;;) {
      const before = term
      if (this.#cursor.accept('?')) {
        term = last === undefined
          ? { type: 'try', body: term, handler: undefined }
          : { type: 'pipe', left: last.before, right: { type: 'try', body: last.alone, handler: undefined } }
        last = undefined
        continue
      }
      const suffix = this.#parseSuffix()
      if (suffix === undefined) return term
      term = suffix(term)
      last = { before, alone: suffix(identity) }
    }
  }

  #parseSuffix(): ((target: Query) => Query) | undefined {
    if (this.#cursor.token.kind === 'field') {
      const key = this.#cursor.advance().text
      return (target) => ({ type: 'index', target, key })
    }
    if (this.#cursor.is('[')) return this.#parseBracket()
    if (!this.#cursor.accept('.')) return undefined
    if (this.#cursor.is('[')) return this.#parseBracket()
    return this.#parseTextKey()
  }

  #parseTextKey(): (target: Query) => Query {
    if (this.#cursor.token.kind !== 'text' && this.#cursor.token.kind !== 'textStart') throw this.#cursor.unexpected()
    const text = this.#parseText(undefined)
    return (target) => text.type === 'constant' ? { type: 'index', target, key: text.value } : { type: 'indexBy', target, key: text }
  }

  #parseBracket(): (target: Query) => Query {
    this.#cursor.expect('[')
    if (this.#cursor.accept(']')) return (target) => ({ type: 'iterate', target })
    const from = this.#cursor.is(':') ? undefined : this.#parsePipe()
    if (from !== undefined && this.#cursor.accept(']')) return (target) => toIndex(target, from)
    this.#cursor.expect(':')
    const to = from !== undefined && this.#cursor.is(']') ? undefined : this.#parsePipe()
    this.#cursor.expect(']')
    return (target) => toSlice(target, from, to)
  }

  #parsePrimary(): Query {
    const { kind, text } = this.#cursor.token
    switch (kind) {
      case 'number': this.#cursor.advance(); return { type: 'constant', value: parseNumber(text) }
      case 'field': this.#cursor.advance(); return { type: 'index', target: identity, key: text }
      case 'variable': this.#cursor.advance(); return { type: 'variable', name: text }
      case 'name': return this.#parseCall()
      case 'text': case 'textStart': return this.#parseText(undefined)
      case 'format': this.#cursor.advance(); return this.#parseFormat(text)
      case 'keyword': return this.#parseKeyword(text)
      case 'operator': return this.#parseOperator(text)
      default: throw this.#cursor.unexpected()
    }
  }

  #parseCall(): Query {
    const name = this.#cursor.advance().text
    const args: Query[] = []
    if (this.#cursor.accept('(')) {
      do args.push(this.#parsePipe())
      while (this.#cursor.accept(';'))
      this.#cursor.expect(')')
    }
    return { type: 'call', name, args }
  }

  #parseFormat(format: string): Query {
    if (this.#cursor.token.kind === 'text' || this.#cursor.token.kind === 'textStart') return this.#parseText(format)
    return { type: 'text', parts: [identity], format }
  }

  #parseText(format: string | undefined): Query {
    if (this.#cursor.token.kind === 'text') return { type: 'constant', value: this.#cursor.advance().text }
    const parts: (string | Query)[] = []
    for (;;) {
      const part = this.#cursor.nextPart()
      if (part.kind === 'end') break
      if (part.kind === 'text') {
        parts.push(part.text)
        continue
      }
      this.#cursor.advance()
      parts.push(this.#parsePipe())
      if (!this.#cursor.is(')')) throw this.#cursor.unexpected()
    }
    this.#cursor.advance()
    return { type: 'text', parts, format }
  }

  #parseOperator(operator: string): Query {
    this.#cursor.advance()
    switch (operator) {
      case '.': return this.#parseDot()
      case '..': return { type: 'call', name: 'recurse', args: [] }
      case '(': return this.#parseUntil(')')
      case '[': return this.#cursor.accept(']') ? { type: 'array', items: undefined } : { type: 'array', items: this.#parseUntil(']') }
      case '{': return this.#parseObject()
      case '+': case '-': return toSigned(operator === '-', this.#nested(() => this.#parseTerm()))
      default: throw syntaxError(`unexpected token ${JSON.stringify(operator)}`)
    }
  }

  #parseDot(): Query {
    if (this.#cursor.is('[')) return this.#parseBracket()(identity)
    return this.#cursor.token.kind === 'text' || this.#cursor.token.kind === 'textStart' ? this.#parseTextKey()(identity) : identity
  }

  #parseObject(): Query {
    const entries: ObjectEntry[] = []
    while (!this.#cursor.accept('}')) {
      if (entries.length > 0) {
        this.#cursor.expect(',')
        if (this.#cursor.accept('}')) break
      }
      entries.push(this.#parseEntry())
    }
    return { type: 'object', entries }
  }

  #parseEntry(): ObjectEntry {
    if (this.#cursor.token.kind === 'variable') {
      const name = this.#cursor.advance().text
      // `{$a: 1}` has the variable's value as its key.
      return this.#cursor.accept(':') ? { key: { type: 'variable', name }, value: this.#parseEntryValue() } : { key: name.slice(1), value: { type: 'variable', name } }
    }
    const parenthesized = this.#cursor.is('(')
    const key = this.#parseKey()
    if (parenthesized || this.#cursor.is(':')) {
      this.#cursor.expect(':')
      return { key, value: this.#parseEntryValue() }
    }
    return { key, value: typeof key === 'string' ? { type: 'index', target: identity, key } : undefined }
  }

  #parseEntryValue(): Query {
    const left = this.#parseExpression(0)
    return this.#cursor.accept('|') ? { type: 'pipe', left, right: this.#parseEntryValue() } : left
  }

  #parseKeyword(keyword: string): Query {
    switch (keyword) {
      case 'null': this.#cursor.advance(); return { type: 'constant', value: null }
      case 'true': case 'false': this.#cursor.advance(); return { type: 'constant', value: keyword === 'true' }
      case 'if': this.#cursor.advance(); return this.#parseIf()
      case 'try': this.#cursor.advance(); return this.#parseTry()
      case 'reduce': case 'foreach': this.#cursor.advance(); return this.#parseLoop(keyword)
      case 'break': this.#cursor.advance(); return { type: 'break', name: this.#cursor.expectKind('variable') }
      default: throw this.#cursor.unexpected()
    }
  }

  #parseIf(): Query {
    const condition = this.#parseUntil('then')
    const whenTrue = this.#parsePipe()
    if (this.#cursor.accept('elif')) return { type: 'if', condition, whenTrue, whenFalse: this.#nested(() => this.#parseIf()) }
    const whenFalse = this.#cursor.accept('else') ? this.#parsePipe() : undefined
    this.#cursor.expect('end')
    return { type: 'if', condition, whenTrue, whenFalse }
  }

  #parseTry(): Query {
    const body = this.#nested(() => this.#parseTerm())
    return { type: 'try', body, handler: this.#cursor.accept('catch') ? this.#nested(() => this.#parseTerm()) : undefined }
  }

  #parseLoop(type: 'reduce' | 'foreach'): Query {
    const source = this.#parseExpression(0)
    this.#cursor.expect('as')
    const pattern = this.#parsePattern()
    this.#cursor.expect('(')
    const start = this.#parseUntil(';')
    const update = this.#parsePipe()
    const extract = type === 'foreach' && this.#cursor.accept(';') ? this.#parsePipe() : undefined
    this.#cursor.expect(')')
    return type === 'reduce' ? { type, source, pattern, start, update } : { type, source, pattern, start, update, extract }
  }
}
