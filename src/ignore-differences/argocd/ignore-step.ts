// Counterpart: Argo CD util/argo/normalizers/diff_normalizer.go (jsonPatchNormalizerPatch, jqNormalizerPatch)
import { compileJq, type FirstOutput, type JqQuery } from '../../expression/jq/index.ts'
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue } from '../../patch/set-key.ts'
import { Memo } from '../../values/memo.ts'
import { toFloat64, toPlain } from '../../values/numbers.ts'
import { readPlainDeletion } from './plain-path.ts'
import { removePointer } from './remove-pointer.ts'

/** What earlier steps left of an object. */
export interface Rest {
  readonly value: JsonValue
  /** All numbers are finite doubles, as jq wants them. */
  readonly isFloat64: boolean
}

/** Removes what one pointer or one expression leads to; throws EvaluationError where it fails on this object. */
export type IgnoreStep = (object: JsonObject, isFloat64: boolean) => Rest

// Finding and proving entries asks for the same steps again and again, and tells them apart by identity.
const mostSteps = 5000
const pointers = new Memo(mostSteps, removal)
const expressions = new Memo(mostSteps, deletion)

/** The step of a pointer. */
export function pointerStep(pointer: string): IgnoreStep {
  return pointers.get(pointer)
}

/** The step of a jq expression; throws INVALID_EXPRESSION where it does not compile. */
export function expressionStep(expression: string): IgnoreStep {
  return expressions.get(expression)
}

function removal(pointer: string): IgnoreStep {
  return (object, isFloat64) => {
    const { object: value, complaint } = removePointer(object, pointer)
    if (complaint !== undefined) throw new EvaluationError('EXPRESSION_FAILED', complaint)
    return { value, isFloat64 }
  }
}

function deletion(expression: string): IgnoreStep {
  const plain = readPlainDeletion(expression)
  // A plain path compiles, and is mostly all that is needed.
  let query = plain === undefined ? compileDeletion(expression) : undefined
  return (object, isFloat64) => {
    const left = isFloat64 ? plain?.(object) : undefined
    if (left !== undefined) return { value: left, isFloat64 }
    query ??= compileDeletion(expression)
    return deleteByQuery(query, object, isFloat64)
  }
}

/** The expression is pasted as text: an unbalanced parenthesis can close the `del(` early, and people use that. */
function compileDeletion(expression: string): JqQuery {
  return compileJq(`del(${expression})`)
}

function deleteByQuery(query: JqQuery, object: JsonObject, isFloat64: boolean): Rest {
  const input = isFloat64 ? object : toFloat64(object)
  const { output, isOnly } = runQuery(query, input)
  if (output === undefined) throw new EvaluationError('EXPRESSION_FAILED', 'JQ patch did not return any data')
  if (!isOnly) throw new EvaluationError('EXPRESSION_FAILED', 'JQ patch returned multiple objects')
  return readOutput(output, isFloat64 ? input : undefined)
}

function runQuery(query: JqQuery, input: JsonValue): FirstOutput {
  try {
    return query.evaluateFirst(input)
  } catch (error) {
    if (error instanceof EvaluationError) throw new EvaluationError(error.code, `JQ patch returned error: ${error.message}`, { cause: error })
    throw error
  }
}

/** Whether all numbers are finite doubles. */
export function holdsFloat64Only(value: JsonValue): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (isJsonArray(value)) return value.every(holdsFloat64Only)
  if (!isJsonObject(value)) return typeof value !== 'bigint'
  // Unlike Object.keys it makes no list.
  for (const key in value) if (!holdsFloat64Only(value[key] as JsonValue)) return false
  return true
}

/** A query's output as plain JSON. What it shares with `input`, which has finite doubles only, is not looked at again. */
function readOutput(output: JsonValue, input: JsonValue | undefined): Rest {
  const isFloat64 = !holdsIntegers(output, input)
  return { value: isFloat64 ? output : toPlain(output), isFloat64 }
}

/** Whether some number is an integer of jq's. JSON has no NaN and no infinity. */
function holdsIntegers(value: JsonValue, known: JsonValue | undefined): boolean {
  if (value === known) return false
  if (typeof value === 'number' && !Number.isFinite(value)) throw new EvaluationError('EXPRESSION_FAILED', `json: unsupported value: ${goFloat(value)}`)
  let found = typeof value === 'bigint'
  if (isJsonArray(value)) {
    const before = isJsonArray(known) ? known : []
    for (const [index, item] of value.entries()) found = holdsIntegers(item, before[index]) || found
  } else if (isJsonObject(value)) {
    const before = isJsonObject(known) ? known : {}
    for (const key in value) found = holdsIntegers(value[key] as JsonValue, ownValue(before, key)) || found
  }
  return found
}

function goFloat(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}
