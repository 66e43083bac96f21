// Go: text/template/parse/parse.go
import { unquoteGo } from './unquote-go.ts'
import { lex, type Token } from './lex.ts'
import { readNumber } from './read-number.ts'
import type { Command, Node, Operand, Pipe, Templates } from './syntax.ts'
import { TemplateError } from './template-error.ts'

const maxDepth = 200

/** Parses a template. `isFunction` says which names are functions: others are refused here already, as in Go. */
export function parseTemplate(text: string, isFunction: (name: string) => boolean): Templates {
  return new Parser(lex(text), isFunction).parse()
}

const keywords: ReadonlySet<string> = new Set(['if', 'else', 'end', 'range', 'with', 'template', 'define', 'block', 'break', 'continue'])

class Parser {
  readonly #tokens: readonly Token[]
  readonly #isFunction: (name: string) => boolean
  readonly #defined = new Map<string, readonly Node[]>()
  #index = 0
  #depth = 0
  #rangeDepth = 0
  /** Variables in scope: Go refuses others before it runs anything. */
  #variables: string[] = ['$']

  constructor(tokens: readonly Token[], isFunction: (name: string) => boolean) {
    this.#tokens = tokens
    this.#isFunction = isFunction
  }

  parse(): Templates {
    const main: Node[] = []
    while (this.#index < this.#tokens.length) {
      const stop = this.#body(main)
      if (stop !== undefined) throw this.#error(`unexpected {{${stop}}}`)
    }
    return { main, defined: this.#defined }
  }

  /** Reads nodes up to `else` or `end`, which is returned with the token behind it next. */
  #body(nodes: Node[]): 'else' | 'end' | undefined {
    if (++this.#depth > maxDepth) throw new TemplateError('LIMIT_EXCEEDED', `a template is nested more than ${maxDepth} levels deep`)
    try {
      for (let token = this.#next(); token !== undefined; token = this.#next()) {
        if (token.type === 'text') { nodes.push({ type: 'text', text: token.text }); continue }
        const word = token.type === 'word' && keywords.has(token.text) ? token.text : undefined
        if (word === 'else' || word === 'end') return word
        if (word === undefined) {
          this.#index -= 1
          nodes.push({ type: 'action', pipe: this.#pipe('end') })
        } else this.#keyword(word, nodes)
      }
      return undefined
    } finally {
      this.#depth -= 1
    }
  }

  #keyword(word: string, nodes: Node[]): void {
    switch (word) {
      case 'if': case 'with': case 'range': nodes.push(this.#control(word)); return
      case 'break': case 'continue':
        if (this.#rangeDepth === 0) throw this.#error(`{{${word}}} outside {{range}}`)
        this.#expectEnd()
        nodes.push({ type: word })
        return
      case 'template': nodes.push({ type: 'template', name: this.#name(), pipe: this.#optionalPipe() }); return
      case 'define': this.#define(this.#name()); return
      default: {
        const name = this.#name()
        const pipe = this.#pipe('end')
        this.#define(name, false)
        nodes.push({ type: 'template', name, pipe })
      }
    }
  }

  #define(name: string, endsHere = true): void {
    if (endsHere) this.#expectEnd()
    const [variables, rangeDepth] = [this.#variables, this.#rangeDepth]
    this.#variables = ['$']
    this.#rangeDepth = 0
    const nodes: Node[] = []
    if (this.#body(nodes) !== 'end') throw this.#error(`the template ${JSON.stringify(name)} is not ended`)
    this.#expectEnd()
    this.#variables = variables
    this.#rangeDepth = rangeDepth
    this.#defined.set(name, nodes)
  }

  #control(type: 'if' | 'with' | 'range'): Node {
    const scope = this.#variables.length
    const pipe = this.#pipe('end')
    if (type === 'range') this.#rangeDepth += 1
    const body: Node[] = []
    const otherwise: Node[] = []
    let stop = this.#body(body)
    if (type === 'range') this.#rangeDepth -= 1
    if (stop === 'else') stop = this.#otherwise(type, otherwise)
    else if (stop === 'end') this.#expectEnd()
    if (stop !== 'end') throw this.#error(`{{${type}}} is not ended`)
    this.#variables.length = scope
    return { type, pipe, body, otherwise }
  }

  /** `else if` and `else with` are one more block that shares the end. */
  #otherwise(type: 'if' | 'with' | 'range', nodes: Node[]): 'else' | 'end' | undefined {
    const token = this.#peek()
    if (token?.type === 'word' && token.text === type && type !== 'range') {
      this.#index += 1
      if (++this.#depth > maxDepth) throw new TemplateError('LIMIT_EXCEEDED', `a template has more than ${maxDepth} branches in a row`)
      nodes.push(this.#control(type))
      this.#depth -= 1
      return 'end'
    }
    this.#expectEnd()
    const stop = this.#body(nodes)
    if (stop === 'end') this.#expectEnd()
    return stop
  }

  #optionalPipe(): Pipe | undefined {
    if (this.#peek()?.type === 'end') { this.#index += 1; return undefined }
    return this.#pipe('end')
  }

  #name(): string {
    const token = this.#next()
    if (token?.type !== 'string') throw this.#error('a template is called by a quoted name')
    return unquoteGo(token.text)
  }

  #pipe(end: 'end' | ')'): Pipe {
    const line = this.#peek()?.line ?? 0
    const { variables, isAssignment } = this.#declarations()
    const commands: Command[] = []
    for (;;) {
      const command = this.#command()
      if (command.length === 0) throw this.#error('a value is missing')
      if (commands.length > 0 && !canTakeValue(command[0] as Operand)) throw this.#error('a value that is no function stands behind |')
      commands.push(command)
      if (this.#endsPipe(end)) break
    }
    if (!isAssignment) this.#variables.push(...variables)
    return { variables, isAssignment, commands, line }
  }

  /** Passes `|` or what ends the pipeline. */
  #endsPipe(end: 'end' | ')'): boolean {
    const token = this.#next()
    if (token?.type === 'symbol' && token.text === '|') return false
    if (end === 'end' ? token?.type === 'end' : token?.type === 'symbol' && token.text === ')') return true
    throw this.#error(token === undefined ? 'an action is not closed' : `unexpected ${token.text}`)
  }

  #declarations(): Pick<Pipe, 'variables' | 'isAssignment'> {
    const start = this.#index
    const variables: string[] = []
    for (let token = this.#peek(); token?.type === 'variable'; token = this.#peek()) {
      variables.push(token.text)
      this.#index += 1
      const sign = this.#next()
      if (sign?.type === 'symbol' && (sign.text === ':=' || sign.text === '=')) {
        const isAssignment = sign.text === '='
        if (isAssignment) for (const name of variables) this.#known(name)
        return { variables, isAssignment }
      }
      if (sign?.type !== 'symbol' || sign.text !== ',') break
    }
    this.#index = start
    return { variables: [], isAssignment: false }
  }

  #command(): Command {
    const operands: Operand[] = []
    for (let operand = this.#operand(); operand !== undefined; operand = this.#operand()) {
      operands.push(operand)
      const token = this.#peek()
      const ends = token === undefined || token.type === 'end' || (token.type === 'symbol' && (token.text === '|' || token.text === ')'))
      if (ends) break
      if (!token.spaced) throw this.#error(`unexpected ${token.text}`)
    }
    return operands
  }

  #operand(): Operand | undefined {
    const token = this.#next()
    switch (token?.type) {
      case 'word': return this.#word(token.text)
      case 'field': this.#index -= 1; return { type: 'field', names: this.#fields(true) }
      case 'variable': this.#known(token.text); return { type: 'variable', name: token.text, names: this.#fields() }
      case 'string': return { type: 'constant', value: unquoteGo(token.text) }
      case 'character': return { type: 'number', ...readNumber(token.text) }
      case 'number': return { type: 'number', ...readNumber(token.text) }
      case 'symbol': return this.#symbol(token)
      default: this.#index -= 1; return undefined
    }
  }

  #symbol({ text }: Token): Operand | undefined {
    if (text === '.') return { type: 'dot' }
    if (text !== '(') { this.#index -= 1; return undefined }
    if (++this.#depth > maxDepth) throw new TemplateError('LIMIT_EXCEEDED', `a template is nested more than ${maxDepth} levels deep`)
    const pipe = this.#pipe(')')
    this.#depth -= 1
    return { type: 'group', pipe, names: this.#fields() }
  }

  #word(name: string): Operand {
    if (name === 'true' || name === 'false') return { type: 'constant', value: name === 'true' }
    if (name === 'nil') return { type: 'nil' }
    if (!this.#isFunction(name)) throw this.#error(`function ${JSON.stringify(name)} not defined`)
    return { type: 'function', name }
  }

  /** The `.a.b` that follow without a space. */
  #fields(mayStart = false): readonly string[] {
    const names: string[] = []
    for (let token = this.#peek(); token?.type === 'field' && (!token.spaced || (mayStart && names.length === 0)); token = this.#peek()) {
      names.push(token.text.slice(1))
      this.#index += 1
    }
    return names
  }

  #known(name: string): void {
    if (!this.#variables.includes(name)) throw this.#error(`undefined variable ${JSON.stringify(name)}`)
  }

  #expectEnd(): void {
    const token = this.#next()
    if (token?.type !== 'end') throw this.#error(token === undefined ? 'an action is not closed' : `unexpected ${token.text}`)
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#index]
  }

  #next(): Token | undefined {
    return this.#tokens[this.#index++]
  }

  #error(message: string): TemplateError {
    const { line } = this.#tokens[Math.min(Math.max(this.#index - 1, 0), this.#tokens.length - 1)] ?? { line: 1 }
    return new TemplateError('INVALID_TEMPLATE', `line ${line}: ${message}`)
  }
}

/** Behind `|` only what takes the value may stand. */
function canTakeValue({ type }: Operand): boolean {
  return type === 'function' || type === 'field' || type === 'variable' || type === 'group'
}
