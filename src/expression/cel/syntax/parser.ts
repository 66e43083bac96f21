import { CelBytes, CelUint } from '../values/value.ts'
import type { CelNode, MapNodeEntry, StructNodeField } from './ast.ts'
import { tokenize, type Token } from './lexer.ts'
import { macroKey, type CelMacro } from './macro.ts'
import { CelSyntaxError } from './syntax-error.ts'
import { unescapeBytes, unescapeString } from './unescape.ts'

/** As in cel-go; also keeps hostile input from exhausting the stack. */
const maxDepth = 250
const maxLength = 100_000
/** The left-leaning tree of `a + b + c …` is walked recursively, too. */
const maxChain = 1_500

const reserved = new Set([
  'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while',
])
/** What an expression can start with, as ANTLR's messages list it. */
const starters = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}"
const constants = new Map<string, boolean | null>([['true', true], ['false', false], ['null', null]])

/** Binary operators by how tightly they bind. `&&`, `||` and `?:` are apart. */
const relations: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=', 'in'])
const sums: ReadonlySet<string> = new Set(['+', '-'])
const products: ReadonlySet<string> = new Set(['*', '/', '%'])

export interface ParserOptions {
  /** By `macroKey`. */
  readonly macros: ReadonlyMap<string, CelMacro>
  /** Back-quoted field names; Kubernetes before 1.36 does not know them. */
  readonly quotedFields: boolean
}

/** Parses an expression, macros expanded; throws `CelSyntaxError`. */
export function parseExpression(text: string, options: ParserOptions): CelNode {
  if (text.length > maxLength) throw new CelSyntaxError(`expression code point size exceeds limit: size: ${text.length}, limit ${maxLength}`, 0)
  return new Parser(tokenize(text), options).parse()
}

class Parser {
  private readonly tokens: readonly Token[]
  private readonly options: ParserOptions
  private index = 0
  private depth = 0

  constructor(tokens: readonly Token[], options: ParserOptions) {
    this.tokens = tokens
    this.options = options
  }

  parse(): CelNode {
    const node = this.expression()
    return this.token.kind === 'end' ? node : this.unexpectedRest()
  }

  private get token(): Token {
    return this.tokens[this.index] as Token
  }

  private isOperator(text: string): boolean {
    return this.token.kind === 'op' && this.token.text === text
  }

  private accept(text: string): Token | undefined {
    return this.isOperator(text) ? this.tokens[this.index++] : undefined
  }

  private expect(text: string): Token {
    return this.accept(text) ?? this.missing(text)
  }

  private missing(text: string): never {
    if (this.token.kind === 'end') throw new CelSyntaxError(`Syntax error: missing '${text}' at '<EOF>'`, this.token.position)
    return this.unexpected(`'${text}'`)
  }

  private unexpected(expected: string): never {
    const { kind, text, position } = this.token
    throw new CelSyntaxError(`Syntax error: mismatched input '${kind === 'end' ? '<EOF>' : text}' expecting ${expected}`, position)
  }

  /** Where an expression should start; a single token too much is called extraneous. */
  private unexpectedStart(): never {
    const next = this.tokens[this.index + 1]
    const isExtraneous = next !== undefined && (next.kind === 'op' ? starters.includes(`'${next.text}'`) && next.text !== 'in' : next.kind !== 'end' && next.kind !== 'quotedIdent')
    if (!isExtraneous || this.token.kind === 'end') return this.unexpected(starters)
    throw new CelSyntaxError(`Syntax error: extraneous input '${this.token.text}' expecting ${starters}`, this.token.position)
  }

  private unexpectedRest(): never {
    const { text, position } = this.token
    if (this.tokens[this.index + 1]?.kind === 'end') throw new CelSyntaxError(`Syntax error: extraneous input '${text}' expecting <EOF>`, position)
    return this.unexpected('<EOF>')
  }

  private expression(): CelNode {
    if (++this.depth > maxDepth) throw new CelSyntaxError(`expression recursion limit exceeded: ${maxDepth}`, this.token.position)
    const condition = this.logical('||', () => this.logical('&&', () => this.binary(relations, () => this.sum())))
    const question = this.accept('?')
    let node = condition
    if (question !== undefined) {
      const then = this.logical('||', () => this.logical('&&', () => this.binary(relations, () => this.sum())))
      this.expect(':')
      node = { kind: 'call', name: '_?_:_', args: [condition, then, this.expression()], position: question.position }
    }
    this.depth--
    return node
  }

  /** `a && b && c` is one call with three arguments. */
  private logical(operator: '&&' | '||', operand: () => CelNode): CelNode {
    const first = operand()
    const { position } = this.token
    if (!this.isOperator(operator)) return first
    const args = [first]
    while (this.accept(operator) !== undefined) args.push(operand())
    return { kind: 'call', name: `_${operator}_`, args, position }
  }

  private sum(): CelNode {
    return this.binary(sums, () => this.binary(products, () => this.unary()))
  }

  private binary(operators: ReadonlySet<string>, operand: () => CelNode): CelNode {
    let left = operand()
    for (let length = 0; this.token.kind === 'op' && operators.has(this.token.text); length++) {
      const { text, position } = this.token
      if (length > maxChain) throw new CelSyntaxError(`expression recursion limit exceeded: ${maxChain}`, position)
      this.index++
      left = { kind: 'call', name: text === 'in' ? '@in' : `_${text}_`, args: [left, operand()], position }
    }
    return left
  }

  private unary(): CelNode {
    const { position, text } = this.token
    if (!this.isOperator('!') && !this.isOperator('-')) return this.member()
    let count = 0
    while (this.isOperator(text) && !(text === '-' && this.isNegativeNumber())) {
      count++
      this.index++
    }
    const operand = this.member()
    return count % 2 === 0 ? operand : { kind: 'call', name: text === '!' ? '!_' : '-_', args: [operand], position }
  }

  private isNegativeNumber(): boolean {
    const next = this.tokens[this.index + 1]
    return next?.kind === 'int' || next?.kind === 'double'
  }

  private member(): CelNode {
    let node = this.primary()
    for (let length = 0; ; length++) {
      if (length > maxDepth * 4) throw new CelSyntaxError(`expression recursion limit exceeded: ${maxDepth}`, this.token.position)
      const operator = this.accept('.') ?? this.accept('[')
      if (operator === undefined) return node
      node = operator.text === '.' ? this.select(node, operator.position) : this.indexing(node, operator.position)
    }
  }

  private select(operand: CelNode, position: number): CelNode {
    const optional = this.accept('?') !== undefined
    const isQuoted = this.token.kind === 'quotedIdent'
    const field = this.fieldName()
    if (!optional && !isQuoted && this.isOperator('(')) return this.call(field, operand)
    return { kind: 'select', operand, field, test: false, optional, position }
  }

  private fieldName(): string {
    const token = this.token
    if (token.kind === 'quotedIdent' && !this.options.quotedFields) throw new CelSyntaxError(`unsupported syntax: '\`'`, token.position)
    if (token.kind !== 'quotedIdent' && (token.kind !== 'ident' || constants.has(token.text))) {
      throw new CelSyntaxError(`Syntax error: no viable alternative at input '.${token.text}'`, token.position)
    }
    this.index++
    return token.text
  }

  private indexing(operand: CelNode, position: number): CelNode {
    const optional = this.accept('?') !== undefined
    const args = [operand, this.expression()]
    this.expect(']')
    return { kind: 'call', name: optional ? '_[?_]' : '_[_]', args, position }
  }

  private primary(): CelNode {
    const token = this.token
    switch (token.kind) {
      case 'ident': return this.name('')
      case 'op': return this.punctuated(token)
      case 'end': case 'quotedIdent': return this.unexpectedStart()
      default:
        this.index++
        return literal(token, '')
    }
  }

  private punctuated(token: Token): CelNode {
    if (token.text === '.') { this.index++; return this.name('.') }
    if (token.text === '(') return this.nested()
    if (token.text === '[') return this.list()
    if (token.text === '{') return this.map()
    if (token.text === '-' && this.isNegativeNumber()) {
      this.index += 2
      return literal(this.tokens[this.index - 1] as Token, '-', token.position)
    }
    return this.unexpectedStart()
  }

  private nested(): CelNode {
    this.expect('(')
    const node = this.expression()
    this.expect(')')
    return node
  }

  private name(dot: string): CelNode {
    const token = this.token
    if (token.kind !== 'ident') this.unexpected('IDENTIFIER')
    const constant = dot === '' ? constants.get(token.text) : undefined
    if (constant !== undefined) {
      this.index++
      return { kind: 'literal', value: constant, position: token.position }
    }
    const message = this.messageName()
    if (message !== undefined) return this.struct(dot + message)
    this.index++
    if (reserved.has(token.text)) throw new CelSyntaxError(`reserved identifier: ${token.text}`, token.position)
    if (this.isOperator('(')) return this.call(dot + token.text, undefined)
    return { kind: 'ident', name: dot + token.text, position: token.position }
  }

  /** `a.b.C` if it is followed by `{`, which makes it the name of a message. */
  private messageName(): string | undefined {
    let end = this.index + 1
    while (this.tokens[end]?.text === '.' && this.tokens[end]?.kind === 'op' && this.tokens[end + 1]?.kind === 'ident') end += 2
    const next = this.tokens[end]
    if (next?.kind !== 'op' || next.text !== '{') return undefined
    const name = this.tokens.slice(this.index, end).map(({ text }) => text).join('')
    this.index = end
    return name
  }

  private struct(typeName: string): CelNode {
    const { position } = this.expect('{')
    const fields: StructNodeField[] = []
    this.items('}', () => {
      const optional = this.accept('?') !== undefined
      const name = this.fieldName()
      const colon = this.expect(':')
      fields.push({ name, optional, value: this.expression(), position: colon.position })
    })
    return { kind: 'struct', typeName, fields, position }
  }

  private list(): CelNode {
    const { position } = this.expect('[')
    const elements: { value: CelNode; optional: boolean }[] = []
    this.items(']', () => {
      const optional = this.accept('?') !== undefined
      elements.push({ optional, value: this.expression() })
    })
    return { kind: 'list', elements, position }
  }

  private map(): CelNode {
    const { position } = this.expect('{')
    const entries: MapNodeEntry[] = []
    this.items('}', () => {
      const optional = this.accept('?') !== undefined
      const key = this.expression()
      this.expect(':')
      entries.push({ key, optional, value: this.expression() })
    })
    return { kind: 'map', entries, position }
  }

  /** Items up to a closing bracket; a comma may follow the last one, and stand alone. */
  private items(close: string, readItem: () => void): void {
    while (!this.isOperator(close)) {
      if (!this.isOperator(',')) readItem()
      if (this.accept(',') === undefined) break
    }
    this.expect(close)
  }

  private call(name: string, target: CelNode | undefined): CelNode {
    const { position } = this.expect('(')
    const args: CelNode[] = []
    if (!this.isOperator(')')) {
      do args.push(this.expression())
      while (this.accept(',') !== undefined)
    }
    this.expect(')')
    const isReceiver = target !== undefined
    const { macros } = this.options
    const macro = macros.get(macroKey(name, isReceiver, args.length)) ?? macros.get(macroKey(name, isReceiver, 'any'))
    const place = { args, position, ...(target === undefined ? {} : { target }) }
    return macro?.expand(place) ?? { kind: 'call', name, ...place }
  }
}

function literal(token: Token, sign: '' | '-', position = token.position): CelNode {
  return { kind: 'literal', value: literalValue({ ...token, position }, sign), position }
}

function literalValue({ kind, text, raw, position }: Token, sign: '' | '-') {
  switch (kind) {
    case 'int': return intLiteral(text, sign, position)
    case 'uint': return uintLiteral(text, position)
    case 'double': return doubleLiteral(sign + text, position)
    case 'bytes': return new CelBytes(raw === true ? new TextEncoder().encode(text) : unescapeBytes(text, position))
    default: return raw === true ? text : unescapeString(text, position)
  }
}

function intLiteral(text: string, sign: '' | '-', position: number): bigint {
  const value = sign === '-' ? -BigInt(text) : BigInt(text)
  if (BigInt.asIntN(64, value) !== value) throw new CelSyntaxError('invalid int literal', position)
  return value
}

function uintLiteral(text: string, position: number): CelUint {
  const value = BigInt(text)
  if (BigInt.asUintN(64, value) !== value) throw new CelSyntaxError('invalid uint literal', position)
  return new CelUint(value)
}

function doubleLiteral(text: string, position: number): number {
  const value = Number(text)
  if (!Number.isFinite(value)) throw new CelSyntaxError('invalid double literal', position)
  return value
}
