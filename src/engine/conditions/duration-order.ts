// Faithful to Kyverno's pkg/engine/variables/operator/duration.go.
import type { JsonValue } from '../../model/json.ts'
import { parseDuration } from '../../values/duration.ts'
import { secondsToDuration } from './duration-pair.ts'
import type { Operator } from './operator.ts'
import type { OrderTest } from './order.ts'

/** Makes a (deprecated) operator that compares durations only. */
export function durationOperator(summary: string, accepts: OrderTest): Operator {
  return {
    summary,
    evaluate(key, value) {
      const [left, right] = [toDuration(key), toDuration(value)]
      if (left === undefined || right === undefined) return false
      return accepts(left < right ? -1 : left > right ? 1 : 0)
    },
  }
}

function toDuration(side: JsonValue): bigint | undefined {
  return typeof side === 'string' ? parseDuration(side) : secondsToDuration(side)
}
