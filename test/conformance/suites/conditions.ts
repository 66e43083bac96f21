import { evaluateConditions } from '../../../src/engine/conditions/index.ts'
import { substituteAll, type VariableScope } from '../../../src/engine/variables/substitute.ts'
import { compileJmesPath } from '../../../src/expression/jmespath/index.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonValue } from '../../../src/model/json.ts'
import { judge, show } from '../compare.ts'
import { withNumbers, type NumberForm } from '../number-form.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: { readonly conditions: JsonValue; readonly context: JsonValue; readonly numbers: NumberForm }
  readonly output: { readonly result?: boolean; readonly message?: string; readonly error?: string }
  readonly outputNext?: Vector['output']
}

/** Kyverno's EvaluateConditions: any/all objects and legacy lists with variables. Of errors, the words are the Go libraries' and do not count. */
export const conditions: Suite = {
  name: 'conditions',
  * run(corpus) {
    for (const { line, vector: { input, output, outputNext = output } } of readVectors<Vector>(corpus, 'conditions')) {
      const expected = outputNext.error === undefined ? { result: outputNext.result ?? false, message: outputNext.message ?? '' } : 'error'
      yield judge(`${line} ${show(input.conditions).slice(0, 120)}`, expected, () => evaluate(input))
    }
  },
}

function evaluate({ conditions: document, context, numbers }: Vector['input']): JsonValue {
  const data = withNumbers(context, numbers)
  const environment = { now: 0, random: () => 0 }
  const scope: VariableScope = { isDelete: false, query: (expression) => compileJmesPath(expression).search(data, environment) }
  try {
    const { holds, message } = evaluateConditions(document, (value) => substituteAll(value, scope))
    return { result: holds, message }
  } catch (error) {
    if (error instanceof EvaluationError) return 'error'
    throw error
  }
}
