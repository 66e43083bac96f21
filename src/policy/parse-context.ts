// Kyverno: api/kyverno/v1/common_types.go (ContextEntry)
import type { JsonObject } from '../model/json.ts'
import type { ContextEntry } from '../model/rule.ts'
import { field, objectField, objectsField, optional, textField } from './read-fields.ts'

/** The context entries of a rule, a foreach or a target. */
export function parseContext(owner: JsonObject): readonly ContextEntry[] {
  return objectsField(owner, 'context').map(parseEntry).filter((entry) => entry !== undefined)
}

function parseEntry(entry: JsonObject): ContextEntry | undefined {
  const name = textField(entry, 'name') ?? ''
  const variable = objectField(entry, 'variable')
  if (variable) {
    return { kind: 'variable', name, ...optional('value', field(variable, 'value')), ...optional('jmesPath', textField(variable, 'jmesPath')),
      ...optional('default', field(variable, 'default')) }
  }
  const configMap = objectField(entry, 'configMap')
  if (configMap) {
    return { kind: 'configMap', name, configMapName: textField(configMap, 'name') ?? '', configMapNamespace: textField(configMap, 'namespace') ?? '' }
  }
  const apiCall = objectField(entry, 'apiCall')
  if (apiCall) {
    return { kind: 'apiCall', name, spec: apiCall, ...optional('jmesPath', textField(apiCall, 'jmesPath')), ...optional('default', field(apiCall, 'default')) }
  }
  const reference = objectField(entry, 'globalReference')
  if (reference) return { kind: 'globalReference', name, reference: textField(reference, 'name') ?? '', ...optional('jmesPath', textField(reference, 'jmesPath')) }
  const registry = objectField(entry, 'imageRegistry')
  if (registry) {
    return { kind: 'imageRegistry', name, reference: textField(registry, 'reference') ?? '', ...optional('jmesPath', textField(registry, 'jmesPath')),
      ...optional('credentials', objectField(registry, 'imageRegistryCredentials')) }
  }
  return undefined
}
