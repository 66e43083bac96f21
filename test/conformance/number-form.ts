import type { JsonValue } from '../../src/model/json.ts'
import { toFloat64, toInt64 } from '../../src/values/numbers.ts'

/** How a part of a vector was decoded by the Go program. */
export type NumberForm = 'float64' | 'int64'

/** Gives the value's numbers the types that they had there. */
export function withNumbers(value: JsonValue, form: NumberForm): JsonValue {
  return form === 'int64' ? toInt64(value) : toFloat64(value)
}
