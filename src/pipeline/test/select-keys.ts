// Kyverno: cmd/cli/kubectl-kyverno/commands/test/output.go (printTestResult: the resources of a result)
import type { ResponsesByKey } from './evaluate-test.ts'
import type { ExpectedResult, ResourceSpec } from './test-file.ts'

/** The keys of the resources that a result is about. Names that select nothing select everything, as no names do: that is how Kyverno reads them. */
export function selectKeys({ resources, resourceSpecs }: ExpectedResult, target: ResponsesByKey, trigger: ResponsesByKey): readonly string[] {
  const keys = [...target.keys(), ...trigger.keys()]
  if (resources === undefined) return keys
  const selected = [...resources.flatMap((name) => keys.filter((key) => isNamed(key, name))), ...resourceSpecs.flatMap((spec) => keys.filter((key) => isSpecified(key, spec)))]
  return selected.length > 0 ? selected : keys
}

/** A payload's key has no commas: its whole text is its name. */
function isNamed(key: string, name: string): boolean {
  const parts = key.split(',')
  const [first = '', second, ...more] = name.split('/')
  if (second === undefined) return name === parts.at(-1)
  if (more.length > 0) return parts.length === 1 && name === key
  return (parts.at(-2) === first && parts.at(-1) === second) || (parts.length === 1 && name === key)
}

function isSpecified(key: string, { group, version, namespace, name }: ResourceSpec): boolean {
  const parts = key.split(',')
  return parts[0] === (group === '' ? version : `${group}/${version}`) && parts.at(-2) === namespace && parts.at(-1) === name
}
