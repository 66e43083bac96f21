import { EvaluationError } from '../../model/errors.ts'
import type { Lookups } from '../../model/lookups.ts'
import { Frame, type Bindings, type Run } from './compile/frame.ts'
import type { CallContext } from './library.ts'
import type { CelValue } from './values/value.ts'

/** What an evaluation may do. */
export interface EvaluateOptions {
  readonly lookups?: Lookups
  /** Everything that functions may ask for; where given it counts instead of `lookups`. */
  readonly context?: CallContext
  /** How much it may cost, in the API server's units; unlimited where absent. */
  readonly costLimit?: number
  /** Told what it cost, whether there was a value or an error. */
  readonly onCost?: (cost: number) => void
}

/** A compiled expression; evaluates any number of times. */
export class Program {
  /** The global variables that the expression mentions. */
  readonly variables: readonly string[]
  private readonly run: Run

  constructor(run: Run, variables: readonly string[]) {
    this.run = run
    this.variables = variables
  }

  /** The value; an `EvaluationError` where there is none, and `LookupPending` where an answer is missing. */
  evaluate(bindings: Bindings, options: EvaluateOptions = {}): CelValue {
    const context = options.context ?? (options.lookups === undefined ? noContext : { lookups: options.lookups })
    const frame = new Frame(this.variables, bindings, context, options.costLimit ?? Infinity)
    if (options.onCost === undefined) return this.evaluateIn(frame)
    try {
      return this.evaluateIn(frame)
    } finally {
      options.onCost(frame.cost)
    }
  }

  private evaluateIn(frame: Frame): CelValue {
    const value = this.run(frame)
    frame.spend(0)
    return value
  }
}

/** What functions that ask the world get where nobody answers. */
const noLookups: Lookups = {
  get now(): number { return refuse() },
  random: refuse,
  get: refuse,
}

const noContext: CallContext = { lookups: noLookups }

function refuse(): never {
  throw new EvaluationError('LOOKUP_UNAVAILABLE', 'the expression asks for something that is not available here')
}
