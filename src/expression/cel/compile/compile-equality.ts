import { comparisonCost } from '../libraries/standard/costs.ts'
import { equalValues } from '../values/equality.ts'
import { CelBoxed, type CelValue } from '../values/value.ts'
import type { Compiled, Frame, Run } from './frame.ts'

/** `a == b` and `a != b` take values of any types, so there is no overload to choose. */
export function compileEquality([left, right]: readonly Compiled[], isEqual: boolean): Run {
  if (left === undefined || right === undefined) throw new Error('an equality without two operands')
  const [first, second] = [left.run, right.run]
  if (typeof right.constant === 'string') return compileWithText(first, right.constant, isEqual)
  return (frame) => {
    const a = first(frame)
    const b = second(frame)
    spendOnComparison(frame, a, b)
    return equalValues(a, b) === isEqual
  }
}

/** The most frequent comparison of all: with a text that is written out. */
function compileWithText(run: Run, text: string, isEqual: boolean): Run {
  return (frame) => {
    const value = run(frame)
    spendOnComparison(frame, value, text)
    const isSame = value instanceof CelBoxed ? equalValues(value, text) : value === text
    return isSame === isEqual
  }
}

function spendOnComparison(frame: Frame, a: CelValue, b: CelValue): void {
  if (typeof a === 'boolean' || typeof b === 'boolean') frame.cost++
  else frame.spend(typeof a === 'string' && typeof b === 'string' ? Math.ceil(Math.min(a.length, b.length) * 0.1) : comparisonCost([a, b], null))
}
