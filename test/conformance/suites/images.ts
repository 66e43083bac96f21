import { compileJmesPath } from '../../../src/expression/jmespath/index.ts'
import { extractImages, imagesVariable, parseImageExtractor } from '../../../src/kubernetes/images.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { judge } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: { readonly resource: JsonObject; readonly extractors: Readonly<Record<string, readonly JsonObject[]>> }
  readonly output: { readonly result?: JsonObject; readonly error?: string; readonly panic?: string }
  readonly outputNext?: Vector['output']
}

/** Kyverno's extraction of images from resources, imageExtractors included. */
export const images: Suite = {
  name: 'images',
  * run(corpus) {
    for (const { line, vector } of readVectors<Vector>(corpus, 'images')) {
      const { resource, extractors } = vector.input
      const { result } = vector.outputNext ?? vector.output
      yield judge(`${line} ${String(resource['kind'])}`, result ?? { error: true }, () => answer(resource, extractors))
    }
  },
}

function answer(resource: JsonObject, configured: Vector['input']['extractors']): JsonObject {
  try {
    const extractors = new Map(Object.entries(configured).map(([kind, entries]) => [kind, entries.map(parseImageExtractor)]))
    const transform = (expression: string, text: string) => compileJmesPath(expression).search(text, { now: 0, random: () => 0 })
    return imagesVariable(extractImages(resource, { extractors, transform }))
  } catch (error) {
    if (error instanceof EvaluationError) return { error: true }
    throw error
  }
}
