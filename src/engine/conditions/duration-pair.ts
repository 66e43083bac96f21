// Faithful to Kyverno's pkg/engine/variables/operator/operator.go (parseDuration).
import type { JsonValue } from '../../model/json.ts'
import { parseDuration } from '../../values/duration.ts'

/**
 * Reads both sides as durations in nanoseconds, if one of them is written as one; a number on the other side counts as seconds.
 * A bare "0" does not make a comparison one of durations.
 */
export function pairDurations(key: JsonValue, value: JsonValue): { readonly key: bigint; readonly value: bigint } | undefined {
  const [keyText, valueText] = [readText(key), readText(value)]
  if (keyText === undefined && valueText === undefined) return undefined
  const left = keyText ?? secondsToDuration(key)
  const right = valueText ?? secondsToDuration(value)
  return left === undefined || right === undefined ? undefined : { key: left, value: right }
}

function readText(side: JsonValue): bigint | undefined {
  return typeof side === 'string' && side !== '0' ? parseDuration(side) : undefined
}

/** Go's `time.Duration(n) * time.Second`: fractions are dropped, and what overflows wraps around. */
export function secondsToDuration(seconds: JsonValue): bigint | undefined {
  if (typeof seconds === 'bigint') return BigInt.asIntN(64, seconds * 1_000_000_000n)
  if (typeof seconds !== 'number') return undefined
  const whole = Math.abs(seconds) < 2 ** 63 ? BigInt(Math.trunc(seconds)) : -(2n ** 63n)
  return BigInt.asIntN(64, whole * 1_000_000_000n)
}
