import { EvaluationError } from '../../../model/errors.ts'
import type { CallContext } from '../library.ts'
import { failure, type CelValue } from '../values/value.ts'

/** Values of variables by name; a function is called when, and if, the variable is read, once an evaluation. */
export type Bindings = Readonly<Record<string, CelValue | (() => CelValue)>>

/** The state of one evaluation. */
export class Frame {
  /** Global variables first (undefined until read), then loop and bind variables. */
  readonly slots: (CelValue | undefined)[]
  readonly context: CallContext
  /** What the evaluation has cost so far, in the API server's units. */
  cost = 0
  private readonly names: readonly string[]
  private readonly bindings: Bindings
  private readonly costLimit: number

  constructor(names: readonly string[], bindings: Bindings, context: CallContext, costLimit: number) {
    this.names = names
    this.bindings = bindings
    this.context = context
    this.costLimit = costLimit
    this.slots = []
  }

  /** Reads a global variable for the first time. */
  load(slot: number): CelValue {
    const name = this.names[slot] as string
    const binding = Object.hasOwn(this.bindings, name) ? this.bindings[name] : undefined
    if (binding === undefined) throw failure(`no such attribute(s): ${name}`)
    const value = typeof binding === 'function' ? binding() : binding
    this.slots[slot] = value
    return value
  }

  /**
   * Adds to the cost; refuses to go on once the limit is exceeded. cel-go counts in 64 bits that wrap: a call that it gives the highest cost there is
   * (`json.encode`) therefore takes one away, and is refused only as the very first step.
   */
  spend(cost: number): void {
    this.cost += cost
    if (this.cost > this.costLimit || this.cost < 0) throw new EvaluationError('COST_EXCEEDED', 'operation cancelled: actual cost limit exceeded')
  }
}

/** A compiled node. */
export type Run = (frame: Frame) => CelValue

/** A compiled node with what is known of it beforehand. */
export interface Compiled {
  readonly run: Run
  /** Set if the value does not depend on anything. */
  readonly constant?: CelValue
}
