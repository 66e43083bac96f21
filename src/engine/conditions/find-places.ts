import { traceJmesPath, type TracedValue } from '../../expression/jmespath/trace.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { Violation } from '../../model/result.ts'
import type { FieldPath } from '../../model/source.ts'
import { goValueText } from '../../values/json-text.ts'
import { attempt } from '../attempt.ts'
import { findVariables, readExpression } from '../variables/find-variables.ts'
import type { DecisiveCondition } from './evaluate-conditions.ts'

/** A variable that stands for a part of the resource. */
export interface Root {
  /** `request.object` or `element`. */
  readonly name: string
  /** Where in the resource it is. */
  readonly path: FieldPath
  readonly value: JsonValue
}

/** The clock and chance play no part in where a value is. */
const environment = { now: 0, random: () => 0 }

/**
 * Finds the fields of the resource that conditions looked at, so that a rule without a pattern can say where. If some of them satisfy their condition
 * by themselves, only those are told. Kyverno has nothing like it; no result depends on it.
 */
export function findPlaces(conditions: readonly DecisiveCondition[], roots: readonly Root[]): readonly Violation[] {
  const data = assemble(roots)
  const found = new Map<string, Violation>()
  for (const condition of conditions) {
    const sides = [condition.key, condition.value].map((side) => traceSide(side, data, roots))
    const traced = sides.find((places) => places.length > 0) ?? []
    const culprits = traced.filter(({ value }) => satisfies(value, condition))
    for (const { path, value } of culprits.length > 0 ? culprits : traced) found.set(path.join('\0'), { path, message: describe(value) })
  }
  return [...found.values()]
}

/** The data as expressions see it, of which only the roots are filled in. */
function assemble(roots: readonly Root[]): JsonObject {
  const data: Record<string, JsonValue> = {}
  for (const { name, value } of roots) {
    const [first = '', second] = name.split('.')
    data[first] = second === undefined ? value : { [second]: value }
  }
  return data
}

function traceSide(side: JsonValue, data: JsonObject, roots: readonly Root[]): readonly TracedValue[] {
  const texts: string[] = []
  collectTexts(side, texts)
  return texts.flatMap((text) => findVariables(text))
    .flatMap(({ text }) => traceJmesPath(readExpression(text).expression, data, environment))
    .flatMap((traced) => placeInResource(traced, roots))
}

function collectTexts(value: JsonValue, texts: string[]): void {
  if (typeof value === 'string') texts.push(value)
  else if (isJsonArray(value)) for (const item of value) collectTexts(item, texts)
  else if (isJsonObject(value)) for (const key of Object.keys(value)) collectTexts(value[key] ?? null, texts)
}

function placeInResource({ path, value }: TracedValue, roots: readonly Root[]): readonly TracedValue[] {
  const root = roots.find(({ name }) => name.split('.').every((part, index) => path[index] === part))
  return root === undefined ? [] : [{ path: [...root.path, ...path.slice(root.name.split('.').length)], value }]
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
