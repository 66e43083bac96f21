// Go: text/template/exec.go
import type { ParameterType, TemplateFunction, TemplateFunctions } from './functions/template-function.ts'
import type { Command, Node, Operand, Pipe, Templates } from './syntax.ts'
import { TemplateError } from './template-error.ts'
import { isList, isTrue, showValue, sortedEntries, typeName, type TemplateValue } from './value.ts'

/** What a map's missing key means: `missingkey=…` of goTemplateOptions. */
export type MissingKey = 'default' | 'zero' | 'error'

/** How a template is run. */
export interface TemplateOptions {
  readonly missingKey: MissingKey
  readonly functions: TemplateFunctions
}

const maxSteps = 1_000_000
const maxText = 10_000_000
const maxCalls = 100

interface Variable { readonly name: string; value: TemplateValue }
type Signal = 'break' | 'continue' | undefined
/** Told apart from every value: no value comes from the pipe. */
const nothing = Symbol('nothing')
type Piped = TemplateValue | typeof nothing

/** The text of a parsed template for some data. */
export function evaluateTemplate(templates: Templates, data: TemplateValue, options: TemplateOptions): string {
  const run = new Run(templates, options)
  run.template(templates.main, data)
  return run.text
}

class Run {
  text = ''
  readonly #templates: Templates
  readonly #options: TemplateOptions
  #variables: Variable[] = []
  #steps = 0
  #calls = 0

  constructor(templates: Templates, options: TemplateOptions) {
    this.#templates = templates
    this.#options = options
  }

  /** Runs a template with variables of its own. */
  template(nodes: readonly Node[], data: TemplateValue): void {
    if (++this.#calls > maxCalls) throw new TemplateError('LIMIT_EXCEEDED', `templates call each other more than ${maxCalls} levels deep`)
    const variables = this.#variables
    this.#variables = [{ name: '$', value: data }]
    this.#nodes(nodes, data)
    this.#variables = variables
    this.#calls -= 1
  }

  #nodes(nodes: readonly Node[], dot: TemplateValue): Signal {
    for (const node of nodes) {
      const signal = this.#node(node, dot)
      if (signal !== undefined) return signal
    }
    return undefined
  }

  #node(node: Node, dot: TemplateValue): Signal {
    this.#step()
    switch (node.type) {
      case 'text': this.#write(node.text); return undefined
      case 'action': {
        const value = this.#pipe(node.pipe, dot)
        if (node.pipe.variables.length === 0) this.#write(value === undefined || value === null ? '<no value>' : showValue(value))
        return undefined
      }
      case 'if': case 'with': return this.#branch(node, dot)
      case 'range': return this.#range(node, dot)
      case 'template': this.#call(node.name, node.pipe === undefined ? undefined : this.#pipe(node.pipe, dot)); return undefined
      default: return node.type
    }
  }

  #branch({ type, pipe, body, otherwise }: Extract<Node, { type: 'if' | 'with' | 'range' }>, dot: TemplateValue): Signal {
    const scope = this.#variables.length
    const value = this.#pipe(pipe, dot)
    const signal = isTrue(value) ? this.#nodes(body, type === 'with' ? value : dot) : this.#nodes(otherwise, dot)
    this.#variables.length = scope
    return signal
  }

  #range({ pipe, body, otherwise }: Extract<Node, { type: 'if' | 'with' | 'range' }>, dot: TemplateValue): Signal {
    const scope = this.#variables.length
    const { commands, variables, isAssignment, line } = pipe
    const entries = this.#entries(this.#pipe({ commands, variables: [], isAssignment: false, line }, dot), pipe)
    let ran = false
    for (const [index, value] of entries) {
      ran = true
      this.#step()
      const named: readonly TemplateValue[] = variables.length > 1 ? [index, value] : [value]
      for (const [position, name] of variables.entries()) this.#declare(name, named[position], isAssignment)
      const signal = this.#nodes(body, value)
      this.#variables.length = scope
      if (signal === 'break') break
    }
    const signal = ran ? undefined : this.#nodes(otherwise, dot)
    this.#variables.length = scope
    return signal
  }

  #entries(value: TemplateValue, { line, variables }: Pipe): Iterable<readonly [TemplateValue, TemplateValue]> {
    if (value === undefined || value === null) return []
    if (value instanceof Map) return sortedEntries(value)
    if (isList(value)) return value.map((item, index) => [BigInt(index), item])
    if (typeof value === 'bigint') {
      if (variables.length > 1) throw failed(line, `can't use ${value} to iterate over more than one variable`)
      return countUp(value)
    }
    throw failed(line, `range can't iterate over ${showValue(value)}`)
  }

  #call(name: string, data: TemplateValue): void {
    const nodes = this.#templates.defined.get(name)
    if (nodes === undefined) throw new TemplateError('TEMPLATE_FAILED', `template ${JSON.stringify(name)} not defined`)
    this.template(nodes, data)
  }

  #pipe({ commands, variables, isAssignment, line }: Pipe, dot: TemplateValue): TemplateValue {
    let value: Piped = nothing
    for (const command of commands) value = this.#command(command, { dot, piped: value, line })
    const result = value === nothing ? undefined : value
    for (const name of variables) this.#declare(name, result, isAssignment)
    return result
  }

  #declare(name: string, value: TemplateValue, isAssignment: boolean): void {
    if (!isAssignment) { this.#variables.push({ name, value }); return }
    const variable = this.#variables.findLast((candidate) => candidate.name === name)
    if (variable !== undefined) variable.value = value
  }

  #command(command: Command, at: At): TemplateValue {
    const [first] = command as readonly [Operand]
    if (first.type === 'function') return this.#function(first.name, command.slice(1), at)
    if (command.length > 1 || at.piped !== nothing) throw failed(at.line, first.type === 'field' ? `${first.names.at(-1)} is not a method but has arguments` : "can't give argument to non-function")
    if (first.type === 'nil') throw failed(at.line, 'nil is not a command')
    return this.#operand(first, at)
  }

  #operand(operand: Operand, at: At): TemplateValue {
    this.#step()
    switch (operand.type) {
      case 'dot': return at.dot
      case 'nil': return null
      case 'constant': return operand.value
      case 'number': return operand.isFloat || operand.integer === undefined ? operand.float : operand.integer
      case 'function': return this.#function(operand.name, [], { ...at, piped: nothing })
      case 'field': return this.#fields(at.dot, operand.names, at.line)
      case 'variable': return this.#fields(this.#variables.findLast(({ name }) => name === operand.name)?.value, operand.names, at.line)
      case 'group': return this.#fields(this.#pipe(operand.pipe, at.dot), operand.names, at.line)
    }
  }

  #fields(value: TemplateValue, names: readonly string[], line: number): TemplateValue {
    return names.reduce<TemplateValue>((current, name) => this.#field(current, name, line), value)
  }

  #field(value: TemplateValue, name: string, line: number): TemplateValue {
    const { missingKey } = this.#options
    if (value === undefined) {
      if (missingKey === 'error') throw failed(line, `nil data; no entry for key ${JSON.stringify(name)}`)
      return undefined
    }
    if (value === null) throw failed(line, `nil pointer evaluating interface {}.${name}`)
    if (!(value instanceof Map)) throw failed(line, `can't evaluate field ${name} in type ${typeName(value)}`)
    if (!value.has(name) && missingKey === 'error') throw failed(line, `map has no entry for key ${JSON.stringify(name)}`)
    return value.get(name)
  }

  #function(name: string, operands: readonly Operand[], at: At): TemplateValue {
    const definition = this.#options.functions.get(name) as TemplateFunction
    if (name === 'and' || name === 'or') return this.#shortCircuit(name, operands, at)
    const { parameters, rest } = definition
    checkCount(name, definition, operands.length + (at.piped === nothing ? 0 : 1), at.line)
    const typeAt = (index: number): ParameterType => parameters[index] ?? rest as ParameterType
    const values = operands.map((operand, index) => this.#argument(operand, typeAt(index), at))
    if (at.piped !== nothing) values.push(checkType(at.piped, typeAt(operands.length), at.line))
    return invoke(name, definition, values, at.line)
  }

  /** `and` and `or` evaluate no more than they need. */
  #shortCircuit(name: 'and' | 'or', operands: readonly Operand[], at: At): TemplateValue {
    let value: TemplateValue
    if (operands.length === 0 && at.piped === nothing) throw failed(at.line, `wrong number of args for ${name}: want at least 1 got 0`)
    for (const operand of operands) {
      value = this.#argument(operand, 'any', at)
      if (isTrue(value) === (name === 'or')) return value
    }
    return at.piped === nothing ? value : at.piped
  }

  #argument(operand: Operand, type: ParameterType, at: At): TemplateValue {
    if (operand.type === 'number') {
      if (type === 'float') return operand.float
      if (type === 'int' && operand.integer !== undefined) return operand.integer
    }
    if (operand.type === 'nil' && type !== 'any' && type !== 'map') throw failed(at.line, `cannot assign nil to ${goTypes[type]}`)
    return checkType(this.#operand(operand, { ...at, piped: nothing }), type, at.line)
  }

  #write(text: string): void {
    this.text += text
    if (this.text.length > maxText) throw tooLong()
  }

  #step(): void {
    if (++this.#steps > maxSteps) throw new TemplateError('LIMIT_EXCEEDED', `a template takes more than ${maxSteps} steps`)
  }
}

interface At { readonly dot: TemplateValue; readonly piped: Piped; readonly line: number }

function* countUp(end: bigint): Generator<readonly [TemplateValue, TemplateValue]> {
  for (let index = 0n; index < end; index++) yield [index, index]
}

const goTypes: Readonly<Record<ParameterType, string>> = { any: 'interface {}', string: 'string', int: 'int', float: 'float64', bool: 'bool', map: 'map[string]interface {}' }

function checkType(value: TemplateValue, type: ParameterType, line: number): TemplateValue {
  if (type === 'any') return value
  if (value === undefined || value === null) {
    if (type === 'map') return new Map()
    throw failed(line, `invalid value; expected ${goTypes[type]}`)
  }
  if (typeName(value) !== goTypes[type]) throw failed(line, `wrong type for value; expected ${goTypes[type]}; got ${typeName(value)}`)
  return value
}

function checkCount(name: string, { parameters, rest }: TemplateFunction, count: number, line: number): void {
  const isWrong = rest === undefined ? count !== parameters.length : count < parameters.length
  if (isWrong) throw failed(line, `wrong number of args for ${name}: want ${rest === undefined ? '' : 'at least '}${parameters.length} got ${count}`)
}

function invoke(name: string, definition: TemplateFunction, values: readonly TemplateValue[], line: number): TemplateValue {
  try {
    const result = definition.call(values)
    if (typeof result === 'string' && result.length > maxText) throw tooLong()
    return result
  } catch (error) {
    if (error instanceof TemplateError && error.code === 'TEMPLATE_FAILED') throw failed(line, `error calling ${name}: ${error.message}`)
    throw error
  }
}

function failed(line: number, message: string): TemplateError {
  return new TemplateError('TEMPLATE_FAILED', `line ${line}: ${message}`)
}

function tooLong(): TemplateError {
  return new TemplateError('LIMIT_EXCEEDED', `a template makes more than ${maxText} characters`)
}
