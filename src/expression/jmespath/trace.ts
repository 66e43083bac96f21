import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import type { Node } from './ast.ts'
import { compileNode } from './compile.ts'
import { parseJmesPath } from './parser.ts'
import { Run, type JmesPathEnvironment } from './run.ts'
import { isTruthy } from './value.ts'

/** A part of the data that an expression looked at. */
export interface TracedValue {
  readonly path: FieldPath
  /** Undefined for a field that is not there. */
  readonly value: JsonValue | undefined
}

/** Beyond this many nobody reads on. */
const mostValues = 200

/** Finds the sources of an expression's result in some data. */
export type JmesPathTrace = (data: JsonValue, environment: JmesPathEnvironment) => readonly TracedValue[]

/**
 * Prepares to find which parts of the data an expression's result comes from: `a[?b].c` gives the paths of those c. What functions and comparisons make
 * of their operands is new and has no place; the operands have. What is no expression has no sources. For telling people where to look, not for deciding.
 */
export function compileTrace(expression: string): JmesPathTrace {
  const root = withoutError(() => parseJmesPath(expression))
  return (data, environment) => (root === undefined ? [] : withoutError(() => new Tracer(environment).trace(root, [{ path: [], value: data }])) ?? [])
}

function withoutError<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof EvaluationError) return undefined
    throw error
  }
}

type Values = readonly TracedValue[]
type Trace = (node: Node, from: Values) => Values
type Branch = Extract<Node, { readonly left: Node; readonly right: Node }>

class Tracer {
  readonly #environment: JmesPathEnvironment

  constructor(environment: JmesPathEnvironment) {
    this.#environment = environment
  }

  /** The sources of a node's value; of a projection those of its elements. */
  readonly trace: Trace = (node, from) => {
    if ('left' in node) return this.#traceBranch(node, from)
    switch (node.type) {
      case 'current': return from
      case 'field': return from.flatMap((source) => childOf(source, node.name))
      case 'index': return from.flatMap((source) => itemOf(source, node.index))
      case 'not': return this.trace(node.operand, from)
      case 'hash': return limit(node.entries.flatMap(([, value]) => this.trace(value, from)))
      case 'call': return this.#traceCall(node.arguments, from)
      case 'list': case 'slice': case 'flatten': return this.#items(node, from)
      default: return []
    }
  }

  #traceBranch(node: Branch, from: Values): Values {
    switch (node.type) {
      case 'chain': case 'pipe': return onward(this.trace(node.left, from), (values) => this.trace(node.right, values))
      case 'or': return this.#traceOr(node, from)
      case 'and': case 'comparison': return limit([...this.trace(node.left, from), ...this.trace(node.right, from)])
      default: return this.#traceProjection(node, from)
    }
  }

  /** The sources of the elements of a node's value. */
  #items(node: Node, from: Values): Values {
    switch (node.type) {
      case 'projection': case 'valueProjection': case 'filter': return this.trace(node, from)
      case 'list': return limit(node.items.flatMap((item) => this.trace(item, from)))
      case 'flatten': return limit(this.#items(node.operand, from).flatMap((item) => (isJsonArray(item.value) ? itemsOf(item) : [item])))
      default: return limit((node.type === 'slice' ? from : this.trace(node, from)).flatMap(itemsOf))
    }
  }

  /** A filter that lets nothing through points at what it searched. */
  #traceProjection(node: Branch, from: Values): Values {
    const base = node.type === 'valueProjection' ? limit(this.trace(node.left, from).flatMap(membersOf)) : this.#items(node.left, from)
    const elements = node.type === 'filter' ? base.filter((item) => this.#holds(node.condition, item)) : base
    if (elements.length === 0) return this.trace(node.left, from)
    return onward(elements, (values) => limit(values.flatMap((item) => this.trace(node.right, [item])).filter(isPresent)))
  }

  #traceOr(node: Branch, from: Values): Values {
    const left = this.trace(node.left, from)
    if (from.some((source) => this.#holds(node.left, source))) return left
    const right = this.trace(node.right, from)
    return right.length > 0 ? right : left
  }

  /** `&expression` is applied to the elements of the other arguments. */
  #traceCall(operands: readonly Node[], from: Values): Values {
    const plain = operands.flatMap((operand) => this.trace(operand, from))
    const references = operands.flatMap((operand) => (operand.type === 'reference' ? [operand.operand] : []))
    if (references.length === 0) return limit(plain)
    const items = plain.flatMap((source) => (isJsonArray(source.value) ? itemsOf(source) : [source]))
    return onward(limit(items), (values) => limit(references.flatMap((reference) => this.trace(reference, values))))
  }

  #holds(condition: Node, { value }: TracedValue): boolean {
    return value !== undefined && isTruthy(compileNode(condition)(value, new Run(this.#environment, new Map())))
  }
}

/** Where a step leads nowhere, what came before it is the best answer. */
function onward(values: Values, next: (values: Values) => Values): Values {
  const further = next(values)
  return further.length > 0 ? further : values
}

function childOf({ path, value }: TracedValue, name: string): Values {
  if (value === undefined) return [{ path: [...path, name], value }]
  return isJsonObject(value) ? [{ path: [...path, name], value: Object.hasOwn(value, name) ? value[name] : undefined }] : []
}

function itemOf({ path, value }: TracedValue, index: number): Values {
  const position = isJsonArray(value) && index < 0 ? value.length + index : index
  const item = isJsonArray(value) ? value[position] : undefined
  return item === undefined ? [] : [{ path: [...path, position], value: item }]
}

function itemsOf({ path, value }: TracedValue): Values {
  return isJsonArray(value) ? value.slice(0, mostValues).map((item, index) => ({ path: [...path, index], value: item })) : []
}

function membersOf({ path, value }: TracedValue): Values {
  return isJsonObject(value) ? Object.keys(value).slice(0, mostValues).map((key) => ({ path: [...path, key], value: value[key] })) : []
}

function isPresent({ value }: TracedValue): boolean {
  return value !== undefined && value !== null
}

function limit(values: Values): Values {
  return values.length > mostValues ? values.slice(0, mostValues) : values
}
