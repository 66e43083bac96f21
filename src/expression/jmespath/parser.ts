// kyverno/go-jmespath: parser.go

import { depthOf, type ComparisonOperator, type Node } from './ast.ts'
import { syntaxError, tokenize, type Token, type TokenType } from './lexer.ts'

/** What binds tighter has the higher number; a token that is not here ends an expression. */
const bindingPowers: ReadonlyMap<TokenType, number> = new Map<TokenType, number>([
  ['|', 1], ['||', 2], ['&&', 3], ['==', 5], ['!=', 5], ['<', 5], ['<=', 5], ['>', 5], ['>=', 5],
  ['[]', 9], ['*', 20], ['[?', 21], ['.', 40], ['!', 45], ['{', 50], ['[', 55], ['(', 60],
])
const power = (type: TokenType): number => bindingPowers.get(type) ?? 0

/** Nobody writes expressions that deep; a recursion this deep is safe. */
const deepest = 400
const longest = 1 << 20

const current: Node = { type: 'current' }

/** Parses an expression; throws INVALID_EXPRESSION with the place. */
export function parseJmesPath(expression: string): Node {
  if (expression.length > longest) throw syntaxError('longer than 1 MiB', expression, longest)
  const cursor = new Cursor(expression, tokenize(expression))
  const node = parseExpression(cursor, 0)
  if (cursor.type !== 'end') throw cursor.unexpected()
  // Operators make the tree deep to the left without the parser going down.
  if (cursor.tokenCount > deepest && depthOf(node, deepest) > deepest) throw syntaxError('nested too deeply', expression, 0)
  return node
}

/** The position in the tokens, and how deep the parser is. */
class Cursor {
  readonly #expression: string
  readonly #tokens: readonly Token[]
  #index = 0
  #depth = 0

  constructor(expression: string, tokens: readonly Token[]) {
    this.#expression = expression
    this.#tokens = tokens
  }

  peek(ahead = 0): Token {
    return (this.#tokens[this.#index + ahead] ?? this.#tokens.at(-1)) as Token
  }

  get tokenCount(): number {
    return this.#tokens.length
  }

  get type(): TokenType {
    return this.peek().type
  }

  advance(): Token {
    const token = this.peek()
    this.#index++
    return token
  }

  expect(type: TokenType): Token {
    if (this.type !== type) throw this.unexpected(this.peek(), type)
    return this.advance()
  }

  /** One step down of the parser. */
  nested<T>(parse: () => T): T {
    if (++this.#depth > deepest) throw syntaxError('nested too deeply', this.#expression, this.peek().offset)
    const result = parse()
    this.#depth--
    return result
  }

  unexpected(token = this.peek(), wanted?: string): Error {
    const found = token.type === 'end' ? 'the end' : `"${String(token.value)}"`
    return syntaxError(`unexpected ${found}${wanted === undefined ? '' : `, expected ${wanted}`}`, this.#expression, token.offset)
  }
}

function parseExpression(cursor: Cursor, minimum: number): Node {
  return cursor.nested(() => {
    let left = parsePrefix(cursor, cursor.advance())
    while (minimum < power(cursor.type)) left = parseOperator(cursor, left, cursor.advance())
    return left
  })
}

type Prefix = (cursor: Cursor, token: Token) => Node

const prefixes: ReadonlyMap<TokenType, Prefix> = new Map<TokenType, Prefix>([
  ['literal', (_, token) => ({ type: 'literal', value: token.value })],
  ['identifier', (_, token) => ({ type: 'field', name: String(token.value) })],
  ['quoted identifier', (cursor, token) => {
    if (cursor.type === '(') throw cursor.unexpected()
    return { type: 'field', name: String(token.value) }
  }],
  ['*', (cursor) => ({ type: 'valueProjection', left: current, right: cursor.type === ']' ? current : parseProjected(cursor, power('*')) })],
  ['[?', (cursor) => parseFilter(cursor, current)],
  ['{', parseHash],
  ['[]', (cursor) => ({ type: 'projection', left: { type: 'flatten', operand: current }, right: parseProjected(cursor, power('[]')) })],
  ['[', parseBracket],
  ['@', () => current],
  ['&', (cursor) => ({ type: 'reference', operand: parseExpression(cursor, power('&')) })],
  ['!', (cursor) => ({ type: 'not', operand: parseExpression(cursor, power('!')) })],
  ['(', (cursor) => {
    const inner = parseExpression(cursor, 0)
    cursor.expect(')')
    return inner
  }],
])

function parsePrefix(cursor: Cursor, token: Token): Node {
  const parse = prefixes.get(token.type)
  if (parse === undefined) throw cursor.unexpected(token)
  return parse(cursor, token)
}

function parseOperator(cursor: Cursor, left: Node, token: Token): Node {
  switch (token.type) {
    case '.': return parseDot(cursor, left)
    case '|': return { type: 'pipe', left, right: parseExpression(cursor, power('|')) }
    case '||': return { type: 'or', left, right: parseExpression(cursor, power('||')) }
    case '&&': return { type: 'and', left, right: parseExpression(cursor, power('&&')) }
    case '(': return { type: 'call', name: calledName(left), arguments: parseArguments(cursor) }
    case '[?': return parseFilter(cursor, left)
    case '[]': return { type: 'projection', left: { type: 'flatten', operand: left }, right: parseProjected(cursor, power('[]')) }
    case '[': return parseIndex(cursor, left)
    default: return parseComparison(cursor, left, token)
  }
}

function parseComparison(cursor: Cursor, left: Node, token: Token): Node {
  if (power(token.type) !== power('==')) throw cursor.unexpected(token)
  return { type: 'comparison', operator: token.type as ComparisonOperator, left, right: parseExpression(cursor, power('==')) }
}

function parseDot(cursor: Cursor, left: Node): Node {
  if (cursor.type !== '*') return { type: 'chain', left, right: parseAfterDot(cursor, power('.')) }
  cursor.advance()
  return { type: 'valueProjection', left, right: parseProjected(cursor, power('.')) }
}

function parseAfterDot(cursor: Cursor, minimum: number): Node {
  if (['identifier', 'quoted identifier', '*'].includes(cursor.type)) return parseExpression(cursor, minimum)
  const token = cursor.advance()
  if (token.type === '[') return parseList(cursor)
  if (token.type === '{') return parseHash(cursor)
  throw cursor.unexpected(token, 'a name, [ or {')
}

/** What follows a projection applies to each element. */
function parseProjected(cursor: Cursor, minimum: number): Node {
  if (power(cursor.type) < 10) return current
  if (cursor.type === '[' || cursor.type === '[?') return parseExpression(cursor, minimum)
  cursor.expect('.')
  return parseAfterDot(cursor, minimum)
}

/** As in the original, what is called may also be a text: `'length'(@)`. */
function calledName(node: Node): string | undefined {
  if (node.type === 'field') return node.name
  return node.type === 'literal' && typeof node.value === 'string' ? node.value : undefined
}

/** Commas between arguments may be missing, or trail. */
function parseArguments(cursor: Cursor): Node[] {
  const parsed: Node[] = []
  while (cursor.type !== ')') {
    parsed.push(parseExpression(cursor, 0))
    if (cursor.type === ',') cursor.advance()
  }
  cursor.advance()
  return parsed
}

function parseFilter(cursor: Cursor, left: Node): Node {
  const condition = parseExpression(cursor, 0)
  cursor.expect(']')
  const right = cursor.type === '[]' ? current : parseProjected(cursor, power('[?'))
  return { type: 'filter', left, right, condition }
}

function parseBracket(cursor: Cursor): Node {
  if (cursor.type === 'number' || cursor.type === ':') return parseIndex(cursor, current)
  if (cursor.type === '*' && cursor.peek(1).type === ']') return parseIndex(cursor, current)
  return parseList(cursor)
}

/** After `[`: an index, a slice or `*`. */
function parseIndex(cursor: Cursor, left: Node): Node {
  if (cursor.type !== 'number' && cursor.type !== ':') {
    cursor.expect('*')
    cursor.expect(']')
    return { type: 'projection', left, right: parseProjected(cursor, power('*')) }
  }
  if (cursor.type === ':' || cursor.peek(1).type === ':') {
    const slice = parseSlice(cursor)
    return { type: 'projection', left: { type: 'chain', left, right: slice }, right: parseProjected(cursor, power('*')) }
  }
  const index = parseInteger(cursor)
  cursor.expect(']')
  return { type: 'chain', left, right: { type: 'index', index } }
}

function parseSlice(cursor: Cursor): Node {
  const parts: (number | undefined)[] = [undefined, undefined, undefined]
  let index = 0
  while (cursor.type !== ']' && index < 3) {
    if (cursor.type === ':') {
      index++
      cursor.advance()
    } else {
      parts[index] = parseInteger(cursor)
    }
  }
  cursor.expect(']')
  return { type: 'slice', start: parts[0], stop: parts[1], step: parts[2] }
}

function parseInteger(cursor: Cursor): number {
  const token = cursor.expect('number')
  const text = String(token.value)
  const value = /\d/.test(text) && text.length < 21 ? BigInt(text) : undefined
  if (value === undefined || BigInt.asIntN(64, value) !== value) throw cursor.unexpected(token, 'an integer')
  return Number(value)
}

function parseList(cursor: Cursor): Node {
  const items: Node[] = [parseExpression(cursor, 0)]
  while (cursor.type !== ']') {
    cursor.expect(',')
    items.push(parseExpression(cursor, 0))
  }
  cursor.advance()
  return { type: 'list', items }
}

/** Commas between the pairs may be missing, but not trail. */
function parseHash(cursor: Cursor): Node {
  const entries: [string, Node][] = []
  for (;;) {
    const key = cursor.advance()
    if (key.type !== 'identifier' && key.type !== 'quoted identifier') throw cursor.unexpected(key, 'a name')
    cursor.expect(':')
    entries.push([String(key.value), parseExpression(cursor, 0)])
    if (cursor.type === '}') break
    if (cursor.type === ',') cursor.advance()
  }
  cursor.advance()
  return { type: 'hash', entries }
}
