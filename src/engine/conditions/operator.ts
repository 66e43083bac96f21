import type { JsonValue } from '../../model/json.ts'

/** Compares the two sides of a condition. */
export interface Operator {
  readonly summary: string
  /** Both sides with their variables substituted; `bigint` is Go's int64, `number` its float64. */
  evaluate(key: JsonValue, value: JsonValue): boolean
}
