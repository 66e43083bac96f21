import { EvaluationError } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import type { GoRegex } from '../../values/go-regex.ts'
import { allNodes, type Node } from './ast.ts'
import { compileNode } from './compile.ts'
import { parseJmesPath } from './parser.ts'
import { Run, type JmesPathEnvironment } from './run.ts'
import { Missing, toJson, type Outcome } from './value.ts'

/** An expression ended at a key that an object does not have. Kyverno calls it NotFound and treats it unlike other errors. */
export class UnknownKeyError extends EvaluationError {
  readonly key: string

  constructor(key: string) {
    super('UNRESOLVED_VARIABLE', `Unknown key "${key}" in path`)
    this.key = key
  }
}

/** An expression that is parsed once and evaluated many times. */
export interface JmesPathProgram {
  readonly expression: string
  /** Every name that the expression uses as a key of an object. */
  readonly fieldNames: ReadonlySet<string>
  /** Every function that it calls, known or not. */
  readonly functionNames: ReadonlySet<string>
  /** Evaluates; throws UnknownKeyError where a key is missing, and EvaluationError for all else. */
  search(data: JsonValue, environment: JmesPathEnvironment): JsonValue
  /** Evaluates; undefined where a key is missing. */
  find(data: JsonValue, environment: JmesPathEnvironment): JsonValue | undefined
}

/** Parses an expression in Kyverno's dialect; throws INVALID_EXPRESSION. */
export function compileJmesPath(expression: string): JmesPathProgram {
  const root = parseJmesPath(expression)
  const evaluate = compileNode(root)
  const regexes = new Map<string, GoRegex>()
  // Only what is long enough can multiply.
  const multiplies = expression.length > 40 && growth(allNodes(root)) > 1000
  const outcome = (data: JsonValue, environment: JmesPathEnvironment): Outcome => {
    const run = new Run(environment, regexes)
    return guarded(() => {
      const result = evaluate(data, run)
      if (multiplies) run.spendOn(result)
      return result
    })
  }
  return {
    expression,
    get fieldNames() {
      return new Set(allNodes(root).flatMap((node) => (node.type === 'field' ? [node.name] : [])))
    },
    get functionNames() {
      return new Set(allNodes(root).flatMap((node) => (node.type === 'call' && node.name !== undefined ? [node.name] : [])))
    },
    search(data, environment) {
      const result = outcome(data, environment)
      if (result instanceof Missing) throw new UnknownKeyError(result.key)
      return toJson(result)
    },
    find(data, environment) {
      const result = outcome(data, environment)
      return result instanceof Missing ? undefined : toJson(result)
    },
  }
}

/** How many times a part of the data may occur in the result: `[@,@] | [@,@] | …` doubles with every step, sharing its parts. */
function growth(nodes: readonly Node[]): number {
  let factor = 1
  for (const node of nodes) {
    if (node.type === 'list') factor *= node.items.length
    if (node.type === 'hash') factor *= node.entries.length
  }
  return factor
}

/** Data may nest more deeply, and texts grow longer, than the machine can bear. */
function guarded(evaluate: () => Outcome): Outcome {
  try {
    return evaluate()
  } catch (error) {
    if (error instanceof RangeError) throw new EvaluationError('LIMIT_EXCEEDED', `JMESPath: ${error.message}`, { cause: error })
    throw error
  }
}
