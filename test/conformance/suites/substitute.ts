import { QueryCompiler } from '../../../src/engine/context/query-compiler.ts'
import { Scope } from '../../../src/engine/context/scope.ts'
import { substituteAll } from '../../../src/engine/variables/substitute.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import { toInt64 } from '../../../src/values/numbers.ts'
import { judge, show } from '../compare.ts'
import { withNumbers, type NumberForm } from '../number-form.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: { readonly document: JsonValue; readonly context: JsonObject & { request?: { operation?: string } }; readonly numbers: NumberForm }
  readonly output: { readonly result?: JsonValue; readonly error?: string }
  readonly outputNext?: Vector['output']
}

/** Kyverno's pkg/engine/variables: references and variables of a document. Of errors the beginning counts; how the parser puts it is Go's. */
export const substitute: Suite = {
  name: 'substitute',
  * run(corpus) {
    for (const { line, vector: { input, output, outputNext = output } } of readVectors<Vector>(corpus, 'substitute')) {
      const expected = outputNext.error === undefined ? outputNext.result : { error: withoutDetails(outputNext.error) }
      yield judge(`${line} ${show(input.document).slice(0, 80)}`, expected, () => {
        try {
          return substituteAll(toInt64(input.document), scopeFor(input))
        } catch (error) {
          if (error instanceof EvaluationError) return { error: withoutDetails(error.message) }
          throw error
        }
      })
    }
  },
}

/** The words up to what the JMESPath library says. */
function withoutDetails(message: string): string {
  return message.replace(/(JMESPath query failed: (?!Unknown key)|incorrect query ).*$/s, '$1')
}

export function scopeFor({ context, numbers }: Pick<Vector['input'], 'context' | 'numbers'>): Scope {
  const settings = {
    queries: new QueryCompiler(), lookups: { now: 0, random: () => 0, get: () => undefined }, missing: [], leavesOutUnavailable: false,
    isDelete: context.request?.operation === 'DELETE',
  }
  return Scope.create(settings, withNumbers(context, numbers) as JsonObject)
}
