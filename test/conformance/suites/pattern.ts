import { compilePattern, type PatternOutcome } from '../../../src/engine/pattern/index.ts'
import type { JsonValue } from '../../../src/model/json.ts'
import { judge, show } from '../compare.ts'
import { withNumbers, type NumberForm } from '../number-form.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: { readonly resource: JsonValue; readonly pattern: JsonValue; readonly resourceNumbers: NumberForm; readonly patternNumbers: NumberForm }
  readonly output: { readonly result: string; readonly path?: string; readonly message?: string }
  readonly outputNext?: Vector['output']
}

/** Kyverno's pkg/engine/validate: a resource against a pattern. Matched twice, since a compiled pattern must not remember the first resource. */
export const pattern: Suite = {
  name: 'pattern',
  * run(corpus) {
    for (const { line, vector: { input, output, outputNext = output } } of readVectors<Vector>(corpus, 'pattern')) {
      yield judge(`${line} ${show(input.pattern).slice(0, 80)}`, { ...outputNext }, () => {
        const compiled = compilePattern(withNumbers(input.pattern, input.patternNumbers))
        const resource = withNumbers(input.resource, input.resourceNumbers)
        compiled.match(resource)
        return summarize(compiled.match(resource))
      })
    }
  },
}

function summarize(outcome: PatternOutcome): JsonValue {
  if (outcome.result === 'pass') return { result: 'pass' }
  return { result: outcome.result, message: outcome.message, path: outcome.result === 'skip' ? '' : outcome.path }
}
