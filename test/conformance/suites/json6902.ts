import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import { applyJsonPatch } from '../../../src/patch/json-patch.ts'
import { parseJsonPatch } from '../../../src/patch/parse-json-patch.ts'
import { judge, show } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Outcome {
  readonly patched?: JsonValue
  readonly error?: string
  readonly panic?: string
}

interface Vector {
  readonly input: { readonly resource: JsonObject; readonly patch: string }
  readonly output: Outcome
  readonly outputNext?: Outcome
}

/** Kyverno's patchesJson6902. Errors are compared as such, not by their words. */
export const json6902: Suite = {
  name: 'json6902',
  * run(corpus) {
    for (const { line, vector: { input: { resource, patch }, output, outputNext } } of readVectors<Vector>(corpus, 'json6902')) {
      const expected = outputNext ?? output
      yield judge(`${line} ${show(patch)}`, expected.patched ?? 'error', () => applyText(resource, patch))
    }
  },
}

function applyText(resource: JsonObject, text: string): JsonValue {
  try {
    return applyJsonPatch(resource, parseJsonPatch(text))
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'INVALID_PATCH') return 'error'
    throw error
  }
}
