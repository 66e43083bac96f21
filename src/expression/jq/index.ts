import { EvaluationError } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import { compileQuery } from './compiler.ts'
import { BreakSignal, Downstream, Halt, JqFailure } from './failure.ts'
import { parseQuery } from './parser.ts'
import { Budget, type Filter } from './runtime.ts'

/** A compiled jq query, as gojq 0.12 understands it. */
export interface JqQuery {
  /**
   * The outputs for one input. Throws EXPRESSION_FAILED with gojq's words, and LIMIT_EXCEEDED where gojq might go on.
   * jq's integers are `bigint`, its other numbers `number`: hand in what the caller's decoder would make (Argo CD: float64 throughout).
   */
  evaluate(input: JsonValue): readonly JsonValue[]
  /** What comes first, and whether anything comes after it, were it an error. */
  evaluateFirst(input: JsonValue): FirstOutput
}

/** What a query says first. */
export interface FirstOutput {
  /** Undefined where it says nothing. */
  readonly output: JsonValue | undefined
  readonly isOnly: boolean
}

/** How many steps a query may take on one input; much more than any document needs. */
const defaultSteps = 2_000_000

/** Compiles a query; throws INVALID_EXPRESSION with gojq's words. */
export function compileJq(source: string, steps = defaultSteps): JqQuery {
  const budget = new Budget(steps)
  const filter = compileSafely(source, budget)
  const run = (input: JsonValue, outputs: JsonValue[], limit: number): void => {
    budget.reset()
    const enough = new BreakSignal({})
    try {
      filter(input, undefined, undefined, (output) => {
        outputs.push(output)
        if (outputs.length >= limit) throw enough
      })
    } catch (error) {
      const cause = unwrap(error)
      if (cause !== enough) throw toEvaluationError(cause)
    }
  }
  return {
    evaluate(input) {
      const outputs: JsonValue[] = []
      run(input, outputs, Infinity)
      return outputs
    },
    evaluateFirst(input) {
      const outputs: JsonValue[] = []
      try {
        run(input, outputs, 2)
      } catch (error) {
        if (outputs.length === 0 || !(error instanceof EvaluationError)) throw error
        return { output: outputs[0], isOnly: false }
      }
      return { output: outputs[0], isOnly: outputs.length < 2 }
    },
  }
}

function unwrap(error: unknown): unknown {
  let cause = error
  while (cause instanceof Downstream) cause = cause.error
  return cause
}

function toEvaluationError(error: unknown): unknown {
  if (error instanceof RangeError) return tooDeep()
  return error instanceof JqFailure || error instanceof Halt ? new EvaluationError('EXPRESSION_FAILED', error.message) : error
}

function tooDeep(): EvaluationError {
  return new EvaluationError('LIMIT_EXCEEDED', 'the query nests its steps too deeply')
}

/** A query nests as deeply as it likes; the stack is the limit. */
function compileSafely(source: string, budget: Budget): Filter {
  try {
    return compileQuery(parseQuery(source), budget)
  } catch (error) {
    throw error instanceof RangeError ? tooDeep() : error
  }
}
