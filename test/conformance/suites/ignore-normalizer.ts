import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '../../../src/expression/jq/functions/read-json.ts'
import { compileIgnoreDifferences, type IgnoreDifference } from '../../../src/ignore-differences/index.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import { deepEquals } from '../../../src/values/equality.ts'
import { toPlain } from '../../../src/values/numbers.ts'
import { judge, show } from '../compare.ts'
import type { Suite } from '../suite.ts'

interface Vector {
  readonly object: JsonObject
  readonly jqPathExpression?: string
  readonly jqPathExpressions?: readonly string[]
  readonly jsonPointers?: readonly string[]
  readonly result?: JsonValue
  readonly changed?: boolean
  readonly runtimeErrors?: readonly string[]
  readonly normalizeError?: string
  readonly compileError?: string
}

/** Argo CD's normalizer: what is left, what was logged, which expressions do not compile; also by their words. */
function suiteOf(name: string): Suite {
  return {
    name,
    * run(corpus) {
      const lines = readFileSync(join(corpus, 'vectors', `${name}.jsonl`), 'utf8').split('\n')
      for (const [index, line] of lines.entries()) {
        if (line === '') continue
        // Large integers keep their digits.
        const vector = toPlain(readJson(line).value ?? null) as unknown as Vector
        const entry: IgnoreDifference = {
          group: '*', kind: '*',
          jsonPointers: vector.jsonPointers ?? [],
          jqPathExpressions: vector.jqPathExpressions ?? (vector.jqPathExpression === undefined ? [] : [vector.jqPathExpression]),
        }
        const expected: JsonValue = vector.compileError !== undefined ? { compileError: vector.compileError } : {
          result: vector.result ?? {},
          changed: vector.changed ?? false,
          failures: vector.runtimeErrors ?? [],
          failed: vector.normalizeError !== undefined,
        }
        yield judge(`${index + 1} ${show(JSON.stringify(entry.jsonPointers?.concat(entry.jqPathExpressions ?? [])))}`, expected, () => normalize(entry, vector.object))
      }
    },
  }
}

function normalize(entry: IgnoreDifference, object: JsonObject): JsonValue {
  try {
    const { object: result, failures, error } = compileIgnoreDifferences([entry]).normalize(object)
    return { result, changed: !deepEquals(result, object), failures, failed: error !== undefined }
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'INVALID_EXPRESSION') return { compileError: error.message }
    throw error
  }
}

export const jqIgnore = suiteOf('jq-ignore')
export const jsonPointerIgnore = suiteOf('json-pointer-ignore')
