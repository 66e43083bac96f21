import { EvaluationError } from '../../../model/errors.ts'
import type { Checked } from '../check/checked.ts'
import type { CelMessageType, CelOverload } from '../library.ts'
import type { BindNode, CallNode, CelNode, ListNode, LoopNode, MapNode, SelectNode, StructNode } from '../syntax/ast.ts'
import { mapFromEntries } from '../values/map.ts'
import { goTypeName } from '../values/runtime-type.ts'
import { CelOptional, CelTypeValue, CelUint, failure, type CelValue } from '../values/value.ts'
import { compileCall } from './compile-call.ts'
import { AttributeCosts } from './attribute-costs.ts'
import { compileEquality } from './compile-equality.ts'
import { compileConditional, compileLogical } from './compile-logic.ts'
import { compileMembership } from './compile-membership.ts'
import { compileLoop } from './compile-loop.ts'
import { constantFrame, foldCall } from './fold.ts'
import type { Compiled, Frame, Run } from './frame.ts'
import { PlanError } from './plan-error.ts'
import { compileOptionalSelect, compileSelect, compileTest, indexOptional, selectIndex } from './select.ts'

/** What the compiler needs of an environment. */
export interface CompilerEnvironment {
  findFunction(name: string): readonly CelOverload[] | undefined
  findMessageType(name: string): CelMessageType | undefined
  /** Whether what is constant is computed once, when compiling; its errors are then errors of compilation. */
  readonly foldConstants: boolean
}

/** cel-go's costs of making values (common/cost.go). */
const creationCost = { list: 10, map: 30, struct: 40 } as const

/** Turns a checked expression into closures over a frame. */
export class Compiler {
  /** Names of the global variables that the expression mentions, by slot. */
  readonly variables: string[] = []
  private readonly locals: { readonly name: string; readonly slot: number; readonly isLazy: boolean }[] = []
  private localCount = 0
  private readonly costs = new AttributeCosts()
  private readonly checked: Checked
  private readonly environment: CompilerEnvironment

  constructor(checked: Checked, environment: CompilerEnvironment) {
    this.checked = checked
    this.environment = environment
    for (const name of checked.names.values()) if (name.kind === 'variable' && !this.variables.includes(name.name)) this.variables.push(name.name)
  }

  compile(node: CelNode): Compiled {
    switch (node.kind) {
      case 'literal': return constant(node.value)
      case 'ident': return this.compileName(node)
      case 'select': return this.checked.names.has(node) ? this.compileName(node) : { run: this.compileSelect(node) }
      case 'call': return this.compileCall(node)
      case 'list': return this.compileList(node)
      case 'map': return this.compileMap(node)
      case 'struct': return { run: this.compileStruct(node) }
      case 'loop': return { run: this.compileLoop(node) }
      case 'bind': return { run: this.compileBind(node) }
    }
  }

  private run(node: CelNode): Run {
    return this.compile(node).run
  }

  private compileName(node: CelNode): Compiled {
    const name = this.checked.names.get(node)
    if (name === undefined) return { run: refuse(`no such attribute(s): ${node.kind === 'ident' ? node.name : ''}`) }
    if (name.kind === 'type') return constant(new CelTypeValue(name.type))
    if (name.kind === 'local') return { run: this.compileLocal(name.name, this.costs.ofName(node)) }
    const slot = this.variables.indexOf(name.name)
    const cost = this.costs.ofName(node)
    return {
      run: (frame) => {
        frame.cost += cost
        const value = frame.slots[slot]
        return value === undefined ? frame.load(slot) : value
      },
    }
  }

  private compileLocal(name: string, cost: number): Run {
    const local = this.locals.findLast((candidate) => candidate.name === name)
    if (local === undefined) throw new Error(`the variable ${name} was not resolved`)
    const { slot, isLazy } = local
    if (isLazy) {
      return (frame) => {
        frame.cost += cost
        return (frame.slots[slot] as unknown as Lazy).get(frame)
      }
    }
    return (frame) => {
      frame.cost += cost
      return frame.slots[slot] as CelValue
    }
  }

  private compileSelect(node: SelectNode): Run {
    const { field } = node
    const operand = this.run(node.operand)
    if (node.test) return compileTest(operand, field)
    const cost = this.costs.ofSelection(node, node.operand)
    return node.optional ? compileOptionalSelect(operand, field, cost) : compileSelect(operand, field, cost)
  }

  private compileCall(node: CallNode): Compiled {
    const call = this.checked.calls.get(node)
    if (call === undefined) return { run: this.compileUnchecked(node) }
    this.costs.enter(node)
    const operands = call.operands.map((operand) => this.compile(operand))
    const special = this.compileOperator(node, operands)
    if (special !== undefined) return special
    const name = call.overloads[0]?.name ?? node.name
    const run = this.planCall(() => compileCall(name, call.overloads, this.environment.findFunction(name) ?? [], operands), node)
    return this.environment.foldConstants ? foldCall({ name, run, operands, position: node.position }) : { run }
  }

  /** A call that fits no overload, or a function that nobody declared, in an expression that was not checked. */
  private compileUnchecked(node: CallNode): Run {
    const nodes = node.target === undefined ? node.args : [node.target, ...node.args]
    const operands = nodes.map((operand) => this.compile(operand))
    const overloads = this.environment.findFunction(node.name)?.filter(({ isReceiver, parameters }) => isReceiver === (node.target !== undefined)
      && parameters.length === operands.length)
    const special = this.compileOperator(node, operands)
    if (special !== undefined) return special.run
    return overloads === undefined ? refuse(`unbound function: ${node.name}`) : compileCall(node.name, overloads, overloads, operands)
  }

  /** What goes wrong with constants while planning is an error of compilation. */
  private planCall(plan: () => Run, { position }: CallNode): Run {
    try {
      return plan()
    } catch (error) {
      if (error instanceof EvaluationError) throw new PlanError(error.message, position)
      throw error
    }
  }

  /** The operators that do not evaluate all operands, or need no choice of an overload. */
  private compileOperator(node: CallNode, operands: readonly Compiled[]): Compiled | undefined {
    const { name, args, position } = node
    const runs = operands.map(({ run }) => run)
    const [first, second, third] = runs as unknown as readonly [Run, Run, Run]
    switch (name) {
      case '_&&_': return { run: compileLogical(runs, false) }
      case '_||_': return { run: compileLogical(runs, true) }
      case '@in': return this.environment.foldConstants ? compileMembership(operands) : undefined
      case '_==_': return { run: compileEquality(operands, true) }
      case '_!=_': return { run: compileEquality(operands, false) }
      case '_?_:_': return compileConditional(first, second, third)
      case '_[_]': case '_[?_]': {
        requireKey(operands[1]?.constant, position)
        return { run: compileIndex(first, second, this.costs.ofSelection(node, args[0] as CelNode), name === '_[_]' ? selectIndex : indexOptional) }
      }
      default: return undefined
    }
  }

  private compileList({ elements }: ListNode): Compiled {
    const items = elements.map(({ value, optional }) => ({ ...this.compile(value), optional }))
    const make = (frame: Frame): CelValue => {
      const list: CelValue[] = []
      for (const { run, optional } of items) {
        const value = optional ? optionalEntry(run(frame)) : run(frame)
        if (value !== undefined) list.push(value)
      }
      return list
    }
    if (items.every((item) => item.constant !== undefined && !item.optional)) return constant(items.map((item) => item.constant as CelValue))
    return { run: (frame) => { frame.spend(creationCost.list); return make(frame) } }
  }

  private compileMap(node: MapNode): Compiled {
    const entries = node.entries.map(({ key, value, optional }) => ({ key: this.compile(key), value: this.compile(value), optional }))
    const isConstant = entries.every(({ key, value, optional }) => key.constant !== undefined && value.constant !== undefined && !optional)
    const run = (frame: Frame): CelValue => {
      const made: (readonly [CelValue, CelValue])[] = []
      for (const { key, value, optional } of entries) {
        const name = key.run(frame)
        const content = optional ? optionalEntry(value.run(frame)) : value.run(frame)
        if (content !== undefined) made.push([name, content])
      }
      return mapFromEntries(made)
    }
    if (isConstant) return constant(run(constantFrame()))
    return { run: (frame) => { frame.spend(creationCost.map); return run(frame) } }
  }

  private compileStruct(node: StructNode): Run {
    const type = this.environment.findMessageType(this.checked.structs.get(node) ?? node.typeName)
    const create = type?.create
    if (type === undefined || create === undefined) throw new PlanError(`type ${node.typeName} cannot be constructed`, node.position)
    const fields = node.fields.map(({ name, value, optional }) => ({ name, run: this.run(value), optional }))
    return (frame) => {
      const values = new Map<string, CelValue>()
      for (const { name, run, optional } of fields) {
        const value = optional ? optionalEntry(run(frame)) : run(frame)
        if (value !== undefined) values.set(name, value)
      }
      frame.spend(creationCost.struct)
      return create.call(type, values)
    }
  }

  private declareLocal(name: string, isLazy: boolean): number {
    const slot = this.variables.length + this.localCount++
    this.locals.push({ name, slot, isLazy })
    return slot
  }

  private compileLoop(node: LoopNode): Run {
    const range = this.run(node.range)
    const slots = node.variables.map((name) => this.declareLocal(name, false))
    const body = this.run(node.body)
    const condition = node.condition === undefined ? {} : { condition: this.run(node.condition) }
    this.locals.length -= slots.length
    return compileLoop(node, { range, body, slots, ...condition })
  }

  /** The variable is computed when it is first read, as cel-go does: `cel.bind(x, 1 / 0, true)` is true. */
  private compileBind(node: BindNode): Run {
    const value = this.run(node.value)
    const slot = this.declareLocal(node.name, true)
    const body = this.run(node.body)
    this.locals.length--
    return (frame) => {
      frame.slots[slot] = new Lazy(value) as unknown as CelValue
      return body(frame)
    }
  }
}

function refuse(message: string): Run {
  return () => {
    throw failure(message)
  }
}

/** A bind variable's value; an error is remembered like a value. */
class Lazy {
  private readonly compute: Run
  private value: CelValue | undefined
  private error: unknown

  constructor(compute: Run) {
    this.compute = compute
  }

  get(frame: Frame): CelValue {
    if (this.error !== undefined) throw this.error
    if (this.value !== undefined) return this.value
    try {
      return this.value = this.compute(frame)
    } catch (error) {
      this.error = error
      throw error
    }
  }
}

function constant(value: CelValue): Compiled {
  return { constant: value, run: () => value }
}

/** What an optional entry of a list, map or message adds; undefined for nothing. */
function optionalEntry(value: CelValue): CelValue | undefined {
  if (value instanceof CelOptional) return value.value
  throw failure('no such overload')
}

/** A constant that cannot be a key is refused when planning (cel-go interpreter/attributes.go). */
function requireKey(key: CelValue | undefined, position: number): void {
  if (typeof key === 'object' && !(key instanceof CelUint)) throw new PlanError(`invalid qualifier type: ${goTypeName(key)}`, position)
}

function compileIndex(operand: Run, key: Run, cost: number, select: (value: CelValue, key: CelValue) => CelValue): Run {
  return (frame) => {
    const value = operand(frame)
    frame.cost += cost
    return select(value, key(frame))
  }
}
