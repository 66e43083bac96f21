import { compareStates, type IgnoreDifference } from '../../../src/ignore-differences/index.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import { formatPointer } from '../../../src/patch/json-pointer.ts'
import { judge } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly name: string
  readonly target: JsonObject | null
  readonly live: JsonObject | null
  readonly ignoreDifferences: readonly IgnoreDifference[]
  readonly modified?: boolean
  readonly paths?: readonly string[]
  readonly error?: string
}

/** Argo CD's comparison of target and live on the client's side. */
export const argoDiff: Suite = {
  name: 'argo-diff',
  * run(corpus) {
    for (const { line, vector } of readVectors<Vector>(corpus, 'argo-diff')) {
      const expected: JsonValue = vector.error === undefined ? { modified: vector.modified ?? false, paths: (vector.paths ?? []).toSorted() } : 'error'
      yield judge(`${line} ${vector.name}`, expected, () => compare(vector))
    }
  },
}

function compare({ target, live, ignoreDifferences }: Vector): JsonValue {
  try {
    const { modified, differences } = compareStates({ ignoreDifferences }).compare(target ?? undefined, live ?? undefined)
    return { modified, paths: differences.map(formatPointer).toSorted() }
  } catch (error) {
    if (error instanceof EvaluationError) return 'error'
    throw error
  }
}
