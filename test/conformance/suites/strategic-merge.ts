import { matchPattern } from '../../../src/engine/pattern/index.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import { applyStrategicMerge } from '../../../src/patch/strategic-merge.ts'
import { judge, show } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Outcome {
  readonly patched?: JsonValue
  readonly error?: string
  readonly panic?: string
}

interface Vector {
  readonly input: { readonly resource: JsonObject; readonly patch: JsonValue }
  readonly output: Outcome
  readonly outputNext?: Outcome
}

/** Kyverno's patchStrategicMerge. Errors are compared as such; where Kyverno crashes, an error is right. */
export const strategicMerge: Suite = {
  name: 'strategicMerge',
  * run(corpus) {
    for (const { line, vector: { input, output, outputNext } } of readVectors<Vector>(corpus, 'strategicMerge')) {
      const expected = outputNext ?? output
      yield judge(`${line} ${show(input.patch)}`, expected.patched ?? 'error', () => merge(input.resource, input.patch))
    }
  },
}

function merge(resource: JsonObject, patch: JsonValue): JsonValue {
  try {
    return applyStrategicMerge(resource, patch, (value, pattern) => matchPattern(value, pattern).result === 'pass')
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'INVALID_PATCH') return 'error'
    throw error
  }
}
