// Kyverno: pkg/engine/utils/foreach.go
import { isJsonArray, type JsonValue } from '../../model/json.ts'
import type { RuleRun } from './rule-run.ts'

/** What a foreach goes through: anything but a list is a list of one. */
export function toElements(value: JsonValue): readonly JsonValue[] {
  return isJsonArray(value) ? value : [value]
}

/** What an element is called, by itself and by its depth; and what was supplied for the rule, there each time a context is loaded. */
export function elementNames(run: RuleRun, element: JsonValue, index: number): Readonly<Record<string, JsonValue>> {
  const { nesting, environment, policy, rule } = run.fields
  const supplied = environment.values?.forRule(policy, rule.name)
  return {
    element, [`element${nesting}`]: element, elementIndex: BigInt(index), [`elementIndex${nesting}`]: BigInt(index),
    ...(supplied && run.scope.mergeSupplied(supplied)),
  }
}
