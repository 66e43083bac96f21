import { findOperator } from '../../../src/engine/conditions/index.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonValue } from '../../../src/model/json.ts'
import { judge, show } from '../compare.ts'
import { withNumbers, type NumberForm } from '../number-form.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: {
    readonly key: JsonValue; readonly operator: string; readonly value: JsonValue
    readonly keyNumbers: NumberForm; readonly valueNumbers: NumberForm
  }
  readonly output: { readonly result?: boolean; readonly error?: string; readonly panic?: string }
  readonly outputNext?: Vector['output']
}

/** Kyverno's pkg/engine/variables/operator: one operator on two finished values. Where Kyverno crashes, we owe an error. */
export const condition: Suite = {
  name: 'condition',
  * run(corpus) {
    for (const { line, vector: { input, output, outputNext = output } } of readVectors<Vector>(corpus, 'condition')) {
      yield judge(`${line} ${show(input.key)} ${input.operator} ${show(input.value)}`, outputNext.result ?? 'error', () => evaluate(input))
    }
  },
}

function evaluate({ key, operator, value, keyNumbers, valueNumbers }: Vector['input']): JsonValue {
  try {
    return findOperator(operator)?.evaluate(withNumbers(key, keyNumbers), withNumbers(value, valueNumbers)) ?? 'error'
  } catch (error) {
    if (error instanceof EvaluationError) return 'error'
    throw error
  }
}
