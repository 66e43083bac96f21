import { matchesScalar } from '../../../src/engine/pattern/scalar.ts'
import type { JsonValue } from '../../../src/model/json.ts'
import { judge, show } from '../compare.ts'
import { withNumbers, type NumberForm } from '../number-form.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: { readonly value: JsonValue; readonly pattern: JsonValue; readonly valueNumbers: NumberForm; readonly patternNumbers: NumberForm }
  readonly output: { readonly result: boolean }
  readonly outputNext?: Vector['output']
}

/** Kyverno's pkg/engine/pattern: one value against one scalar pattern. */
export const scalar: Suite = {
  name: 'scalar',
  * run(corpus) {
    for (const { line, vector: { input, output, outputNext = output } } of readVectors<Vector>(corpus, 'scalar')) {
      yield judge(`${line} ${show(input.value)} ${show(input.pattern)}`, outputNext.result,
        () => matchesScalar(withNumbers(input.value, input.valueNumbers), withNumbers(input.pattern, input.patternNumbers)))
    }
  },
}
