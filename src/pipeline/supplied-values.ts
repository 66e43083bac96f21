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
    forRule: (policy, ruleName) => ({ ...findRule(ruleValues.get(policy.name), ruleName), ...firstValues(findRule(foreachValues.get(policy.name), ruleName)) }),
  }
}

/** What is said of a rule goes for the rules that autogen makes of it. */
function findRule(rules: ReadonlyMap<string, Values> | undefined, name: string): Values | undefined {
  return rules?.get(name) ?? rules?.get(name.replace(/^autogen-(?:cronjob-)?/, ''))
}

type Values = Readonly<Record<string, JsonValue>>

/** Kyverno has one value for each element of a foreach, and gives the first to all of them (its store never counts elements). */
function firstValues(values: Values = {}): Values {
  return Object.fromEntries(Object.entries(values).flatMap(([name, list]) => (isJsonArray(list) && list[0] !== undefined ? [[name, list[0]] as const] : [])))
}
