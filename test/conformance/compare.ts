import type { JsonValue } from '../../src/model/json.ts'
import { deepEquals } from '../../src/values/equality.ts'
import { stringifyJson } from '../../src/values/json-text.ts'
import type { CaseResult } from './suite.ts'

/** Runs one case: `answer` computes ours, and may throw, which is a failed case. Compared as JSON. */
export function judge(id: string, expected: JsonValue | undefined, answer: () => JsonValue | undefined): CaseResult {
  try {
    const actual = answer()
    return deepEquals(actual, expected) ? { id, ok: true } : { id, ok: false, detail: `expected ${show(expected)}, got ${show(actual)}` }
  } catch (error) {
    return { id, ok: false, detail: `expected ${show(expected)}, got ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}` }
  }
}

/** A value on one line, cut to what helps. */
export function show(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : stringifyJson(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
