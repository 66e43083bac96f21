import type { JsonObject, JsonValue } from '../../src/model/json.ts'
import { deepEquals } from '../../src/values/equality.ts'
import { stringifyJson } from '../../src/values/json-text.ts'
import type { CaseResult } from './suite.ts'

/** Runs one case: `answer` computes ours, and may throw, which is a failed case. Compared as JSON. */
export function judge(id: string, expected: JsonValue | undefined, answer: () => JsonValue | undefined, explain = showBoth): CaseResult {
  try {
    const actual = answer()
    return deepEquals(actual, expected) ? { id, ok: true } : { id, ok: false, detail: explain(expected, actual) }
  } catch (error) {
    return { id, ok: false, detail: `expected ${show(expected)}, got ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}` }
  }
}

function showBoth(expected: JsonValue | undefined, actual: JsonValue | undefined): string {
  return `expected ${show(expected)}, got ${show(actual)}`
}

/** Only the places in which two large values differ. */
export function diffText(expected: JsonValue | undefined, actual: JsonValue | undefined): string {
  return findDifferences(expected, actual, '').slice(0, 6).join('; ')
}

function findDifferences(expected: JsonValue | undefined, actual: JsonValue | undefined, path: string): readonly string[] {
  if (deepEquals(expected, actual)) return []
  if (typeof expected !== 'object' || typeof actual !== 'object' || expected === null || actual === null) return [`${path}: expected ${show(expected)}, got ${show(actual)}`]
  const [left, right] = [expected as JsonObject, actual as JsonObject]
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => findDifferences(left[key], right[key], `${path}/${key}`))
}

/** A value on one line, cut to what helps. */
export function show(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : stringifyJson(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
