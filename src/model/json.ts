/**
 * JSON as Kubernetes and Kyverno see it.
 *
 * Go knows int64 and float64, JavaScript one `number`. The rule of this code base, everywhere:
 *
 * - In a manifest as read, a number is a `number`; an integer that a double cannot hold exactly is a `bigint`, so that nothing is damaged.
 * - Where an evaluation depends on the Go type (operators, patterns, JMESPath, CEL), `bigint` means Go's int64 and `number` means float64.
 *   Who hands a value to an evaluator decides which of the two it is: see `toInt64` and `toFloat64` in `values/numbers.ts`.
 * - Whole numbers print without a fraction, whichever of the two they are.
 */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject

/** A JSON object. Keys keep document order. It inherits nothing that `for … in` finds, which makes no list of keys and reads values several times as fast. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Tells an object from lists, scalars and null. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Tells a list (`Array.isArray` alone does not narrow a readonly array). */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}
