// Faithful to Kyverno's pkg/engine/variables/evaluate.go.
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { toInt64 } from '../../values/numbers.ts'
import { prefixErrors } from '../attempt.ts'
import { findOperator } from './find-operator.ts'
import type { Operator } from './operator.ts'

/** Replaces the variables of a value; called for a condition only when it is its turn. */
export type Substitute = (value: JsonValue) => JsonValue

/** Whether conditions hold, and the messages of those that decided it. */
export interface ConditionsOutcome {
  readonly holds: boolean
  readonly message: string
}

/** Conditions, read once for many evaluations. */
export interface CompiledConditions {
  evaluate(substitute: Substitute): ConditionsOutcome
}

interface Condition {
  readonly key: JsonValue
  readonly value: JsonValue
  readonly operatorName: string
  readonly operator: Operator | undefined
  readonly message: string
}

/**
 * Reads an `any`/`all` object or a legacy list, as in a policy's document (numbers as read). What is no condition at all is an EvaluationError
 * `INVALID_CONDITION`; an unknown operator is one only when its condition is reached.
 */
export function compileConditions(conditions: JsonValue | undefined): CompiledConditions {
  if (conditions === undefined || conditions === null) return { evaluate: () => ({ holds: true, message: '' }) }
  if (isJsonArray(conditions)) return compileLegacyList(conditions)
  if (!isJsonObject(conditions)) throw new EvaluationError('INVALID_CONDITION', 'conditions are an object with `any` or `all`, or a list')
  const [any, all] = [readList(conditions, 'any'), readList(conditions, 'all') ?? []]
  return { evaluate: (substitute) => evaluateAnyAll(any, all, substitute) }
}

/** Reads and evaluates conditions once. */
export function evaluateConditions(conditions: JsonValue | undefined, substitute: Substitute): ConditionsOutcome {
  return compileConditions(conditions).evaluate(substitute)
}

/** A list of `any`/`all` objects, which all have to hold (exceptions, attestations). */
export function evaluateConditionBlocks(blocks: readonly JsonValue[], substitute: Substitute): ConditionsOutcome {
  const messages: string[] = []
  for (const block of blocks) {
    const outcome = evaluateConditions(block, substitute)
    if (!outcome.holds) return outcome
    messages.push(outcome.message)
  }
  return { holds: true, message: joinMessages(messages, ';') }
}

function compileLegacyList(list: readonly JsonValue[]): CompiledConditions {
  const conditions = list.map(readCondition)
  return {
    evaluate(substitute) {
      for (const condition of conditions) {
        if (!holds(condition, substitute)) return { holds: false, message: condition.message }
      }
      return { holds: true, message: joinMessages(conditions.map(({ message }) => message), ';') }
    },
  }
}

/** An empty `any` never holds. `all` is evaluated even if `any` failed, so that its errors and messages count. */
function evaluateAnyAll(any: readonly Condition[] | undefined, all: readonly Condition[], substitute: Substitute): ConditionsOutcome {
  const messages: { readonly true: string[]; readonly false: string[] } = { true: [], false: [] }
  const note = (condition: Condition): boolean => {
    const result = holds(condition, substitute)
    messages[`${result}`].push(condition.message)
    return result
  }
  const anyHolds = any === undefined || any.some(note)
  const allHold = all.every(note)
  return { holds: anyHolds && allHold, message: joinMessages(messages[`${anyHolds && allHold}`], '; ') }
}

function holds({ key, value, operator, operatorName }: Condition, substitute: Substitute): boolean {
  const left = prefixErrors('failed to substitute variables in condition key', () => substitute(key))
  const right = prefixErrors('failed to substitute variables in condition value', () => substitute(value))
  if (operator === undefined) {
    throw new EvaluationError('UNKNOWN_OPERATOR', `failed to create handler for condition operator: there is no operator "${operatorName}"`)
  }
  return operator.evaluate(left, right)
}

function readList(conditions: JsonObject, key: 'any' | 'all'): readonly Condition[] | undefined {
  const list = Object.hasOwn(conditions, key) ? conditions[key] : undefined
  if (list === undefined || list === null) return undefined
  if (!isJsonArray(list)) throw new EvaluationError('INVALID_CONDITION', `\`${key}\` is a list of conditions`)
  return list.map(readCondition)
}

function readCondition(document: JsonValue): Condition {
  if (!isJsonObject(document)) throw new EvaluationError('INVALID_CONDITION', 'a condition is an object with `key`, `operator` and `value`')
  const field = (name: string): JsonValue => (Object.hasOwn(document, name) ? document[name] as JsonValue : null)
  const [operatorName, message] = [field('operator') ?? '', field('message') ?? '']
  if (typeof operatorName !== 'string' || typeof message !== 'string') {
    throw new EvaluationError('INVALID_CONDITION', '`operator` and `message` of a condition are strings')
  }
  return { key: readSide(field('key')), value: readSide(field('value')), operatorName, operator: findOperator(operatorName), message }
}

/** Kyverno parses a bare number a second time and gets a float64; inside a list or map it stays an int64. */
function readSide(side: JsonValue): JsonValue {
  return typeof side === 'bigint' ? Number(side) : typeof side === 'number' ? side : toInt64(side)
}

function joinMessages(messages: readonly string[], separator: string): string {
  return messages.filter((message) => message !== '').join(separator)
}
