import type { JsonObject } from '../../../src/model/json.ts'
import { parseImageReference } from '../../../src/values/image-reference.ts'
import { judge } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: { readonly image: string }
  readonly output: { readonly result?: JsonObject; readonly error?: string }
}

/** Kyverno's GetImageInfo; its JSON leaves out what is empty. */
export const imageInfo: Suite = {
  name: 'imageInfo',
  * run(corpus) {
    for (const { line, vector: { input: { image }, output } } of readVectors<Vector>(corpus, 'imageInfo')) {
      yield judge(`${line} ${image}`, output.result, () => {
        const parsed = parseImageReference(image)
        return parsed && Object.fromEntries(Object.entries(parsed).filter(([key, value]) => value !== '' || key === 'name' || key === 'path'))
      })
    }
  },
}
