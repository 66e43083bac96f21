import { compileWildcard, matchesWildcard } from '../../../src/values/wildcard.ts'
import { judge, show } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: { readonly pattern: string; readonly text: string }
  readonly output: { readonly result: boolean }
}

/** Kyverno's ext/wildcard. */
export const wildcard: Suite = {
  name: 'wildcard',
  * run(corpus) {
    for (const { line, vector: { input: { pattern, text }, output } } of readVectors<Vector>(corpus, 'wildcard')) {
      const both = [output.result, output.result]
      yield judge(`${line} ${show(pattern)} ${show(text)}`, both, () => [matchesWildcard(pattern, text), compileWildcard(pattern)(text)])
    }
  },
}
