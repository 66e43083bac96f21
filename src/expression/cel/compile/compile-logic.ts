import { failure } from '../values/value.ts'
import { absorb } from './absorb.ts'
import type { Compiled, Run } from './frame.ts'

/** `a && b && …` and `a || b || …`: an operand that decides makes the errors of the others irrelevant. */
export function compileLogical(operands: readonly Run[], deciding: boolean): Run {
  const [first, second] = operands
  if (first !== undefined && second !== undefined && operands.length === 2) return compileTwo(first, second, deciding)
  return (frame) => {
    let error: Error | undefined
    for (const operand of operands) {
      try {
        const value = operand(frame)
        if (value === deciding) return deciding
        if (value !== !deciding) error ??= noBool()
      } catch (thrown) {
        error = absorb(error, thrown)
      }
    }
    if (error !== undefined) throw error
    return !deciding
  }
}

function compileTwo(first: Run, second: Run, deciding: boolean): Run {
  return (frame) => {
    let error: Error | undefined
    try {
      const value = first(frame)
      if (value === deciding) return deciding
      if (value !== !deciding) error = noBool()
    } catch (thrown) {
      error = absorb(undefined, thrown)
    }
    if (error === undefined) {
      const value = second(frame)
      if (typeof value === 'boolean') return value
      throw noBool()
    }
    try {
      const value = second(frame)
      if (value === deciding) return deciding
    } catch (thrown) {
      error = absorb(error, thrown)
    }
    throw error
  }
}

function noBool(): Error {
  return failure('no such overload')
}

/** `condition ? a : b`. */
export function compileConditional(condition: Run, then: Run, otherwise: Run): Compiled {
  return {
    run: (frame) => {
      const value = condition(frame)
      if (value === true) return then(frame)
      if (value === false) return otherwise(frame)
      throw failure('no such overload')
    },
  }
}

