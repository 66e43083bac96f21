import { EvaluationError } from '../../../model/errors.ts'
import type { Lookups } from '../../../model/lookups.ts'
import { Frame, type Compiled } from './frame.ts'
import { PlanError } from './plan-error.ts'

/** The functions that cel-go computes when it plans a program, if their argument is a constant (interpreter/decorators.go). */
const conversions: ReadonlySet<string> = new Set(['bool', 'bytes', 'double', 'duration', 'dyn', 'int', 'string', 'timestamp', 'type', 'uint'])

/** A frame in which constants are computed. */
export function constantFrame(): Frame {
  return new Frame([], {}, { lookups: noLookups }, Infinity)
}

/** A call that may turn out to be a constant. */
interface FoldableCall extends Compiled {
  readonly name: string
  readonly operands: readonly Compiled[]
  readonly position: number
}

/** A call of constants that is a constant itself. Its error is one of compilation. */
export function foldCall({ name, run, operands, position }: FoldableCall): Compiled {
  if (!conversions.has(name) || operands.length !== 1 || operands[0]?.constant === undefined) return { run }
  try {
    const value = run(constantFrame())
    return { constant: value, run: () => value }
  } catch (error) {
    if (error instanceof EvaluationError) throw new PlanError(error.message, position)
    throw error
  }
}

/** Conversions ask nothing. */
const noLookups: Lookups = {
  now: 0,
  random: () => 0,
  get: () => {
    throw new EvaluationError('LOOKUP_UNAVAILABLE', 'no look-ups while compiling')
  },
}
