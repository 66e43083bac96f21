import { equalValues } from '../values/equality.ts'
import { CelUint, isList, type CelValue } from '../values/value.ts'
import type { Compiled } from './frame.ts'

/**
 * `x in [1, 2, 3]` with a list of constants becomes a look-up, as in cel-go (interpreter/decorators.go), and costs nothing; with an empty list x is
 * not even evaluated. Undefined if the list is no such list.
 */
export function compileMembership([operand, container]: readonly Compiled[]): Compiled | undefined {
  const list = container?.constant
  if (operand === undefined || list === undefined || !isList(list) || !list.every(isPrimitive)) return undefined
  if (list.length === 0) return { constant: false, run: () => false }
  const texts = new Set(list.filter((item) => typeof item === 'string'))
  const others = list.filter((item) => typeof item !== 'string')
  return {
    run: (frame) => {
      const value = operand.run(frame)
      return typeof value === 'string' ? texts.has(value) : others.some((item) => equalValues(item, value))
    },
  }
}

function isPrimitive(value: CelValue): boolean {
  return typeof value !== 'object' || value instanceof CelUint
}
