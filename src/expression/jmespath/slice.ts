// kyverno/go-jmespath: util.go

import { EvaluationError } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import type { Run } from './run.ts'

export interface SliceParts {
  readonly start: number | undefined
  readonly stop: number | undefined
  readonly step: number | undefined
}

/** `[start:stop:step]` as in Python. */
export function slice(list: readonly JsonValue[], { start, stop, step = 1 }: SliceParts, run: Run): JsonValue[] {
  if (step === 0) throw new EvaluationError('EXPRESSION_FAILED', 'JMESPath: the step of a slice cannot be 0')
  const backwards = step < 0
  const from = start === undefined ? (backwards ? list.length - 1 : 0) : clamp(list.length, start, backwards)
  const to = stop === undefined ? (backwards ? -1 : list.length) : clamp(list.length, stop, backwards)
  const result: JsonValue[] = []
  for (let index = from; backwards ? index > to : index < to; index += step) result.push(list[index] as JsonValue)
  run.spend(result.length)
  return result
}

function clamp(length: number, wanted: number, backwards: boolean): number {
  const index = wanted < 0 ? wanted + length : wanted
  if (index < 0) return backwards ? -1 : 0
  return index >= length ? (backwards ? length - 1 : length) : index
}
