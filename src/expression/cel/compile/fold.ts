import { EvaluationError } from '../../../model/errors.ts'
import type { Lookups } from '../../../model/lookups.ts'
import { Frame, type Compiled, type Run } from './frame.ts'

/** The functions that cel-go computes when it plans a program, if their argument is a constant (interpreter/decorators.go). */
const conversions: ReadonlySet<string> = new Set(['bool', 'bytes', 'double', 'duration', 'dyn', 'int', 'string', 'timestamp', 'type', 'uint'])

/** A call of constants that is a constant itself. Its error is one of compilation, and thrown here. */
export function foldCall(name: string, run: Run, operands: readonly Compiled[]): Compiled {
  if (!conversions.has(name) || operands.length !== 1 || operands[0]?.constant === undefined) return { run }
  const value = run(new Frame([], {}, { lookups: noLookups }, Infinity))
  return { constant: value, run: () => value }
}

/** Conversions ask nothing. */
const noLookups: Lookups = {
  now: 0,
  random: () => 0,
  get: () => {
    throw new EvaluationError('LOOKUP_UNAVAILABLE', 'no look-ups while compiling')
  },
}
