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
  /** The conditions whose answers decided it: those that held if all do, else those that did not. */
  readonly decisive: readonly DecisiveCondition[]
}

/** A condition as it was evaluated. */
export interface DecisiveCondition {
  /** Both sides as written, variables included. */
  readonly key: JsonValue
  readonly value: JsonValue
  readonly operator: Operator
  /** The right side with its variables substituted. */
  readonly right: JsonValue
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
  if (conditions === undefined || conditions === null) return { evaluate: () => ({ holds: true, message: '', decisive: [] }) }
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
  const outcomes: ConditionsOutcome[] = []
  for (const block of blocks) {
    const outcome = evaluateConditions(block, substitute)
    if (!outcome.holds) return outcome
    outcomes.push(outcome)
  }
  return { holds: true, message: joinMessages(outcomes, ';'), decisive: outcomes.flatMap(({ decisive }) => decisive) }
}

function compileLegacyList(list: readonly JsonValue[]): CompiledConditions {
  const conditions = list.map(readCondition)
  return {
    evaluate(substitute) {
      const held: DecisiveCondition[] = []
      for (const condition of conditions) {
        const { holds, decisive } = evaluateCondition(condition, substitute)
        if (!holds) return { holds: false, message: condition.message, decisive: [decisive] }
        held.push(decisive)
      }
      return { holds: true, message: joinMessages(held, ';'), decisive: held }
    },
  }
}

/** An empty `any` never holds. `all` is evaluated even if `any` failed, so that its errors and messages count. */
function evaluateAnyAll(any: readonly Condition[] | undefined, all: readonly Condition[], substitute: Substitute): ConditionsOutcome {
  const answers: { readonly true: DecisiveCondition[]; readonly false: DecisiveCondition[] } = { true: [], false: [] }
  const note = (condition: Condition): boolean => {
    const { holds, decisive } = evaluateCondition(condition, substitute)
    answers[`${holds}`].push(decisive)
    return holds
  }
  const anyHolds = any === undefined || any.some(note)
  const allHold = all.every(note)
  const decisive = answers[`${anyHolds && allHold}`]
  return { holds: anyHolds && allHold, message: joinMessages(decisive, '; '), decisive }
}

function evaluateCondition({ key, value, operator, operatorName, message }: Condition, substitute: Substitute): { holds: boolean; decisive: DecisiveCondition } {
  const left = prefixErrors('failed to substitute variables in condition key', () => substitute(key))
  const right = prefixErrors('failed to substitute variables in condition value', () => substitute(value))
  if (operator === undefined) {
    throw new EvaluationError('UNKNOWN_OPERATOR', `failed to create handler for condition operator: there is no operator "${operatorName}"`)
  }
  return { holds: operator.evaluate(left, right), decisive: { key, value, operator, right, message } }
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

function joinMessages(decided: readonly { readonly message: string }[], separator: string): string {
  return decided.map(({ message }) => message).filter((message) => message !== '').join(separator)
}
