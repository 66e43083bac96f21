import type { JsonValue } from '../../../src/model/json.ts'
import { readStream, readYamlStream, type StreamEntry } from '../../../src/manifest/read-stream.ts'
import { toFloat64 } from '../../../src/values/numbers.ts'
import { judge, show } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly text: string
  readonly documents: readonly JsonValue[]
  readonly error?: string
  readonly strictErrors?: readonly { readonly document: number; readonly error: string }[]
  readonly decoderDocuments?: readonly JsonValue[]
  readonly decoderError?: string
}

/** Kubernetes' readers of streams. Errors and duplicate keys are compared as such, not by their words; numbers as doubles, as Go wrote them. */
export const yaml: Suite = {
  name: 'yaml',
  * run(corpus) {
    for (const { line, vector } of readVectors<Vector>(corpus, 'yaml')) {
      const expected = {
        documents: vector.documents, fails: vector.error !== undefined, duplicates: (vector.strictErrors ?? []).map(({ document, error }) => [document, error.split(' already set').length - 1]),
        ...(vector.decoderDocuments === undefined ? {} : { decoder: vector.decoderDocuments, decoderFails: vector.decoderError !== undefined }),
      }
      yield judge(`${line} ${show(vector.text)}`, toFloat64(expected), () => answer(vector))
    }
  },
}

function answer(vector: Vector): JsonValue {
  const reader = untilError(readYamlStream(vector.text))
  const decoder = vector.decoderDocuments === undefined ? undefined : untilError(readStream(vector.text))
  return toFloat64({
    documents: reader.documents, fails: reader.fails, duplicates: reader.duplicates,
    ...(decoder === undefined ? {} : { decoder: decoder.documents, decoderFails: decoder.fails }),
  })
}

/** Kubernetes stops at the first error. Exact integers count only where the answer has them. */
function untilError(entries: Iterable<StreamEntry>): { documents: JsonValue[]; fails: boolean; duplicates: JsonValue[] } {
  const documents: JsonValue[] = []
  const duplicates: JsonValue[] = []
  for (const entry of entries) {
    if ('error' in entry) return { documents, fails: true, duplicates: [] }
    if (entry.duplicates.length > 0) duplicates.push([documents.length, entry.duplicates.length])
    documents.push(entry.value)
  }
  return { documents, fails: false, duplicates }
}
