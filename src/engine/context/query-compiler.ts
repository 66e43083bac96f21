import { compileJmesPath } from '../../expression/jmespath/index.ts'
import type { JsonValue } from '../../model/json.ts'
import type { Lookups } from '../../model/lookups.ts'
import { attempt, prefixErrors, type Attempt } from '../attempt.ts'

/** A JMESPath expression, ready to run. */
export interface Query {
  readonly text: string
  search(data: JsonValue, lookups: Lookups): JsonValue
}

/** Expressions with variables inside are made while evaluating; a policy uses few distinct ones, and never more are kept. */
const capacity = 2000

/** Compiles expressions and remembers them, so that each is parsed once a policy. */
export class QueryCompiler {
  readonly #compiled = new Map<string, Attempt<Query>>()

  /** Throws EvaluationError where the text is no expression. */
  compile(text: string): Query {
    let found = this.#compiled.get(text)
    if (found === undefined) {
      found = attempt(() => compile(text))
      if (this.#compiled.size >= capacity) this.#compiled.clear()
      this.#compiled.set(text, found)
    }
    if (found.error) throw found.error
    return found.value
  }
}

function compile(text: string): Query {
  const program = prefixErrors(`incorrect query ${text}`, () => compileJmesPath(text))
  return { text, search: (data, lookups) => program.search(data, lookups) }
}
