import { collectionFunctions } from './collections.ts'
import { controlFunctions } from './control.ts'
import { formatFunctions } from './formats.ts'
import { mathFunctions } from './math.ts'
import { otherFunctions } from './other.ts'
import { regularExpressionFunctions } from './regular-expressions.ts'
import type { PlainFunction, QueryFunction } from './table.ts'
import { textFunctions } from './texts.ts'
import { timeFunctions } from './time.ts'

/** Functions that compute one value, by name and arity. One line a family. */
export const plainFunctions: ReadonlyMap<string, PlainFunction> = new Map(Object.entries({
  ...collectionFunctions,
  ...formatFunctions,
  ...mathFunctions,
  ...otherFunctions,
  ...regularExpressionFunctions,
  ...textFunctions,
  ...timeFunctions,
}))

/** Functions that take queries, by name and arity. */
export const queryFunctions: ReadonlyMap<string, QueryFunction> = new Map(Object.entries(controlFunctions))
