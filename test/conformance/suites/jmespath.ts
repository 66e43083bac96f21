import { compileJmesPath, type JmesPathEnvironment } from '../../../src/expression/jmespath/index.ts'
import type { JsonValue } from '../../../src/model/json.ts'
import { toFloat64, toInt64 } from '../../../src/values/numbers.ts'
import { judge } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Answer { readonly result?: JsonValue; readonly error?: string; readonly panic?: string; readonly goType?: string }

interface Vector {
  readonly input: { readonly expression: string; readonly data: JsonValue; readonly numbers: 'int64' | 'float64' }
  readonly output: Answer
  readonly outputNext?: Answer
}

const environment: JmesPathEnvironment = { now: 0, random: () => 0 }

/** Kyverno's JMESPath with all its functions; where Go panics, an error is right. */
export const jmespath: Suite = {
  name: 'jmespath',
  * run(corpus) {
    for (const { line, vector } of readVectors<Vector>(corpus, 'jmespath')) {
      const { expression, data, numbers } = vector.input
      const { result, error, panic, goType } = vector.outputNext ?? vector.output
      const expected = error !== undefined || panic !== undefined ? { error: true } : { result: result ?? null, integer: goType !== undefined }
      yield judge(`${line} ${expression}`, expected, () => {
        const answer = evaluate(expression, numbers === 'int64' ? toInt64(data) : toFloat64(data))
        return answer === undefined ? { error: true } : { result: answer, integer: typeof answer === 'bigint' }
      })
    }
  },
}

/** Only errors that evaluation foresees count as answers. */
function evaluate(expression: string, data: JsonValue): JsonValue | undefined {
  try {
    return compileJmesPath(expression).search(data, environment)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
