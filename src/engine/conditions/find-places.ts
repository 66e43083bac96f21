import { compileTrace, type JmesPathTrace, type TracedValue } from '../../expression/jmespath/trace.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { Violation } from '../../model/result.ts'
import type { FieldPath } from '../../model/source.ts'
import { goValueText } from '../../values/json-text.ts'
import { attempt } from '../attempt.ts'
import { findVariables, readExpression } from '../variables/find-variables.ts'
import type { DecisiveCondition } from './evaluate-conditions.ts'

/** A variable that stands for a part of the resource. */
export interface Root {
  readonly name: readonly ['element'] | readonly ['request', 'object']
  /** Where in the resource it is. */
  readonly path: FieldPath
  readonly value: JsonValue
}

/** The clock and chance play no part in where a value is. */
const environment = { now: 0, random: () => 0 }

/** Finds the fields of the resource that conditions looked at; each once, in the order of the conditions. */
export type PlaceFinder = (conditions: readonly DecisiveCondition[], roots: readonly Root[]) => readonly Violation[]

/**
 * Prepares to tell where the fields are that conditions looked at, so that a rule without a pattern can say so. If some of them satisfy their condition
 * by themselves, only those are told. Kyverno has nothing like it; no result depends on it.
 */
export function createPlaceFinder(): PlaceFinder {
  const traces = new Map<string, readonly JmesPathTrace[]>()
  const tracesOf = (text: string): readonly JmesPathTrace[] => {
    let compiled = traces.get(text)
    if (compiled === undefined) traces.set(text, compiled = findVariables(text).map((variable) => compileTrace(readExpression(variable.text).expression)))
    return compiled
  }
  return (conditions, roots) => {
    const data = assemble(roots)
    const traceSide = (side: JsonValue): readonly TracedValue[] => textsOf(side)
      .flatMap((text) => tracesOf(text).flatMap((trace) => trace(data, environment)))
      .flatMap((traced) => placeInResource(traced, roots))
    const found = new Map<string, Violation>()
    for (const condition of conditions) {
      const ofKey = traceSide(condition.key)
      const traced = ofKey.length > 0 ? ofKey : traceSide(condition.value)
      const culprits = traced.filter(({ value }) => satisfies(value, condition))
      for (const { path, value } of culprits.length > 0 ? culprits : traced) found.set(path.join('\0'), { path, message: describe(value) })
    }
    return [...found.values()]
  }
}

/** The data as expressions see it, of which only the roots are filled in. */
function assemble(roots: readonly Root[]): JsonObject {
  const data: Record<string, JsonValue> = {}
  for (const { name, value } of roots) {
    const [first, second] = name
    data[first] = second === undefined ? value : { [second]: value }
  }
  return data
}

function textsOf(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (isJsonArray(value)) return value.flatMap(textsOf)
  return isJsonObject(value) ? Object.values(value).flatMap(textsOf) : []
}

function placeInResource({ path, value }: TracedValue, roots: readonly Root[]): readonly TracedValue[] {
  const root = roots.find(({ name }) => name.every((part, index) => path[index] === part))
  return root === undefined ? [] : [{ path: [...root.path, ...path.slice(root.name.length)], value }]
}

/** Whether a single value, as the key or as the only item of it, satisfies the condition. */
function satisfies(value: JsonValue | undefined, { operator, right }: DecisiveCondition): boolean {
  if (value === undefined || value === null || typeof value === 'object') return false
  // In and NotIn refuse lists of anything but strings.
  if (operator.evaluate(value, right)) return true
  const alone = attempt(() => operator.evaluate([value], right))
  return alone.error === undefined && alone.value
}

function describe(value: JsonValue | undefined): string {
  if (value === undefined) return 'is missing'
  const text = goValueText(value)
  return `is '${text.length > 120 ? `${text.slice(0, 117)}...` : text}'`
}
