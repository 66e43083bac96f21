import type { SuppliedValues } from '../engine/index.ts'
import { isJsonArray, type JsonValue } from '../model/json.ts'
import type { SuppliedInputs } from './values-file.ts'

/** Values files and `--set` as the engine asks for them; undefined where they say nothing. Precedence as in Kyverno: global, then per resource, then `--set`. */
export function createSuppliedValues({ globalValues, resourceValues, ruleValues, foreachValues, settings }: SuppliedInputs): SuppliedValues | undefined {
  const global = { ...globalValues, ...settings }
  if (Object.keys(global).length === 0 && resourceValues.size === 0 && ruleValues.size === 0 && foreachValues.size === 0) return undefined
  return {
    forPolicy: (policy, resource) => {
      const own = resourceValues.get(policy.name)?.get(resource.id.name)
      return own === undefined ? global : { ...globalValues, ...own, ...settings }
    },
    forRule: (policy, ruleName) => ({ ...ruleValues.get(policy.name)?.get(ruleName), ...firstValues(foreachValues.get(policy.name)?.get(ruleName)) }),
  }
}

/** Kyverno has one value for each element of a foreach, and gives the first to all of them (its store never counts elements). */
function firstValues(values: Readonly<Record<string, JsonValue>> = {}): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, list]) => (isJsonArray(list) && list[0] !== undefined ? [[name, list[0]] as const] : [])))
}
